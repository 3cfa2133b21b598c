"""``/check``: whether a printed 申报表 says what the system says. For who holds the paper: no account, no script.

A phone that reads the code on the paper comes with the fields filled in and sees the answer at once.
"""

from __future__ import annotations

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from storage.clock import now
from ui.office import office
from ui.web.plain_pages import plain_page, text
from ui.web.sign_in.pages import error_box
from workflow.errors import Refused
from workflow.printed.codes import Standing, check_printed

_LONGEST_CODE, _LONGEST_DIVISION = 100, 20
_WORDS = {
    Standing.AGREES: ("agrees", "与系统记录一致"),
    Standing.NEWER: ("newer", "已有更新的版本"),
    Standing.UNKNOWN: ("differs", "与系统记录不一致"),
}
_NOT_SO, _TOO_OFTEN = 422, 429
_checking = CapacityLimiter(1)  # judging takes a core for a moment


async def check(request: Request) -> Response:
    """The form; with a code, the answer above it and nothing else of the county."""
    code = request.query_params.get("code", "")[:_LONGEST_CODE]
    division = request.query_params.get("division", "")[:_LONGEST_DIVISION]
    if not code and not division:
        return _page(code, division)
    address = request.client.host if request.client else ""
    try:
        standing = await to_thread.run_sync(
            lambda: check_printed(office(), code, division, address, now()), limiter=_checking
        )
    except Refused as refused:
        status = _TOO_OFTEN if refused.code == "throttled" else _NOT_SO
        return _page(code, division, error_box(refused.reasons), status)
    kind, words = _WORDS[standing]
    return _page(code, division, f'<p class="standing {kind}" role="status">{words}</p>')


def _page(code: str, division: str, answer: str = "", status: int = 200) -> Response:
    body = f"""<section class="card"><h1>核对纸质申报表</h1>{answer}
<form method="get" action="/check">
<label for="code">校验码</label>
<input id="code" name="code" type="text" value="{text(code)}" autocomplete="off" autocapitalize="characters"
 spellcheck="false" maxlength="{_LONGEST_CODE}" required>
<label for="division">行政区划代码</label>
<input id="division" name="division" type="text" value="{text(division)}" autocomplete="off" inputmode="numeric"
 maxlength="{_LONGEST_DIVISION}" required>
<p class="quiet">都印在核对页上；校验码也在附页页脚，16 位。</p>
<button type="submit">核对</button>
</form></section>
"""
    return plain_page("核对纸质申报表", body, status=status)


CHECK_ROUTES = [Route("/check", check, methods=["GET"])]
