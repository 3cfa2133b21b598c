"""What waits for a person in one submission: return items, rows without an answer or a finding, moves ready to make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.assessment import NOT_ANSWERED, PASSED
from scoring.facts_open import facts_missing
from storage.records import Return, SubmissionRecord
from workflow.divisions import has_prefecture
from workflow.overview.reviews import Review
from workflow.people import REVIEWER_LEVELS, Person, Role
from workflow.procedure.moving import Offer
from workflow.states import State
from workflow.submission.assigning import sent_back
from workflow.submission.printed_rows import printed_rows
from workflow.submission.repins import Repin, rows_changed
from workflow.submission.snapshot import SubmissionSnapshot
from workflow.verdicts.reading import SubmissionVerdicts

_FORWARD = frozenset({"hand_over", "release"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for this person: stable ``code``, a sentence, and the rows it is about.

    Codes: rules_changed; returned_items, sent_back, unanswered, unsure, not_met, move:<move>, release; to_find,
    doubts, site_visit, opinion, decide, overdue_return.
    """

    code: str
    text: str
    row_ids: tuple[str, ...] = ()


def waits_for_county(
    snapshot: SubmissionSnapshot, verdicts: SubmissionVerdicts, offered: Sequence[Offer]
) -> tuple[Waiting, ...]:
    """What waits for a county's coordinator, department (their assigned rows only) or government."""
    role, state = snapshot.person.role, snapshot.state
    waiting: list[Waiting] = []
    if state is State.DRAFT and role is Role.COUNTY_COORDINATOR:
        waiting.extend(_facts(snapshot))
    if state in {State.DRAFT, State.RETURNED} and role is not Role.COUNTY_GOVERNMENT:
        waiting.extend(_to_fill_in(snapshot, verdicts))
        if role is Role.COUNTY_COORDINATOR:
            waiting.extend(_sent_back(snapshot))
    ready = [offer.transition for offer in offered if not offer.obstacles and offer.transition.move in _FORWARD]
    waiting.extend(Waiting(f"move:{row.move}", f"可以办理“{row.label}”。") for row in ready)
    if role is Role.COUNTY_GOVERNMENT and state is State.AWAITING_GOVERNMENT and not ready:
        waiting.append(Waiting("release", "县级民政部门已报送自评，请审核并出具推荐意见后上报，或退回。"))
    return tuple(waiting)


def _facts(snapshot: SubmissionSnapshot) -> list[Waiting]:
    left = len(facts_missing(snapshot.content, snapshot.standards))
    return [Waiting("facts", f"县情还有 {left} 处没有填全，各项指标要用，请先填。")] if left else []


def _sent_back(snapshot: SubmissionSnapshot) -> list[Waiting]:
    back = sent_back(snapshot)
    if not back:
        return []
    units = "、".join(dict.fromkeys(unit for reasons in back.values() for unit in reasons))
    rows = tuple(row.id for row in printed_rows(snapshot.standards) if row.id in back)
    return [Waiting("sent_back", f"{units}退回分工 {len(back)} 项（不属本单位），请看理由后重新分配。", rows)]


def _to_fill_in(snapshot: SubmissionSnapshot, verdicts: SubmissionVerdicts) -> list[Waiting]:
    own_rows = snapshot.context.assigned if snapshot.person.role is Role.COUNTY_DEPARTMENT else None
    waiting: list[Waiting] = []
    if snapshot.open_return is not None:
        corrections = [
            correction for correction in snapshot.corrections if own_rows is None or correction.item.row_id in own_rows
        ]
        left = tuple(correction.item.row_id for correction in corrections if not correction.met)
        if corrections:
            done = f"已补正或说明 {len(corrections) - len(left)}/{len(corrections)} 项"
            words = f"退回补正列明 {len(corrections)} 项，{done}{'，请逐项补正。' if left else '。'}"
            waiting.append(
                Waiting("returned_items", words, left or tuple(correction.item.row_id for correction in corrections))
            )
    rows = [row.id for row in printed_rows(snapshot.standards) if own_rows is None or row.id in own_rows]
    outcomes = {row_id: set(verdicts.of_row(row_id).values()) for row_id in rows}
    left = tuple(row_id for row_id in rows if outcomes[row_id] & NOT_ANSWERED)
    if left:
        waiting.append(Waiting("unanswered", f"还有 {len(left)} 项没有填报。", left))
    unsure = tuple(row_id for row_id in left if _is_unsure(snapshot, row_id))
    if unsure:
        waiting.append(Waiting("unsure", f"其中标“拿不准”的 {len(unsure)} 项，请回头再填。", unsure))
    newly_asked, changed = _of_rules(snapshot.repins)
    newly = tuple(row_id for row_id in rows if row_id in newly_asked and outcomes[row_id] - PASSED)
    if newly:
        waiting.append(Waiting("rules_changed", f"新规则增加的指标或填报要求 {len(newly)} 项，请填报。", newly))
    again = tuple(row_id for row_id in rows if row_id in changed and outcomes[row_id] - PASSED)
    if again:
        waiting.append(Waiting("rules_changed", f"规则改动后，有 {len(again)} 项须按现行规则核对。", again))
    short = tuple(row_id for row_id in rows if row_id not in left and outcomes[row_id] - PASSED)
    if short:
        waiting.append(Waiting("not_met", f"有 {len(short)} 项已填但尚未达标或佐证不足，请查看原因。", short))
    return waiting


def _is_unsure(snapshot: SubmissionSnapshot, row_id: str) -> bool:
    answer = snapshot.content.answers.get(row_id)
    return answer is not None and answer.claim == "unsure"


def _of_rules(taken: Sequence[Repin]) -> tuple[frozenset[str], frozenset[str]]:
    """The rows that a change of rules brought or that ask something new; and those it changed otherwise: their words,
    their verdict, or what a figure means. As long as it is news.
    """
    news = [change for change in taken if change.current]
    newly_asked = frozenset(row for change in news for row in (*change.effect.new, *change.effect.added))
    changed = {row for change in news for row in (*change.effect.turned, *rows_changed(change.revised))}
    changed |= {meaning.row for change in news for meaning in change.effect.redefined if meaning.row}
    return newly_asked, frozenset(changed - newly_asked)


def waits_for_reviewer(
    person: Person, record: SubmissionRecord, review: Review, overdue_return: Return | None = None
) -> tuple[Waiting, ...]:
    """For the level whose turn it is, or which gave the return that is past its day; nothing for anybody else."""
    level = REVIEWER_LEVELS.get(person.role)
    if level is not None and overdue_return is not None and overdue_return.level == level:
        return (Waiting("overdue_return", "补正期限已过，县里没有报回，请延长期限，或不予推荐。"),)
    if level is None or level != reviewing_level(record):
        return ()
    own, waiting = review.levels[level], list[Waiting]()
    taken = [change.seen_by(person.role, State(record.state)) for change in review.taken]
    fallen = {row_id for change in taken for fallen_level, row_id in change.effect.fallen if fallen_level == level}
    again = tuple(row_id for row_id in own.left if row_id in fallen)
    if again:
        waiting.append(Waiting("rules_changed", f"规则改动使本级原认定 {len(again)} 项作废，请重新认定。", again))
    if own.left:
        waiting.append(Waiting("to_find", f"还有 {len(own.left)} 项没有认定。", own.left))
    if own.doubted:
        waiting.append(Waiting("doubts", f"还有 {len(own.doubted)} 项存疑没有解除。", own.doubted))
    if level == "province" and not own.visited:
        waiting.append(Waiting("site_visit", "尚无省级实地评估记录。"))
    others = person.username in own.finders  # 认定与意见由两人分别办理的：意见和推荐等着别人
    if not own.opinion and not others:
        waiting.append(Waiting("opinion", "尚未填写推荐意见。"))
    if not waiting and not others:
        waiting.append(Waiting("decide", "认定和意见已齐，请办理推荐、退回补正或不予推荐。"))
    return tuple(waiting)


def reviewing_level(record: SubmissionRecord) -> str | None:
    """Which level appraises it now. 无地市级的县由省级一并作基础评价（本工具读法）."""
    state = State(record.state)
    if state is State.SUBMITTED:
        return "prefecture" if has_prefecture(record.division_code) else "province"
    return "province" if state is State.PREFECTURE_RECOMMENDED else None
