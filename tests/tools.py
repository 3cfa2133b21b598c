"""Programs beside Python that some tests need. In CI a missing one fails; elsewhere those tests are skipped, and the
end of the run says which and how to install it.
"""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

_MISSING = "缺少工具："


def missing_tool(words: str) -> NoReturn:
    """Ends the test that needs it; ``words``: what is missing, what is not tested so, what to install."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{_MISSING}{words}", pytrace=False)
    pytest.skip(f"{_MISSING}{words}")


def tell_missing(reporter: pytest.TerminalReporter) -> None:
    """A line for each tool some tests were skipped for."""
    reasons = [str(one.longrepr[2]) for one in reporter.stats.get("skipped", []) if isinstance(one.longrepr, tuple)]
    told = [one.removeprefix("Skipped: ") for one in reasons]
    for words in sorted({one for one in told if one.startswith(_MISSING)}):
        reporter.write_line(f"警告：{told.count(words)} 项测试没有运行。{words}", yellow=True, bold=True)
