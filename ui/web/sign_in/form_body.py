"""Reading a posted sign-in form: urlencoded, at most 8 KiB and 12 fields, each field once."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

MOST_BYTES = 8 * 1024
_MOST_FIELDS = 12


class BadForm(Exception):
    """A refused request body; ``status``: HTTP status of the answer, ``str()``: a Chinese sentence."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a urlencoded form. Raises BadForm (413 too large, 415 another kind, 400 not readable)."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise BadForm(415, "提交的格式不对。请在本系统页面上重新填写。")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise BadForm(413, "提交的内容过长。请重新填写。")
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise BadForm(400, "提交的内容无法识别。请重新填写。") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadForm(400, "提交的内容有重复的栏目。请重新填写。")
    return fields
