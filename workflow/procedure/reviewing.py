"""For reviewers: rows left to find, what the county changed since a return, a row's verdicts level by level.

Nothing here decides: verdicts are scoring's, and a drafted opinion is a text for a person to edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from indicators.model import Indicator, Standard
from scoring.assessment import PASSED, VERDICTS, Assessment
from scoring.submission import REVIEW_LEVELS, Finding, ReviewLevel, Submission
from storage.canonical import Json
from storage.records import EntryVersion, Return
from storage.repositories.audit import Order
from workflow.office import Office
from workflow.people import Person
from workflow.permissions import rows_depending_on
from workflow.submission.corrections import Correction, corrections_of, repin_writings, standing
from workflow.submission.judging import judged_at
from workflow.submission.printed_rows import printed_rows
from workflow.submission.printing import printable_levels
from workflow.submission.snapshot import SubmissionSnapshot, read_snapshot
from workflow.targets import CONTENT_KINDS, Target

# 评审级别的结论由认定得出：没有认定的、认定需补正的，不说成县级自评的缺项。
_AT_REVIEW = {"unproven": "需补正", "needs_judgement": "尚未认定"}


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One piece of the county's content that is not what it was. ``before``/``after`` None = it was or is not there.

    ``row_ids``: the rows it bears on, in printed order. ``asked``: the last return named one of them, or it.
    """

    target: Target
    before: Json
    after: Json
    by: str
    at: datetime
    row_ids: tuple[str, ...]
    asked: bool = True

    @property
    def is_unrequested(self) -> bool:
        """未要求的改动: an answer, or a field of the form, became another though the notice did not name it."""
        return not self.asked and (bool(self.row_ids) or self.target.kind == "form")

    def is_seen(self, content: Submission, level: ReviewLevel) -> bool:
        """Whether a level has looked at it: a change voids the findings it bears on, so those there are came later; a
        return voids the opinions, and one that is there was given with the form as it is."""
        found = content.findings.get(level, {})
        return all(row_id in found for row_id in self.row_ids) if self.row_ids else level in content.opinions


@dataclass(frozen=True, slots=True)
class RowAcrossLevels:
    """One row, the levels side by side. ``computed`` and ``verdicts`` are by standard id.

    ``verdicts[level][standard id]`` is that level's verdict (veto rows: veto state); ``differs`` when two levels'
    findings, or a finding and what was computed, are not the same.
    """

    row: Indicator
    claim: str | None
    computed: Mapping[str, str]
    findings: Mapping[ReviewLevel, Finding]
    verdicts: Mapping[ReviewLevel, Mapping[str, str]]
    differs: bool


def rows_to_find(snapshot: SubmissionSnapshot, level: ReviewLevel) -> tuple[str, ...]:
    """Rows without a finding of that level, in printed order."""
    findings = snapshot.content.findings.get(level, {})
    return tuple(row.id for row in printed_rows(snapshot.standards) if row.id not in findings)


def changed_since(
    office: Office, person: Person, submission_id: int, since: int | None = None
) -> tuple[EntryChange, ...]:
    """What the county changed since a link of the audit log; without one, since the last return, if there was any.

    Raises Refused ``not_found``.
    """
    named: frozenset[str] | None = None
    with office.store.read() as tx:
        snapshot = read_snapshot(office, tx, person, submission_id)
        written = tx.audit.order(submission_id)
        if since is None:
            returns = tx.returns.all(submission_id)
            if not returns:
                return ()
            since, named = written.since(returns[-1]), frozenset(item.row_id for item in returns[-1].items)
        history = tx.entries.history(submission_id)
    return changes_after(snapshot, history, written, since, named)


def changes_after(
    snapshot: SubmissionSnapshot,
    history: Sequence[EntryVersion],
    written: Order,
    since: int,
    named: frozenset[str] | None = None,
) -> tuple[EntryChange, ...]:
    """What the county changed since a link of the audit log. ``history``: of all entries, oldest first; ``named``: by
    the return since which it is, None where it is since none."""
    before = standing(version for version in history if written.of(version) <= since)
    by_rules = {taken.at for taken in snapshot.repins}  # 换用规则时移出的不是县里改的
    after = [version for version in history if version.kind in CONTENT_KINDS and written.of(version) > since]
    last = {Target.of(version): version for version in after if version.at not in by_rules}
    order = {row.id: place for place, row in enumerate(printed_rows(snapshot.standards))}
    candidates = (_change(snapshot, before, version, order, named) for version in last.values())
    changes = [change for change in candidates if change is not None]
    return tuple(
        sorted(changes, key=lambda change: min((order[row_id] for row_id in change.row_ids), default=len(order)))
    )


def compared_as_seen(office: Office, snapshot: SubmissionSnapshot) -> Mapping[str, RowAcrossLevels]:
    """The levels side by side, by row id; a level still at work is seen by itself alone."""
    content, seen = snapshot.content, printable_levels(snapshot)
    visible = {level: findings for level, findings in content.findings.items() if level in seen}
    shown = snapshot if visible == content.findings else replace(snapshot, content=replace(content, findings=visible))
    return {compared.row.id: compared for compared in compare_levels(office, shown)}


def corrections_made(
    office: Office, person: Person, submission_id: int
) -> tuple[tuple[Return, tuple[Correction, ...]], ...]:
    """Every return, the first one first, with what the county did about each item. Raises Refused ``not_found``."""
    with office.store.read() as tx:
        snapshot = read_snapshot(office, tx, person, submission_id)
        returns = tx.returns.all(submission_id)
        if not returns:
            return ()
        history = tx.entries.history(submission_id)
        written, rules = tx.audit.order(submission_id), repin_writings(tx, snapshot.round.id)
    return tuple(
        (returned, corrections_of(returned, history, written, snapshot.standards, snapshot.content, rules=rules))
        for returned in returns
    )


def _change(
    snapshot: SubmissionSnapshot,
    before: Mapping[Target, Json],
    version: EntryVersion,
    order: Mapping[str, int],
    named: frozenset[str] | None,
) -> EntryChange | None:
    """``named``: by the return since which it is; None where it is since none."""
    target = Target.of(version)
    was, now = before.get(target), None if version.removed else version.body
    if was == now:
        return None
    rows = rows_depending_on(target, snapshot.standards, snapshot.content)
    asked = named is None or not named.isdisjoint({*rows, str(target)})
    return EntryChange(
        target, was, now, version.by, version.at, tuple(sorted(rows & order.keys(), key=order.__getitem__)), asked
    )


def compare_levels(office: Office, snapshot: SubmissionSnapshot) -> tuple[RowAcrossLevels, ...]:
    """Every row with the county's claim, what was computed, and each level's finding and verdict."""
    judged: dict[str, Assessment] = {"county": judged_at(office, snapshot, "county")}
    for level in REVIEW_LEVELS:
        if snapshot.content.findings.get(level):
            judged[level] = judged_at(office, snapshot, level)
    return tuple(_compared(snapshot, row, judged) for row in printed_rows(snapshot.standards))


def _compared(snapshot: SubmissionSnapshot, row: Indicator, judged: Mapping[str, Assessment]) -> RowAcrossLevels:
    content = snapshot.content
    answer = content.answers.get(row.id) or content.vetoes.get(row.id)
    findings = {level: finding for level in REVIEW_LEVELS if (finding := content.findings.get(level, {}).get(row.id))}
    computed = verdicts_of(judged["county"], row.id)
    verdicts = {level: verdicts_of(judged[level], row.id) for level in REVIEW_LEVELS if level in findings}
    outcomes = {finding.finding for finding in findings.values()}
    differs = len(outcomes) > 1 or any(verdicts[level] != computed for level in verdicts)
    return RowAcrossLevels(row, answer.claim if answer else None, computed, findings, verdicts, differs)


def verdicts_of(assessment: Assessment, row_id: str) -> dict[str, str]:
    """A row's verdict (veto rows: state) under each standard that has it."""
    verdicts: dict[str, str] = {}
    for standard_id, result in assessment.standards.items():
        if row_id in result.indicators:
            verdicts[standard_id] = result.indicators[row_id].verdict
        veto = next((veto for veto in result.vetoes if veto.id == row_id), None)
        if veto is not None:
            verdicts[standard_id] = veto.state
    return verdicts


def figures_sentences(assessment: Assessment, standards: Sequence[Standard]) -> str:
    """Figures under each standard, 45项指标均达标，一票否决情形3项均无; once where all are the same."""
    said = [figures_words(assessment, standard) for standard in standards]
    one = len(standards) == 1
    titles = [f"《{standard.title}》" if one else standard.short_name for standard in standards]
    if len(set(said)) == 1:
        return f"对照{'、'.join(titles)}，{said[0]}。"
    return "".join(f"对照{title}，{words}。" for title, words in zip(titles, said, strict=True))


def figures_words(assessment: Assessment, standard: Standard) -> str:
    """Under one standard."""
    result = assessment.standards[standard.id]
    names = {**standard.vocabulary.lists["verdicts"], **({} if assessment.level == "county" else _AT_REVIEW)}
    given = [
        verdict for verdict in sorted(VERDICTS, key=lambda verdict: verdict not in PASSED) if result.counts[verdict]
    ]
    parts = "、".join(f"{names[verdict]}{result.counts[verdict]}项" for verdict in given)
    met = f"均{names['met']}" if given == ["met"] else f"中{parts}"
    raised = [veto.id for veto in result.vetoes if veto.state not in PASSED]
    vetoes = f"{'、'.join(raised)}未能排除" if raised else f"{len(result.vetoes)}项均无"
    return f"{len(result.indicators)}项指标{met}{f'，一票否决情形{vetoes}' if result.vetoes else ''}"
