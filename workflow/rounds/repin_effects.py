"""What other rules would do to a round's counties: one by one for the operator and the record, counted for an
administrator, who reads no county's figures and must not learn from a preview which county falls short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indicators.model.rule_changes import Redefinition
from scoring.rehearsal.rehearse import Rehearsal, RowChange
from scoring.submission import REVIEW_LEVELS
from storage.canonical import Json
from storage.records import SubmissionRecord
from workflow.permissions import UNRELEASED
from workflow.states import State
from workflow.submission.repins import RepinEffect
from workflow.targets import Target


@dataclass(frozen=True, slots=True)
class EntryChanges:
    """One submission's entries as other rules want them: new bodies (None = remove), and the findings that fall.

    ``stands``: every body that stands now, ``versions`` theirs.
    """

    record: SubmissionRecord
    stands: Mapping[Target, Json]
    bodies: Mapping[Target, Json]
    findings: tuple[Target, ...]
    versions: Mapping[Target, int]

    def left(self) -> dict[Target, Json]:
        """What stands afterwards."""
        after = {**self.stands, **self.bodies}
        return {target: body for target, body in after.items() if body is not None and target not in self.findings}


@dataclass(frozen=True, slots=True)
class CountyEffect:
    """A county of the round and what taking the installed rules would do to it."""

    record: SubmissionRecord
    effect: RepinEffect


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """How many counties of the released ones (or of the others) are hit in which way. ``lost``, ``won`` None: the old
    rules are not kept, nothing can be compared.
    """

    released: bool
    counties: int
    touched: int
    lost: int | None
    won: int | None
    rows: int
    fallen: int
    taken_out: int
    redefined: int


def counties_hit(
    writings: Iterable[EntryChanges], rehearsal: Rehearsal | None, redefined: Iterable[Redefinition]
) -> Iterator[CountyEffect]:
    """Every county that has not withdrawn: which rows change, never why, as reasons quote what a county wrote."""
    done = {rehearsed.division_code: rehearsed for rehearsed in rehearsal.submissions} if rehearsal is not None else {}
    meanings = tuple(redefined)
    for writing in writings:
        if State(writing.record.state) is State.WITHDRAWN:
            continue
        would, left = done.get(writing.record.division_code), writing.left()
        new, added, gone = _newly(() if would is None else would.rows)
        effect = RepinEffect(
            eligible=None if would is None else (would.eligible_before, would.eligible_after),
            rows=() if would is None else tuple(dict.fromkeys(change.id for change in would.rows)),
            fallen=tuple(
                (level, target.key) for target in writing.findings for level in REVIEW_LEVELS if target.level == level
            ),
            taken_out=len(writing.bodies),
            redefined=tuple(meaning for meaning in meanings if _given(left, meaning)),
            new=new,
            added=added,
            gone=gone,
        )
        yield CountyEffect(writing.record, effect)


def _newly(rows: Iterable[RowChange]) -> tuple[tuple[str, ...], ...]:
    """Ids of the rows that are new, that only ask something new, and that are gone: in every standard alike."""
    by_row: dict[str, list[RowChange]] = {}
    for change in rows:
        by_row.setdefault(change.id, []).append(change)
    new = [row_id for row_id, changes in by_row.items() if all(change.before is None for change in changes)]
    gone = [row_id for row_id, changes in by_row.items() if all(change.after is None for change in changes)]
    added = [row_id for row_id, changes in by_row.items() if all(change.cause == "added" for change in changes)]
    return tuple(new), tuple(row_id for row_id in added if row_id not in new), tuple(gone)


def counted(counties: Iterable[CountyEffect]) -> tuple[GroupEffect, ...]:
    """Released and not yet released counties apart, groups without a county left out."""
    groups: dict[bool, list[RepinEffect]] = {True: [], False: []}
    for county in counties:
        groups[State(county.record.state) not in UNRELEASED].append(county.effect)
    return tuple(_group(effects, released=released) for released, effects in groups.items() if effects)


def _group(effects: list[RepinEffect], *, released: bool) -> GroupEffect:
    totals = [effect.eligible for effect in effects if effect.eligible is not None]
    comparable = len(totals) == len(effects)
    return GroupEffect(
        released=released,
        counties=len(effects),
        touched=sum(effect.touched for effect in effects),
        lost=sum(before and not after for before, after in totals) if comparable else None,
        won=sum(after and not before for before, after in totals) if comparable else None,
        rows=sum(bool(effect.rows) for effect in effects),
        fallen=sum(bool(effect.fallen) for effect in effects),
        taken_out=sum(bool(effect.taken_out) for effect in effects),
        redefined=sum(bool(effect.redefined) for effect in effects),
    )


def _given(bodies: Mapping[Target, Json], meaning: Redefinition) -> bool:
    """Whether the county gave a figure, a document or a fact for it."""
    if meaning.what == "fact":
        return Target.fact(meaning.id) in bodies
    parts = ("evidence",) if meaning.what == "evidence" else ("measures", "judgements")
    answers = [bodies.get(target) for target in (Target.answer(meaning.row), Target.veto(meaning.row))]
    return any(
        isinstance(body, Mapping) and isinstance(filled := body.get(part), Mapping) and meaning.id in filled
        for body in answers
        for part in parts
    )
