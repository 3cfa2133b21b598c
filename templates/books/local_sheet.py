"""地方文件对照表 as PDF: every document that applies, clause by clause, the promise beside the county's figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from indicators.building.fingerprint import text_fingerprint
from indicators.references import clause_title
from scoring.local.profile import LOCAL_STATES, DocumentProfile, LocalCheck, LocalProfile, ShortfallWarning
from scoring.local.wording import STILL_BINDING, document_name, not_finished
from scoring.submission import Submission
from templates.application_form.digest import content_digest
from templates.application_form.pages import DEMO
from templates.application_form.plan import printed_date
from templates.books.book import Book, Front, RenderedBook
from templates.text.flow import Span, Strip
from templates.text.setting import SetLine
from templates.text.sheet import points

_OURS = (
    "本表由本工具编排，只供对照参考，不影响示范县评估结论。条款标题和“文件所印”栏引号内的是文件原文，"
    "责任单位由本工具从条文中摘出，“本县”栏是本县所填，其余是本工具读法。"
)
_READING = "本工具读法"
_COLUMNS = tuple(points(width) for width in (20, 36, 58, 42))  # 情况、承诺、文件所印、本县
_HEADS = ("情况", "承诺", "文件所印", "本县")
# 只等县里补一笔的，所填旁边写明还差什么
_UNDONE = frozenset({"unfilled", "needs_judgement"})


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What the file of a submission does not hold. ``round_title`` and ``place`` None = the id and the division's own
    name; ``units``: departments by ``policy/commitment``; ``printed_on`` None = no day is printed."""

    round_title: str | None = None
    place: str | None = None
    printed_on: date | None = None
    demo: bool = False
    units: Mapping[str, Sequence[str]] = field(default_factory=dict)


def render_local(
    submission: Submission, profile: LocalProfile, states: Mapping[str, str], head: SheetHead | None = None
) -> RenderedBook:
    """The sheet of one county; ``states``: the labels of ``local_states``. Raises TypefaceError."""
    rules = {document.policy.id: text_fingerprint(document.policy) for document in profile.documents}
    front = _front(submission, profile, head or SheetHead(), content_digest(submission, rules).lower())
    return _LocalSheetPages(Book(front), submission, states, head or SheetHead()).render(profile)


def _front(submission: Submission, profile: LocalProfile, head: SheetHead, digest: str) -> Front:
    period, division = submission.round.period, submission.division
    # Invented divisions are numbered 99xxxx; real ones never are.
    demo = head.demo or division.code.startswith("99")
    about = (
        f"{head.place or division.name}（{division.code}）",
        f"批次 {head.round_title or submission.round.id}",
        f"申报期{printed_date(period.first)}至{printed_date(period.last)}",
        *((f"打印日期 {printed_date(head.printed_on)}",) if head.printed_on else ()),
    )
    ours = f"{_OURS}{STILL_BINDING}" if profile.shortfalls else _OURS
    return Front(f"地方文件对照表　{DEMO}" if demo else "地方文件对照表", about, ours, digest, head.printed_on)


class _LocalSheetPages:
    """One county's sheet being set."""

    def __init__(self, book: Book, submission: Submission, states: Mapping[str, str], head: SheetHead) -> None:
        self.grid = book.grid(_COLUMNS)
        self.book, self.submission, self.states, self.head = book, submission, states, head

    def render(self, profile: LocalProfile) -> RenderedBook:
        body = [strip for document in profile.documents for strip in self._document(document)]
        return self.book.render([*body, *self._notes(profile)])

    def _document(self, document: DocumentProfile) -> Iterator[Strip]:
        book, states = self.book, self.states
        yield from book.heading(document.policy.title, 0)
        counts = "　".join(f"{states[state]} {document.counts[state]}" for state in LOCAL_STATES)
        yield from book.small(
            f"{document_name(document.policy)}　{document.policy.issuer}　承诺 {len(document.checks)} 项：{counts}"
        )
        for clause, checks in document.by_clause():
            yield from book.heading(clause_title(clause), 1, space_above=8)
            if clause.responsible_units:
                yield from _together(book.small(f"责任单位：{'、'.join(clause.responsible_units)}"))
            for warning in document.shortfalls_at_clause(clause):
                yield from _together(book.small(_reading(warning)))
            yield self._header()
            for check in checks:
                yield from self._check(check, document.shortfalls_at(check))
        if document.shortfalls:
            yield from book.heading("低于指导标准原文之处", 1, space_above=10)
            for warning in document.shortfalls:
                yield from book.small(_reading(warning), space_above=4)

    def _header(self) -> Strip:
        layout, kind = self.book.layout, self.book.layout.type
        cells = tuple(
            (self.grid.edges[at], self.book.titled(name, kind.small, width, centred=True)[0])
            for at, (name, width) in enumerate(zip(_HEADS, _COLUMNS, strict=True))
        )
        height = kind.small_leading + 2 * layout.pad
        head = (Span("head", ()),)
        return Strip(
            height, cells, layout.pad, kind.small_leading, keep=True, grid=self.grid, spans=head, opens=0, heads=True
        )

    def _check(self, check: LocalCheck, weak: Sequence[ShortfallWarning]) -> list[Strip]:
        """A row of the table; its state stands again where the row goes on on a new page."""
        layout, kind = self.book.layout, self.book.layout.type
        state = self.book.titled(self.states[check.state], kind.small, _COLUMNS[0], centred=True)
        spans = (Span(f"{check.policy}/{check.id}", tuple(state)),)
        columns = [self._cell(at, texts) for at, texts in enumerate(self._texts(check, weak), start=1)]
        count = max(len(state), *(len(lines) for lines in columns))
        strips = []
        for index in range(count):
            cells = tuple(
                (self.grid.edges[at] + layout.side, lines[index])
                for at, lines in enumerate(columns, start=1)
                if index < len(lines)
            )
            above = layout.pad if index == 0 else 0.0
            below = layout.pad if index == count - 1 else 0.0
            height = kind.small_leading * 1.15 + above + below
            strips.append(
                Strip(
                    height, cells, above, kind.small_leading * 1.15,
                    keep=index < count - 1, grid=self.grid, spans=spans, opens=0 if index == 0 else None,
                )
            )  # fmt: skip
        return strips

    def _cell(self, column: int, texts: Sequence[str]) -> list[SetLine]:
        width, size = _COLUMNS[column] - 2 * self.book.layout.side, self.book.layout.type.small
        return [line for text in texts for line in self.book.setter.cell(text, size, width, centred=False)]

    def _texts(self, check: LocalCheck, weak: Sequence[ShortfallWarning]) -> tuple[list[str], list[str], list[str]]:
        """承诺 with whose work it is, 文件所印 with our reading of it, 本县."""
        units = self.head.units.get(f"{check.policy}/{check.id}", ())
        promise = [check.commitment.object, *([f"分工：{'、'.join(units)}"] if units else [])]
        printed = [] if check.commitment.kind == "duty" else [check.promise]
        printed += [f"“{check.commitment.quote}”", *(_reading(warning) for warning in weak)]
        return promise, printed, self._county(check)

    def _county(self, check: LocalCheck) -> list[str]:
        lines = [check.figure or "未填"]
        if check.place is not None:
            return [*lines, f"（读自{check.place.label}）"]
        answer = self.submission.local.answers.get(check.policy, {}).get(check.id)
        reason = (getattr(answer, "reason", None) or "").strip()
        lines += [f"理由：{reason}"] if reason else []
        missing = not_finished(answer)
        if missing is None and check.figure and check.state in _UNDONE:
            missing = check.standing.next_step
        return [*lines, *([f"（{missing.rstrip('。')}）"] if missing else [])]

    def _notes(self, profile: LocalProfile) -> Iterator[Strip]:
        if profile.notes:
            yield from self.book.heading("没有采用的填报", 0)
            for note in profile.notes:
                yield from self.book.small(note, space_above=4)


def _together(strips: Sequence[Strip]) -> Iterator[Strip]:
    return (replace(strip, keep=True) for strip in strips)


def _reading(warning: ShortfallWarning) -> str:
    """Marked as ours at its head; that the standard still binds is said once, at the head of the sheet."""
    words = warning.inside.replace(f"（{_READING}）", "").replace(STILL_BINDING, "")
    return f"{_READING}：{words}"
