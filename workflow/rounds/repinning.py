"""换用现行规则: a round whose standards have changed under it takes the installed ones, by an administrator's act.

Until then it is judged by the rules it kept. What this decides, and why, stands in ``docs/adr``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from indicators.building.pinned import kept_text
from indicators.comparing.told import difference_lines, revised_rows
from indicators.model.rule_changes import Redefinition, RuleLine, redefinition_lines
from scoring.rehearsal.rehearse import Counts, Rehearsal
from scoring.rehearsal.report import summary
from scoring.visible_text import has_visible_text
from storage.records import RoundRecord
from storage.store import Transaction
from workflow.errors import Refused
from workflow.office import Office
from workflow.people import Person, Role
from workflow.permissions import UNRELEASED
from workflow.privacy import refuse_identifiers_in_text
from workflow.round_policies import keep_policies
from workflow.rounds.refitting import Refit, RulesChange, refit, rules_change
from workflow.states import STATE_LABELS, State
from workflow.submission.repins import NOT_ASKED, RepinEffect, note_revised
from workflow.targets import form_field

# 已有一级按原规则作出推荐或决定的批次不换：同一批次各县须按同一规则评估。
_DECIDED = frozenset({State.PREFECTURE_RECOMMENDED, State.PROVINCE_RECOMMENDED, State.DECLINED})
_LONGEST = 500
COUNTIES, TOUCHED = "县数", "受影响"
_HIT: Mapping[str, Callable[[RepinEffect], object]] = {
    COUNTIES: lambda _: True,
    TOUCHED: lambda effect: effect.touched,
    "由符合变为尚不符合": lambda effect: effect.eligible and effect.eligible == (True, False),
    "由尚不符合变为符合": lambda effect: effect.eligible and effect.eligible == (False, True),
    "有指标结论改变": lambda effect: effect.rows,
    "有认定作废": lambda effect: effect.fallen,
    "有内容移出填报": lambda effect: effect.taken_out,
    "须核对口径": lambda effect: effect.redefined,
}


@dataclass(frozen=True, slots=True)
class StandardChange:
    """One standard of the round: what it pins, what is installed, and what differs (None: the old is not kept)."""

    id: str
    title: str
    pinned: str
    installed: str
    rules: tuple[RuleLine, ...] | None


@dataclass(frozen=True, slots=True)
class RepinPreview:
    """What taking the installed rules would do. ``counts`` is None where the old rules are not kept: no comparison.

    ``voided``: findings that would fall; ``taken_out``: entries with figures no longer asked. ``refusals``: why not.
    ``redefined``: what means something else under its id; ``policies``: documents that change with it. ``groups``: of
    the released counties (True) and the others, how many are hit in which way, as `_HIT` names it, None where nothing
    can be compared. ``change``, ``refits``: what it was made of, not for an administrator, who is not to learn which
    counties are hit.
    """

    round: RoundRecord
    changes: tuple[StandardChange, ...]
    refusals: tuple[str, ...]
    counts: Counts | None = None
    voided: int = 0
    taken_out: int = 0
    redefined: tuple[Redefinition, ...] = ()
    policies: tuple[str, ...] = ()
    groups: Mapping[bool, Mapping[str, int | None]] = field(default_factory=dict)
    change: RulesChange | None = field(default=None, compare=False, repr=False)
    refits: tuple[Refit, ...] = field(default=(), compare=False, repr=False)

    @property
    def counties(self) -> tuple[Refit, ...]:
        """Every one that has not withdrawn."""
        return tuple(one for one in self.refits if not one.withdrawn)

    def sentences(self) -> Iterator[str]:
        """What it would do, without naming a county."""
        if self.counts is not None:
            yield summary(self.counts)
        elif not self.refusals:
            yield "本批次原来的规则没有保存，不能比较换用前后的结论。换用后按现行规则评估，已有的认定请评审人员复核。"
        if self.voided:
            yield (
                f"规则有改动的指标上已作出的认定 {self.voided} 项作废，须重新认定；"
                "历史记录中仍可查，再换回原来的规则也不会恢复。"
            )
        if self.taken_out:
            yield f"{NOT_ASKED} {self.taken_out} 处移出填报，历史记录中仍可查。"
        if self.policies:
            documents = "、".join(self.policies)
            yield f"地方文件对照所依据的政策文件随之换用，县里已填的对照请核对，不影响评估结论：{documents}。"

    def sections(self) -> Iterator[tuple[str, Iterable[RuleLine]]]:
        """What differs in the rules: a heading, and line by line what stands under it."""
        if self.redefined:
            heading = f"编号未变而口径已变的 {len(self.redefined)} 项（已填的数保留，换用后提示各县核对）"
            yield heading, redefinition_lines(self.redefined)
        for each in (each for each in self.changes if each.pinned != each.installed):
            heading = f"《{each.title}》：规则的改动（指纹由 {each.pinned[:16]} 变为 {each.installed[:16]}）"
            unkept = (RuleLine(0, "原来的内容没有保存，不能逐条比较。"),)
            yield heading, unkept if each.rules is None else each.rules


def preview_repin(office: Office, by: Person | None, round_id: str) -> RepinPreview:
    """Look before leaping. ``by`` None is the operator at the machine itself, who is told county by county.

    Raises Refused: ``wrong_role``, ``no_round``.
    """
    _administrators_only(by)
    with office.store.read() as tx:
        preview = _planned(office, tx, round_id, named=by is None)
    return preview if by is None else replace(preview, change=None, refits=())


def begin_repin(
    office: Office, by: Person | None, round_id: str, reason: str, now: datetime, *, seen: RepinPreview | None = None
) -> RoundRecord:
    """Mark the round as taking the installed rules, audited with the reason; `workflow.rounds.taking` carries it out.

    From then on nothing else is written in the round until it is done. ``seen``: the preview on which the person
    decided; what would do something else by now is not done.
    Raises Refused: ``wrong_role``, ``no_round``, ``no_reason``, ``not_now`` (every obstacle), ``seen_otherwise``.
    """
    _administrators_only(by)
    if not has_visible_text(reason) or len(reason) > _LONGEST:
        raise Refused("no_reason", longest=_LONGEST, places=[(None, ("reason",))])
    refuse_identifiers_in_text("批次", "reason", reason)
    with office.store.read() as tx:
        plan = _planned(office, tx, round_id, named=by is None)
    _refuse(plan)
    texts = {each.id: kept_text(office.library.standards[each.id]) for each in plan.changes}
    with office.store.write("system" if by is None else by.username, now) as tx:
        plan = _planned(office, tx, round_id, named=by is None, former=plan)
        change = _refuse(plan)
        if seen is not None and seen != plan:
            raise Refused("seen_otherwise")
        fingerprints = {each.id: each.installed for each in plan.changes}
        for standard_id, fingerprint in fingerprints.items():
            tx.pinned_standards.keep(standard_id, fingerprint, texts[standard_id])
        note_revised(tx, round_id, revised_rows(change.differences))
        policies = keep_policies(tx, office.library)
        return tx.rounds.begin_repin(round_id, fingerprints, reason.strip(), policies)


def _refuse(plan: RepinPreview) -> RulesChange:
    if plan.refusals or plan.change is None:
        raise Refused("not_now", *plan.refusals)
    return plan.change


def _planned(
    office: Office, tx: Transaction, round_id: str, *, named: bool, former: RepinPreview | None = None
) -> RepinPreview:
    """``named``: whether the reasons against it may quote what a county wrote. ``former``: a plan of a moment ago, of
    which only what was written since is made anew.
    """
    round_record, installed = tx.rounds.get(round_id), office.library.standards
    if round_record is None:
        raise Refused("no_round", round_id=round_id)
    if round_record.repinning is not None:
        return RepinPreview(round_record, (), ("本批次正在换用新规则，还没有换完。换完后再看要不要换。",))
    if missing := [each for each in round_record.standards if each not in installed]:
        return RepinPreview(round_record, (), (f"标准 {'、'.join(missing)} 没有安装，不能换用。请先安装。",))
    change, known = former.change if former is not None else None, dict[int, Refit]()
    if former is not None and change is not None and change.round == round_record:
        known = {one.record.id: one for one in former.refits}
    else:
        change = rules_change(office, round_record)
    rules = {difference.new.id: tuple(difference_lines(difference)) for difference in change.differences}
    changes = tuple(
        StandardChange(of.id, of.title, round_record.fingerprints.get(of.id, ""), of.fingerprint, rules.get(of.id))
        for of in (installed[each] for each in round_record.standards)
    )
    if office.follows_installed(round_record):
        return RepinPreview(round_record, changes, ("本批次采用的就是现行规则，不需要换用。",))
    refits = tuple(
        one
        if (one := known.get(record.id)) is not None and one.record.stamp == record.stamp
        else replace(refit(office, tx, record, change), content=None)  # of thousands it would fill the memory
        for record in tx.submissions.all(round_id=round_id)
    )
    preview = RepinPreview(
        round_record,
        changes,
        tuple(_obstacles(office, tx, change, refits, named=named)),
        voided=sum(len(one.effect.fallen) for one in refits),
        taken_out=sum(one.effect.taken_out for one in refits),
        redefined=change.redefined,
        policies=office.policies.changed(office.store, office.library, round_record),
        change=change,
        refits=refits,
    )
    judged = tuple(one.would for one in preview.counties if one.would is not None)
    counts = None if change.old is None else Rehearsal("county", judged).counts
    return replace(preview, counts=counts, groups=dict(_groups(preview.counties)))


def _obstacles(
    office: Office, tx: Transaction, change: RulesChange, refitted: Sequence[Refit], *, named: bool
) -> Iterator[str]:
    """Where nothing else could ever read the round again, neither its state nor what was decided stands against it;
    whatever could not be read under the installed rules either always does.
    """
    if change.old is not None and change.round.closed_at is not None:
        yield "本批次已经结束，不再换用现行规则；内容仍按批次原来的规则查看。"
    decided = [one.record for one in refitted if change.old is not None and State(one.record.state) in _DECIDED]
    if decided:
        counties = "、".join(f"{r.division_name}（{STATE_LABELS[State(r.state)]}）" for r in decided)
        yield (
            f"本批次已有 {len(decided)} 个县按原规则作出推荐或决定：{counties}。同一批次须按同一规则评估，"
            "不能换用；本批次继续按原规则办理，新规则请另开批次采用。"
        )
    rows = {row.id for each in change.round.standards for row in office.library.standards[each].rows()}
    open_returns = tx.returns.open_ones()
    for record in (one.record for one in refitted):
        returned = open_returns.get(record.id)
        items = () if returned is None else (item.row_id for item in returned.items)
        gone = "、".join(item for item in items if form_field(item) is None and item not in rows)
        if gone:
            yield f"{record.division_name}的退回补正列有 {gone}，现行规则没有这些项。请待该县补正办结后再换用。"
    for division, problem in ((one.record.division_name, problem) for one in refitted for problem in one.problems):
        message = problem.message if named else "按现行规则读不出，请由维护人员用 storage round repin 查看"
        yield f"{division}的申报 {problem.where}：{message}"


def _groups(counties: Sequence[Refit]) -> Iterator[tuple[bool, Mapping[str, int | None]]]:
    """Released and not yet released counties apart, never which: an administrator reads no county's figures and must
    not learn from a preview which falls short. Groups without a county are left out.
    """
    for released in (True, False):
        effects = [one.effect for one in counties if (State(one.record.state) not in UNRELEASED) == released]
        marks = {name: [hit(effect) for effect in effects] for name, hit in _HIT.items()}
        if effects:
            yield released, {name: None if None in of else sum(map(bool, of)) for name, of in marks.items()}


def _administrators_only(by: Person | None) -> None:
    if by is not None and by.role is not Role.ADMINISTRATOR:
        raise Refused("wrong_role", "只有系统管理员可以为批次换用现行规则。")
