"""docs/matrix.md as it is written."""

from __future__ import annotations

from tests.matrix.__main__ import page
from tests.matrix.results import Result


def test_it_names_the_commits_that_each_row_and_all_of_them_were_played_at():
    played = (
        Result("县情-保存-0 毫秒", "已保存", "2026-11-29", "aaaaaaaa"),
        Result("县情-后退-0 毫秒", "在原处", "2026-11-30", "bbbbbbbb"),
        Result("县情-关闭-0 毫秒", "在原处", "2026-11-30", "bbbbbbbb"),
        Result("账号-关闭-0 毫秒", "在原处", "2026-11-29", "aaaaaaaa"),
        Result("账号-刷新-0 毫秒", "在原处", "2026-11-29", "aaaaaaaa"),
    )
    written = page({result.case: result for result in played})
    assert "by commit: aaaaaaaa (2026-11-29): 3, bbbbbbbb (2026-11-30): 2." in written
    last = {line.split(" | ")[0]: line.rpartition(" | ")[2] for line in written.splitlines() if line.startswith("| ")}
    assert last["| 县情"] == "bbbbbbbb (2026-11-30): 2, aaaaaaaa (2026-11-29): 1 |"
    assert last["| 账号"] == "aaaaaaaa (2026-11-29): 2 |"
