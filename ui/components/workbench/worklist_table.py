"""The reviewers' list as a table: one line a county, heads that sort, sums below; and the same to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from ui import navigation
from ui.components import labels, places, verbatim
from ui.components.table import table
from workflow.divisions import full_name
from workflow.overview.holder_words import names_of
from workflow.overview.waiting import Waiting
from workflow.overview.worklist import Order, WorkLine
from workflow.people import REVIEWER_LEVELS, Role
from workflow.reviewing.colleagues import Holder
from workflow.verdicts.reading import REJUDGING

SORT, BACKWARDS, PAGE = "sort", "down", "page"
Query = Sequence[tuple[str, str]]  # what stands in the address
_SOON = 7
_VIEWS = {"site_visit": "visits", "opinion": "opinion", "decide": "decide", "overdue_return": "decide"}
_NOT_YET = "尚未上报"


class _Column(NamedTuple):
    """``cell``: HTML; ``total``: of the lines, empty for none."""

    head: str
    order: Order
    cell: Callable[[WorkLine], str]
    total: Callable[[Sequence[WorkLine]], str] = lambda _: ""


def address(query: Query, **changed: str) -> str:
    """The workbench as it is, but for what is changed; empty values are left out."""
    kept = [(name, value) for name, value in query if name not in changed]
    return f"/{navigation.WORKBENCH.path}?{urlencode([*kept, *((n, v) for n, v in changed.items() if v)])}"


def worklist_html(
    role: Role, lines: Sequence[WorkLine], shown: Sequence[WorkLine], query: Query, holders: Mapping[str, Holder]
) -> str:
    """``lines``: all that the view wants, of which this page has ``shown``; ``query``: the address' own; ``holders``:
    who has them, none where nothing is divided."""
    columns = tuple(_columns(role, lines, holders))
    heads = (_head(column, query) for column in columns)
    body = (f"<tr>{''.join(_cell(column.cell(line)) for column in columns)}</tr>" for line in shown)
    sums = "".join(f"<td>{column.total(lines)}</td>" for column in columns)
    whole = table(heads, body, "dc-worklist")
    return whole.replace("</table>", f"<tfoot><tr>{sums}</tr></tfoot></table>")


def _columns(role: Role, lines: Sequence[WorkLine], holders: Mapping[str, Holder]) -> Iterator[_Column]:
    page = navigation.place_of("read", role)
    reviews = role in REVIEWER_LEVELS
    if len({line.prefecture for line in lines}) > 1:
        yield _Column("市（地、州、盟）", "county", lambda line: verbatim.markup(line.prefecture))
    yield _Column("县（市、区、旗）", "county", lambda line: _county(line, page), lambda all_of: f"共 {len(all_of)} 份")
    if len({line.round.id for line in lines}) > 1:
        yield _Column("批次", "", lambda line: verbatim.markup(line.round.title))
    yield _Column("环节", "stage", lambda line: verbatim.markup(line.stage))
    yield _Column("期限", "days", _days, _overdue)
    if reviews:
        yield _Column("本级认定", "found", _found, lambda all_of: _sum(all_of, "found"))
        yield _number("存疑或不认定达标", "doubtful")
    yield _number("分歧", "differing")
    yield _number("退回", "returned")
    if holders:
        yield _Column(
            "负责人",
            "",
            lambda line: _holders(line, holders),
            lambda all_of: f"我 {sum(line.mine for line in all_of)} 份",
        )
    if reviews:
        yield _Column(
            "等待您办理",
            "",
            lambda line: _waiting(line, page),
            lambda all_of: f"{sum(bool(line.waiting) for line in all_of)} 份",
        )


def _number(head: str, name: Order) -> _Column:
    return _Column(
        head,
        name,
        lambda line: "" if getattr(line, name) is None else f"{getattr(line, name) or '—'}",
        lambda all_of: _sum(all_of, name),
    )


def _sum(lines: Sequence[WorkLine], name: str) -> str:
    return str(sum(getattr(line, name) or 0 for line in lines))


def _head(column: _Column, query: Query) -> str:
    """A link that sorts by the column; pressed again, the other way round."""
    if not column.order:
        return column.head
    here, down = (SORT, column.order) in query, any(name == BACKWARDS for name, _ in query)
    turned = here and not down
    arrow = "" if not here else " ↓" if down else " ↑"
    words = address(query, **{SORT: column.order, BACKWARDS: "1" if turned else "", PAGE: ""})
    return places.link(words, f"{column.head}{arrow}")


def _cell(words: str) -> str:
    return f"<td>{words}</td>"


def _county(line: WorkLine, page: navigation.MenuPage | None) -> str:
    changed = f" {labels.tag('规则已换', 'notice')}" if line.notices else ""
    name, title = line.record.division_name, "\n".join((full_name(line.record.division_code), *line.notices))
    readable = page is not None and (line.rows or line.rejudging) and not line.refused
    words = (
        places.link(places.address(page, {"s": str(line.record.id)}), name)
        if page is not None and readable
        else verbatim.markup(name)
    )
    return f'<span title="{verbatim.markup(title)}">{words}</span>{changed}'


def _days(line: WorkLine) -> str:
    if line.deadline is None:
        return ""
    days, title = line.deadline.days_left, f"{line.deadline.what} {line.deadline.day.isoformat()}"
    words = f"还有 {days} 天" if days >= 0 else f"逾期 {-days} 天"
    shown = labels.tag(words, "notice") if days < _SOON else verbatim.markup(words)
    return f'<span title="{title}">{shown}</span>'


def _overdue(lines: Sequence[WorkLine]) -> str:
    late = sum(line.overdue for line in lines)
    return f"逾期 {late} 份" if late else ""


def _found(line: WorkLine) -> str:
    if line.refused:
        return verbatim.markup("；".join(line.refused))
    if line.rejudging:
        return REJUDGING
    if not line.rows:
        return f"<small>{_NOT_YET}</small>"
    return "" if line.found is None else f"{line.found}/{line.rows}"


def _holders(line: WorkLine, holders: Mapping[str, Holder]) -> str:
    """Marked where the person is one of them."""
    words = verbatim.markup("、".join(names_of(line.shares, holders)))
    return f"<b>{words}</b>" if line.mine else words


def _waiting(line: WorkLine, page: navigation.MenuPage | None) -> str:
    """Each with a link to where it is done."""
    return "".join(_task(line, waiting, page) for waiting in line.waiting)


def _task(line: WorkLine, waiting: Waiting, page: navigation.MenuPage | None) -> str:
    words = {
        "rules_changed": f"重新认定 {len(waiting.row_ids)} 项",
        "to_find": f"认定 {len(waiting.row_ids)} 项",
        "doubts": f"存疑 {len(waiting.row_ids)} 项",
        "site_visit": "实地评估",
        "opinion": "推荐意见",
        "decide": "办理",
        "overdue_return": "补正逾期",
    }[waiting.code]
    if page is None:
        return verbatim.markup(words)
    row = {"row": waiting.row_ids[0]} if waiting.row_ids else {"view": _VIEWS[waiting.code]}
    return places.link(places.address(page, {"s": str(line.record.id), **row}), words)
