"""The printed 地方文件对照表, made on request from the saved content."""

from __future__ import annotations

from storage.clock import now
from templates.books.book import RenderedBook
from templates.books.local_sheet import render_local
from ui.components.case.file_names import submission_file_name
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.print_button import print_button
from ui.components.table_links import table_links
from workflow.submission.printing import local_sheet_head


def local_sheet(opened: OpenedSubmission) -> None:
    """The buttons that make and download it; the same as a table."""
    table_links("local", "地方文件对照表", s=opened.id)

    def render() -> RenderedBook:
        states = opened.office.library.vocabulary.lists["local_states"]
        return render_local(opened.submission, opened.local, states, local_sheet_head(opened.snapshot, now()))

    print_button(
        "对照表",
        render,
        place=opened.place("local"),
        stamp=opened.standing,
        file_name=submission_file_name(opened, "地方文件对照表.pdf"),
        contents="打印全部地方文件的对照情况，按当前已保存的内容生成。",
    )
