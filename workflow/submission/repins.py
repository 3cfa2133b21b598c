"""换用现行规则, as it met one submission: what changed there and in the rules, who must act again, told in words.

Kept in the audit log beside the round's own entry, once for each submission (ids of rows and levels, no answers) and
once for the round what changed in its rows. The findings that fell are read from the history of their entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TypedDict, cast

from indicators.building.pinned import read_back
from indicators.model.rule_changes import Redefinition, RowRevised
from scoring.submission import ReviewLevel
from scoring.wording import LEVEL_NAMES, eligibility
from storage.acts import SUBMISSION_MOVE, Act
from storage.canonical import Json
from storage.clock import local_date
from storage.records import AuditEntry, SubmissionRecord
from storage.store import Transaction
from workflow.people import Role
from workflow.states import State
from workflow.targets import FINDING_KINDS
from workflow.visibility import sees


class EffectDetail(TypedDict):
    """What the audit log keeps of a `RepinEffect`: the reason given, and its other fields, which came one by one."""

    reason: str
    fallen: Sequence[Sequence[str]]
    taken_out: int


class RulesDetail(TypedDict):
    """``rows``: each a `RowRevised`, of its revisions the fields that are not empty."""

    rows: Sequence[Mapping[str, object]]


ROUND_RULES = Act[RulesDetail]("round.rules")
ACTION = Act[EffectDetail]("submission.rules")
# Of its detail: not for who reads no county's figures.
OF_VERDICTS = frozenset({"eligible", "rows", "new", "added", "gone", "redefined"})
NOT_ASKED = "现行规则不再要求、或改了填报方式的内容"
# 县里还要动手的环节：申报在这几个环节之间来回，换用现行规则的事就还没有办完。
_WITH_COUNTY = frozenset({State.DRAFT, State.RETURNED, State.WITHDRAWN})
Fallen = tuple[ReviewLevel, str]  # level, row id
# What the county looks at where something means something else now.
_GIVEN: Mapping[str, str] = {"measure": "所填数", "evidence": "所附材料", "fact": "所填内容"}


@dataclass(frozen=True, slots=True)
class RepinEffect:
    """What other rules do to one submission. ``eligible``: (before, after), None where the old rules are not kept.

    ``rows``: ids whose verdict or veto state changes; of these ``new`` rows and ``gone`` ones, and those that change
    only for what is newly asked (``added``). ``fallen``: findings that fall; ``taken_out``: entries with figures no
    longer asked; ``redefined``: what the county gave that means something else now, under the same id.
    """

    eligible: tuple[bool, bool] | None
    rows: tuple[str, ...] = ()
    fallen: tuple[Fallen, ...] = ()
    taken_out: int = 0
    redefined: tuple[Redefinition, ...] = ()
    new: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def turned(self) -> tuple[str, ...]:
        """The rows whose answers, as given, are judged otherwise."""
        return tuple(row_id for row_id in self.rows if row_id not in {*self.new, *self.added, *self.gone})

    @property
    def touched(self) -> bool:
        """Whether anything is different, or nobody can say that nothing is."""
        same_total = self.eligible in {(True, True), (False, False)}
        return not same_total or bool(self.rows or self.fallen or self.taken_out or self.redefined)


@dataclass(frozen=True, slots=True)
class Repin:
    """It happened: when, by whom (username), why. ``former``: the findings that fell, as they stood.

    ``revised``: what changed in the rules themselves, whether or not it turned anything here. ``handed_on``: the county
    has handed the submission on since, or a level has moved it on. ``seq``: its link of the audit log.
    """

    at: datetime
    by: str
    reason: str
    effect: RepinEffect
    former: Mapping[Fallen, Mapping[str, Json]] = field(default_factory=dict)
    revised: tuple[RowRevised, ...] = ()
    handed_on: bool = False
    seq: int = 0

    @property
    def current(self) -> bool:
        """Whether it is news: until the submission is handed on; sent back to the county, it still waits there."""
        return not self.handed_on and bool(self.revised or self.effect.touched)

    def seen_by(self, role: Role, state: State) -> Repin:
        """Without the findings of levels whose words this person does not see yet."""
        fallen = tuple(finding for finding in self.effect.fallen if sees(role, state, finding[0]))
        former = {finding: body for finding, body in self.former.items() if finding in fallen}
        return replace(self, effect=replace(self.effect, fallen=fallen), former=former)


def note_repin(tx: Transaction, submission_id: int, reason: str, effect: RepinEffect) -> None:
    """Write it beside the change itself, in the same transaction."""
    detail = cast("EffectDetail", {"reason": reason, **asdict(effect)})
    tx.audit.append(ACTION, f"submission/{submission_id}", detail, submission_id)
    tx.submissions.raise_stamp(submission_id)


def note_revised(tx: Transaction, round_id: str, revised: Iterable[RowRevised]) -> None:
    """Write it beside the change itself, in the same transaction; nothing where no row is revised."""
    rows = [asdict(row, dict_factory=lambda of: {k: v for k, v in of if v or k == "revisions"}) for row in revised]
    if rows:
        tx.audit.append(ROUND_RULES, f"round/{round_id}", RulesDetail(rows=rows))


def repins_of(tx: Transaction, record: SubmissionRecord) -> tuple[Repin, ...]:
    """All that one submission met, the first one first, with the findings that fell."""
    entries = tx.audit.entries(submission_id=record.id, action=ACTION, limit=None)
    met = _read(tx, (record,), entries).get(record.id, ())
    return tuple(replace(repin, former=_former(tx, record.id, repin)) for repin in met)


def repins_everywhere(tx: Transaction, records: Iterable[SubmissionRecord]) -> dict[int, tuple[Repin, ...]]:
    """By submission, the first one first; without the texts of what fell."""
    return _read(tx, records, tx.audit.entries(action=ACTION, limit=None))


def rows_changed(revised: Iterable[RowRevised]) -> list[str]:
    """The ids of the rows that are in both editions and ask something else."""
    return [row.row for row in revised if row.fate == "changed"]


def notice(taken: Repin) -> str:
    """What everybody concerned is told: 本批次于…换用现行规则（理由：…）, then what it did here and what it changed."""
    day, effect = local_date(taken.at).isoformat(), taken.effect
    words = effect_words(effect)
    if changed := [row_id for row_id in rows_changed(taken.revised) if row_id not in effect.added]:
        words += f"规则有改动的指标 {len(changed)} 项：{'、'.join(changed)}，改了什么见各项。"
    return f"本批次于{day}换用现行规则（理由：{taken.reason}）。{words}"


def effect_words(effect: RepinEffect) -> str:
    """What it does to one submission, in sentences."""
    turned, new, added, gone = map("、".join, (effect.turned, effect.new, effect.added, effect.gone))
    redefined = "、".join(meaning.named for meaning in effect.redefined)
    totals = [eligibility("county", eligible=one) for one in effect.eligible or ()]
    by_level = {level: [row_id for at, row_id in effect.fallen if at == level] for level, _ in effect.fallen}
    fallen = [f"{LEVEL_NAMES[level]}原认定 {len(ids)} 项（{'、'.join(ids)}）" for level, ids in by_level.items()]
    sentences = (
        (not effect.touched, "本县各项结论不变。"),
        (effect.eligible is None, "原来的规则没有保存，不能比较前后的结论，已有的认定请复核。"),
        (len(set(totals)) > 1, f"按填报，总结论由{'变为'.join(totals)}。"),
        (turned, f"结论改变 {len(effect.turned)} 项：{turned}，请核对。"),
        (new, f"新增指标 {new}，请填报。"),
        (added, f"新增填报要求 {len(effect.added)} 项：{added}，请补填。"),
        (gone, f"取消指标 {gone}。"),
        (fallen, f"{'，'.join(fallen)}因规则改动作废，请重新认定。"),
        (effect.taken_out, f"{NOT_ASKED} {effect.taken_out} 处已移出填报，历史记录中仍可查。"),
        (redefined, f"口径已变而原填内容保留的 {len(effect.redefined)} 处（{redefined}），请核对。"),
    )
    return "".join(words for told, words in sentences if told)


def meaning_words(meaning: Redefinition) -> str:
    """What a county is told at the row or among its facts: what changed to what, and what to do."""
    changed = "；".join(f"{what}由“{before}”改为“{after}”" for what, before, after in meaning.changes)
    return f"{meaning.named}口径已变：{changed}。请核对{_GIVEN[meaning.what]}。"


def _read(
    tx: Transaction, records: Iterable[SubmissionRecord], newest_first: Sequence[AuditEntry]
) -> dict[int, tuple[Repin, ...]]:
    met: dict[int, tuple[Repin, ...]] = {}
    by_id = {record.id: record for record in records}
    rules = tx.audit.entries(action=ROUND_RULES, limit=None) if newest_first else ()
    revised = {  # 早先的换用没有留下规则的改动
        (entry.subject, entry.at): tuple(read_back(RowRevised, row) for row in entry.detail_as(ROUND_RULES)["rows"])
        for entry in rules
    }
    moves = tx.audit.entries(action=SUBMISSION_MOVE, after=newest_first[-1].seq, limit=None) if newest_first else ()
    handed_on = {  # the last one of each submission, after the first change of rules
        move.submission_id: move.seq
        for move in reversed(moves)
        if State(move.detail_as(SUBMISSION_MOVE)["to_state"]) not in _WITH_COUNTY
    }
    for entry in reversed(newest_first):
        record = by_id.get(entry.submission_id or 0)
        if record is not None:
            told = dict(entry.detail_as(ACTION))
            reason, effect = str(told.pop("reason")), read_back(RepinEffect, told)
            news = revised.get((f"round/{record.round_id}", entry.at), ())
            on = handed_on.get(record.id, 0) > entry.seq
            repin = Repin(entry.at, entry.actor, reason, effect, {}, news, on, entry.seq)
            met[record.id] = (*met.get(record.id, ()), repin)
    return met


def _former(tx: Transaction, submission_id: int, taken: Repin) -> dict[Fallen, Mapping[str, Json]]:
    return {
        (level, version.key): version.body
        for level in dict.fromkeys(level for level, _ in taken.effect.fallen)
        for version in tx.entries.history(submission_id, FINDING_KINDS[level])
        if version.removed and version.at == taken.at and isinstance(version.body, Mapping)
    }
