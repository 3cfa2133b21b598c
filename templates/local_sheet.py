"""地方文件对照表 as PDF: every document that applies, clause by clause, the promise beside the county's figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from indicators.fingerprint import text_fingerprint
from indicators.references import clause_title
from scoring.local import LOCAL_STATES, DocumentProfile, LocalCheck, LocalProfile, ShortfallWarning
from scoring.local_wording import document_name
from scoring.submission import Submission
from templates.book import Book, Front, RenderedBook
from templates.digest import content_digest
from templates.flow import Strip, running

_OURS = (
    "本表由本工具编排，只供对照参考，不影响示范县评估结论。条款标题和每项承诺下引号内的是文件原文，"
    "责任单位由本工具从条文中摘出，“县里”一行是本县所填，其余是本工具读法。"
)
_READING = "本工具读法"
_LEFT = 58.0  # the state's column, in points


def render_local(submission: Submission, profile: LocalProfile, states: Mapping[str, str]) -> RenderedBook:
    """The sheet of one county; ``states``: the labels of ``local_states``. Raises TypefaceError."""
    period, division = submission.round.period, submission.division
    rules = {one.policy.id: text_fingerprint(one.policy) for one in profile.documents}
    about = (
        f"{division.name}（{division.code}）　批次 {submission.round.id}",
        f"申报期 {period.first} 至 {period.last}",
    )
    book = Book(Front("地方文件对照表", about, _OURS, content_digest(submission, rules).lower()))
    body = [strip for one in profile.documents for strip in _document(book, submission, one, states)]
    return book.render([*body, *_notes(book, profile)])


def _document(book: Book, submission: Submission, one: DocumentProfile, states: Mapping[str, str]) -> Iterator[Strip]:
    yield from book.heading(one.policy.title, 0)
    counts = "　".join(f"{states[state]} {one.counts[state]}" for state in LOCAL_STATES)
    yield from book.small(f"{document_name(one.policy)}　{one.policy.issuer}　承诺 {len(one.checks)} 项：{counts}")
    for clause, checks in one.by_clause():
        yield from book.heading(clause_title(clause), 1, before=8)
        if clause.responsible_units:
            yield from (replace(s, keep=True) for s in book.small(f"责任单位：{'、'.join(clause.responsible_units)}"))
        for warning in one.shortfalls_at_clause(clause):
            yield from book.small(_reading(warning))
        for check in checks:
            yield from _check(book, submission, check, states, one.shortfalls_at(check))
    if one.shortfalls:
        yield from book.heading("低于指导标准原文之处", 1, before=10)
        for warning in one.shortfalls:
            yield from book.small(_reading(warning), before=4)


def _check(
    book: Book,
    submission: Submission,
    one: LocalCheck,
    states: Mapping[str, str],
    weak: Sequence[ShortfallWarning],
) -> list[Strip]:
    """The state at the left; beside it object and promise, the clause's words, the county's side."""
    kind, width = book.layout.type, book.layout.page.text_width - _LEFT
    head = f"{one.commitment.object}：{one.promise}" if one.commitment.kind != "duty" else one.commitment.object
    words = book.setter.cell(head, kind.body, width, centred=False)
    strips = running(words, kind.leading, left=_LEFT, before=6)
    state = book.setter.fixed(states[one.state], kind.small, _LEFT, book.setter.faces.sans)[0]
    strips[0] = replace(strips[0], cells=((0.0, state), *strips[0].cells))
    ours = (_reading(warning) for warning in weak)
    for line in (f"“{one.commitment.quote}”", _county(submission, one), *ours):
        small = book.setter.cell(line, kind.small, width, centred=False)
        strips += running(small, kind.small_leading, left=_LEFT)
    last = len(strips) - 1
    return [replace(strip, keep=at < last) for at, strip in enumerate(strips)]


def _reading(warning: ShortfallWarning) -> str:
    """Marked as ours once, at its head."""
    return f"{_READING}：{warning.inside.replace(f'（{_READING}）', '')}"


def _county(submission: Submission, one: LocalCheck) -> str:
    figure = one.figure or "未填"
    if one.place is not None:
        return f"县里：{figure}（读自{one.place.label}）"
    given = submission.local.answers.get(one.policy, {}).get(one.id)
    reason = (getattr(given, "reason", None) or "").strip()
    return f"县里：{figure}" + (f"。理由：{reason}" if reason else "")


def _notes(book: Book, profile: LocalProfile) -> Iterator[Strip]:
    if profile.notes:
        yield from book.heading("没有采用的填报", 0)
        for note in profile.notes:
            yield from book.small(note, before=4)
