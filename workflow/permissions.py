"""Who may read and who may write what, by role, division, state and — after a return — by what the return named.

`edit_refusal` is the only answer to "may this be edited"; use cases call it, screens ask it what to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from indicators.model import CrossCheck, Fact, Indicator, NeverTogether, Standard
from scoring.submission import Level, ReviewLevel, Submission
from scoring.wording import LEVEL_NAMES
from workflow.divisions import has_prefecture, within
from workflow.entries.attached import opinion_of
from workflow.errors import Refused
from workflow.people import REVIEWER_LEVELS, ROLE_LABELS, Person, Role
from workflow.states import State, state_label
from workflow.targets import REVIEW_KINDS, Target, form_field

UNRELEASED = frozenset({State.DRAFT, State.AWAITING_GOVERNMENT, State.WITHDRAWN})
_CAN_COME_BACK = frozenset({State.AWAITING_GOVERNMENT, State.SUBMITTED, State.PREFECTURE_RECOMMENDED})


@dataclass(frozen=True, slots=True)
class EditContext:
    """What the answer depends on besides the person.

    ``assigned``: row ids, and ``policy/commitment`` of local documents, given to the person's unit.
    ``parts``: of those rows, the ones it only helps with → the measures it fills in.
    ``open_targets``: what an open return opened (None = none open).
    ``own_evidence``: evidence ids that the person entered, or one whose work the person goes on with.
    ``given``: facts that prefecture or province have given. ``touched_by``: who filled it in, or whom it names.
    ``finders``: by level whose findings stand, where the round wants the opinion from others (else none).
    ``return_items``: keys under which an open return's items may be explained → the row or form field of each.
    ``unanswered``: the level whose decision led here and was not acted on yet (`workflow.unanswered`).
    """

    division_code: str
    state: State
    assigned: frozenset[str] = frozenset()
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    open_targets: frozenset[Target] | None = None
    own_evidence: frozenset[str] = frozenset()
    known_evidence: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    touched_by: frozenset[str] = frozenset()
    finders: Mapping[ReviewLevel, frozenset[str]] = field(default_factory=dict)
    round_closed: bool = False
    repinning: bool = False
    return_items: Mapping[str, str] = field(default_factory=dict)
    unanswered: Level | None = None


def may_read(person: Person, division_code: str, state: State) -> bool:
    """Everyone sees their own area only; what a county has not released (any more) is the county's alone."""
    if person.role is Role.ADMINISTRATOR or not within(person.division_code, division_code):
        return False
    return person.division_code == division_code or state not in UNRELEASED


# Whose accounts a role makes and keeps: those below it, in its area; not its county government's, which releases.
ACCOUNT_MAKERS: Mapping[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.PROVINCE_REVIEWER: frozenset({Role.PREFECTURE_REVIEWER, Role.COUNTY_COORDINATOR, Role.COUNTY_GOVERNMENT}),
    Role.PREFECTURE_REVIEWER: frozenset({Role.COUNTY_COORDINATOR, Role.COUNTY_GOVERNMENT}),
    Role.COUNTY_COORDINATOR: frozenset({Role.COUNTY_DEPARTMENT}),
}


def account_refusal(by: Person | None, role: Role, division_code: str) -> Refused | None:
    """Why this person may not make or change accounts of the role there, or None. ``by`` None: the command line."""
    if by is None:
        return None
    if role not in ACCOUNT_MAKERS.get(by.role, frozenset()):
        return Refused("wrong_role", f"{ROLE_LABELS[by.role]}不能管理“{ROLE_LABELS[role]}”的账号。")
    if not within(by.division_code, division_code):
        return Refused("foreign_division", "该行政区划不在您的辖区内，不能管理其账号。请核对。")
    return None


def refuse_strangers(by: Person | None) -> None:
    """Raise Refused (``wrong_role``) for whoever manages no accounts at all."""
    if by is not None and by.role not in ACCOUNT_MAKERS:
        raise Refused("wrong_role", "只有系统管理员、省级和市级民政部门、县级民政部门（牵头填报）可以管理账号。")


def giver_refusal(person: Person, facts: Iterable[Fact]) -> Refused | None:
    """Why this person may not give these facts to the counties of its division, or None."""
    for fact in facts:
        if fact.given_by is None:
            return Refused("wrong_role", f"县情“{fact.label}”由各县填写，上级不能给出。")
        if REVIEWER_LEVELS.get(person.role) != fact.given_by:
            return Refused("wrong_role", f"县情“{fact.label}”只能由{LEVEL_NAMES[fact.given_by]}民政部门给出。")
    return None


def may_list(person: Person, division_code: str) -> bool:
    """Whether the person may know that a submission exists and how far it is."""
    return person.role is not Role.ADMINISTRATOR and within(person.division_code, division_code)


def edit_refusal(person: Person, target: Target, context: EditContext) -> Refused | None:
    """Why this person may not write this entry now, or None: they may."""
    if not within(person.division_code, context.division_code):
        return Refused("foreign_division")
    if context.round_closed or context.repinning:
        return Refused("round_closed") if context.round_closed else Refused("repinning")
    if target.is_content:
        return _content_refusal(person, target, context)
    if target.kind in {"assignment", "sent_back"}:
        return _assignment_refusal(person, target, context)
    if target.kind in {"correction", "explanation"}:
        refusal = _correction_refusal if target.kind == "correction" else _explanation_refusal
        return refusal(person, target, context)
    if target.kind == "opinion.county_government":
        if person.role is not Role.COUNTY_GOVERNMENT:
            return Refused("wrong_role", "县级人民政府推荐意见只能由县级人民政府填写。")
        return _state_refusal(context, State.AWAITING_GOVERNMENT)
    return (_scan_refusal if target.is_scan else _review_refusal)(person, target, context)


def _content_refusal(person: Person, target: Target, context: EditContext) -> Refused | None:
    if person.role not in {Role.COUNTY_COORDINATOR, Role.COUNTY_DEPARTMENT}:
        return Refused("wrong_role", "填报内容只能由县级民政部门和承担任务的部门修改。")
    wrong_state = _state_refusal(context, State.DRAFT, State.RETURNED)
    if wrong_state is not None:
        return wrong_state
    kind, key = target
    if kind == "fact" and key in context.given:
        return Refused("given_above")
    new_evidence = kind == "evidence" and key not in context.known_evidence
    if context.state is State.RETURNED and not new_evidence and target not in (context.open_targets or frozenset()):
        return Refused("not_opened", entry=target.label)
    if person.role is Role.COUNTY_COORDINATOR or new_evidence:
        return None
    if kind in {"answer", "veto", "local"} and key in context.assigned:
        return None
    if kind == "evidence" and key in context.own_evidence:
        return None
    return Refused("not_assigned", _not_theirs(target))


def _not_theirs(target: Target) -> str:
    """Rows and local commitments are given to departments; facts and the form never are, documents to nobody."""
    if target.kind in {"fact", "form"}:
        what = "县情" if target.kind == "fact" else "申报表"
        return f"{what}由县级民政部门（牵头填报）统一填写，您的部门只能查看。需要改动的，请与县级民政部门联系。"
    if target.kind == "evidence":
        return f"“{target.label}”不是您登记的，只能由登记的人或县级民政部门修改。"
    return f"“{target.label}”没有分配给您的部门。请与县级民政部门联系。"


def _assignment_refusal(person: Person, target: Target, context: EditContext) -> Refused | None:
    """The coordinator divides the work; a department sends back what is given to it."""
    if target.kind == "sent_back" and person.role is Role.COUNTY_DEPARTMENT:
        if target.key not in context.assigned:
            return Refused("not_assigned", "这一项没有分配给您的部门，不必退回。请刷新页面后重试。")
    elif person.role is not Role.COUNTY_COORDINATOR:
        return Refused("wrong_role", "只有县级民政部门（牵头填报）可以分配任务，承担任务的部门可以退回。")
    return _state_refusal(context, State.DRAFT, State.RETURNED)


def _correction_refusal(person: Person, target: Target, context: EditContext) -> Refused | None:
    """Whoever may mend an item may also say why there is nothing to mend."""
    if person.role not in {Role.COUNTY_COORDINATOR, Role.COUNTY_DEPARTMENT}:
        return Refused("wrong_role", "补正情况只能由县级民政部门和承担任务的部门说明。")
    wrong_state = _state_refusal(context, State.RETURNED)
    if wrong_state is not None:
        return wrong_state
    row_id = context.return_items.get(target.key)
    if row_id is None:
        return Refused("not_opened", "本次退回补正没有列这一项，不能说明。请刷新页面后重试。")
    if person.role is Role.COUNTY_DEPARTMENT and row_id not in context.assigned:
        what = Target.answer(row_id).label if form_field(row_id) is None else "申报表栏目"
        return Refused("not_assigned", f"补正的“{what}”没有分配给您的部门。请与县级民政部门联系。")
    return None


def _explanation_refusal(person: Person, target: Target, context: EditContext) -> Refused | None:
    """A department explains what is found at its own rows; it changes no verdict, so a return need not open it."""
    if person.role not in {Role.COUNTY_COORDINATOR, Role.COUNTY_DEPARTMENT}:
        return Refused("wrong_role", "对提醒的说明只能由县级民政部门和承担任务的部门填写。")
    if person.role is Role.COUNTY_DEPARTMENT and target.parts[1] not in context.assigned:
        return Refused("not_assigned", "这一提醒不在分配给您部门的指标里。请与县级民政部门联系。")
    return _state_refusal(context, State.DRAFT, State.RETURNED)


def _scan_refusal(person: Person, target: Target, context: EditContext) -> Refused | None:
    """As its opinion; and after, until the next level acts: the paper is sealed once the opinion is given."""
    refusal = edit_refusal(person, opinion_of(target), context)
    given = refusal is not None and refusal.code == "wrong_state" and target.level == context.unanswered
    return None if given else refusal


def _review_refusal(person: Person, target: Target, context: EditContext) -> Refused | None:
    if target.kind not in REVIEW_KINDS:
        return Refused("unknown_kind", kind=target.kind)
    level = target.level
    if REVIEWER_LEVELS.get(person.role) != level:
        return Refused("wrong_role", "认定、存疑和意见只能由本级评审人员填写。")
    if person.username in context.touched_by:
        return Refused("own_work")
    if target.is_opinion and any(person.username in by for of, by in context.finders.items() if of == level):
        return Refused("own_findings")
    direct = not has_prefecture(context.division_code)
    if level == "prefecture" and direct:
        return Refused("directly_under_province")
    return _state_refusal(context, State.SUBMITTED if direct or level == "prefecture" else State.PREFECTURE_RECOMMENDED)


def _state_refusal(context: EditContext, *states: State) -> Refused | None:
    if context.state in states:
        return None
    now = state_label(context.state, has_prefecture=has_prefecture(context.division_code))
    next_step = "需要改动的，须按程序退回后再改。" if context.state in _CAN_COME_BACK else ""
    return Refused("wrong_state", state=now, way=next_step)


def opened_by_return(items: Iterable[str], standards: Iterable[Standard], content: Submission) -> frozenset[Target]:
    """What a return's items open: the named answers, the facts their measures read, the evidence they cite."""
    rows = {row.id: row for standard in standards for row in standard.rows()}
    opened: set[Target] = set()
    for item in items:
        field_id = form_field(item)
        if field_id is not None:
            opened.add(Target.form(field_id))
            continue
        is_veto = item in content.vetoes or rows[item].consequence == "veto"
        opened.add(Target.veto(item) if is_veto else Target.answer(item))
        opened.update(Target.fact(fact) for standard in standards for fact in _facts_read(standard.row(item)))
        answer = (content.vetoes if is_veto else content.answers).get(item)
        if answer is not None:
            cited = [item_id for ids in answer.evidence.values() for item_id in ids] + [answer.nil_return or ""]
            opened.update(Target.evidence(item_id) for item_id in cited if item_id)
    return frozenset(opened)


def cross_checked_with(targets: Set[Target], standards: Iterable[Standard]) -> frozenset[Target]:
    """The facts and rows of every cross-check in which one of these takes part, be it as what decides that it applies.

    Whether it warns or blocks: a county may mend either side of what it is told does not agree.
    """
    found: set[Target] = set()
    for standard in standards:
        vetoes = {row.id for row in standard.vetoes}
        checks: tuple[CrossCheck | NeverTogether, ...] = (*standard.cross_checks, *standard.never_together)
        for check in checks:
            sides = _sides(check, vetoes)
            deciding = () if check.applies_when is None else map(Target.fact, check.applies_when.facts())
            if not targets.isdisjoint({*sides, *deciding}):
                found |= sides
    return frozenset(found)


def _sides(check: CrossCheck | NeverTogether, vetoes: Set[str]) -> set[Target]:
    if isinstance(check, CrossCheck):
        refs = check.refs()
        facts, rows = [ref.fact for ref in refs], [ref.row for ref in refs]
    else:
        stated = [one for statement in check.statements for one in statement.all()]
        facts = [fact for one in stated if one.condition is not None for fact in one.condition.facts()]
        rows = [one.row for one in stated]
    named = {Target.veto(row) if row in vetoes else Target.answer(row) for row in rows if row is not None}
    return named | {Target.fact(fact) for fact in facts if fact is not None}


def rows_depending_on(target: Target, standards: Iterable[Standard], content: Submission) -> frozenset[str]:
    """Row ids whose findings an edit of this entry voids: the row, or every row that reads the fact or cites it."""
    kind, key = target
    if kind in {"answer", "veto"}:
        return frozenset({key})
    if kind == "fact":
        return rows_reading(key, standards)
    if kind == "evidence":
        answers = {**content.answers, **content.vetoes}
        citing = {
            row_id
            for row_id, a in answers.items()
            if a.nil_return == key or any(key in ids for ids in a.evidence.values())
        }
        # 评审人员自己引用的材料变了，其评价同样要重新作出。
        for findings in content.findings.values():
            citing.update(r for r, f in findings.items() if any(key in ids for ids in f.evidence.values()))
        return frozenset(citing)
    return frozenset()


def rows_reading(fact: str, standards: Iterable[Standard]) -> frozenset[str]:
    """Row ids that read the fact: in a condition, as a whole or as a bound."""
    return frozenset(row.id for s in standards for row in s.rows() if fact in set(_facts_read(row)))


def _facts_read(row: Indicator | None) -> Iterable[str]:
    if row is None:
        return
    if row.applies_when is not None:
        yield from row.applies_when.facts()
    for measure in row.measures:
        yield from measure.facts()
