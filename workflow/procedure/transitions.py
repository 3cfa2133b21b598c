"""The one table of moves: who, from where, under which guards, to where, and what it writes.

`workflow.procedure.moving` carries a move out in one transaction; screens only ask it what is allowed. A move added
here without a case in the generated matrix (tests/workflow) fails there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from workflow.people import Role
from workflow.states import State


class Guard(StrEnum):
    """What must hold; each has one function in `workflow.procedure.guards`."""

    BEFORE_APPLY_DEADLINE = "before_apply_deadline"
    BEFORE_RECOMMEND_DEADLINE = "before_recommend_deadline"
    ROUND_OPEN = "round_open"
    FORM_COMPLETE = "form_complete"
    FACTS_COMPLETE = "facts_complete"
    ELIGIBLE_AT_COUNTY = "eligible_at_county"
    ELIGIBLE_AT_PREFECTURE = "eligible_at_prefecture"
    ELIGIBLE_AT_PROVINCE = "eligible_at_province"
    ALL_FOUND_BY_PREFECTURE = "all_found_by_prefecture"
    ALL_FOUND_BY_PROVINCE = "all_found_by_province"
    COUNTY_OPINION = "county_opinion"
    PREFECTURE_OPINION = "prefecture_opinion"
    PROVINCE_OPINION = "province_opinion"
    NO_OPEN_DOUBT = "no_open_doubt"
    SITE_VISIT = "site_visit"
    QUOTA_FREE = "quota_free"
    HAS_PREFECTURE = "has_prefecture"
    NO_PREFECTURE = "no_prefecture"
    REASON_GIVEN = "reason_given"
    ITEMS_NUMBERED = "items_numbered"
    DUE_GIVEN = "due_given"
    RETURN_IS_OURS = "return_is_ours"
    RETURN_OVERDUE = "return_overdue"
    RETURN_ITEMS_MET = "return_items_met"
    NOT_OWN_WORK = "not_own_work"
    NOT_OWN_FINDINGS = "not_own_findings"  # 批次要求两人分别办理的
    # 收回：下一环节尚未动手的
    DECISION_IS_OURS = "decision_is_ours"
    NEXT_LEVEL_IDLE = "next_level_idle"
    COUNTY_IDLE = "county_idle"


class Effect(StrEnum):
    """What a move writes besides the new state and its audit entry; one function each in `procedure.moving`."""

    OPEN_RETURN = "open_return"
    CLOSE_RETURN = "close_return"
    EXTEND_RETURN = "extend_return"
    # 内容改动以后，此前出具的意见不再作数：历史中保留，表上清空，须重新出具。
    VOID_OPINIONS = "void_opinions"
    # 收回退回补正：通知不再作数，退回时作废的意见恢复。收回不予推荐、上报：由其办结的补正恢复。
    TAKE_BACK_RETURN = "take_back_return"
    RESTORE_OPINIONS = "restore_opinions"
    REOPEN_RETURN = "reopen_return"


class Route(StrEnum):
    """Chooses between rows of the same move and source: whether a return is still open (or was, until the county was
    declined for it), and whether a prefecture stands between county and province.
    """

    RETURN_OPEN = "return_open"
    NO_RETURN_OPEN = "no_return_open"
    WITH_PREFECTURE = "with_prefecture"
    WITHOUT_PREFECTURE = "without_prefecture"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table. ``actor`` alone may do it, on submissions of their own area, while in ``source``.

    ``routes``: all of these must hold for the row to be the one meant.
    """

    move: str
    label: str
    source: State
    target: State
    actor: Role
    guards: tuple[Guard, ...]
    writes: tuple[Effect, ...] = ()
    routes: tuple[Route, ...] = ()


G, E, R, S = Guard, Effect, Role, State
_OPEN, _CLOSED = Route.RETURN_OPEN, Route.NO_RETURN_OPEN
_WITH, _WITHOUT = Route.WITH_PREFECTURE, Route.WITHOUT_PREFECTURE
_TAKE_BACK = (G.ROUND_OPEN, G.NOT_OWN_WORK, G.REASON_GIVEN)

TRANSITIONS: tuple[Transition, ...] = (
    # 民函〔2018〕4号 三（一）: 自我评价，符合条件的填写申报表并逐级上报
    Transition(
        "hand_over", "送县级人民政府", S.DRAFT, S.AWAITING_GOVERNMENT, R.COUNTY_COORDINATOR,
        (G.ROUND_OPEN, G.BEFORE_APPLY_DEADLINE, G.FORM_COMPLETE, G.FACTS_COMPLETE, G.ELIGIBLE_AT_COUNTY),
    ),
    Transition(
        "hand_over", "补正后送县级人民政府", S.RETURNED, S.AWAITING_GOVERNMENT, R.COUNTY_COORDINATOR,
        (
            G.ROUND_OPEN, G.BEFORE_APPLY_DEADLINE, G.RETURN_ITEMS_MET, G.FORM_COMPLETE, G.FACTS_COMPLETE,
            G.ELIGIBLE_AT_COUNTY,
        ),
    ),
    Transition(
        "hand_back", "退回县级民政部门", S.AWAITING_GOVERNMENT, S.DRAFT, R.COUNTY_GOVERNMENT,
        (G.ROUND_OPEN, G.REASON_GIVEN), (E.VOID_OPINIONS,), routes=(_CLOSED,),
    ),
    Transition(
        "hand_back", "退回县级民政部门", S.AWAITING_GOVERNMENT, S.RETURNED, R.COUNTY_GOVERNMENT,
        (G.ROUND_OPEN, G.REASON_GIVEN), (E.VOID_OPINIONS,), routes=(_OPEN,),
    ),
    Transition(
        "recall", "收回继续填报", S.AWAITING_GOVERNMENT, S.DRAFT, R.COUNTY_COORDINATOR,
        (G.ROUND_OPEN, G.REASON_GIVEN), (E.VOID_OPINIONS,), routes=(_CLOSED,),
    ),
    Transition(
        "recall", "收回继续补正", S.AWAITING_GOVERNMENT, S.RETURNED, R.COUNTY_COORDINATOR,
        (G.ROUND_OPEN, G.REASON_GIVEN), (E.VOID_OPINIONS,), routes=(_OPEN,),
    ),
    Transition(
        "release", "出具意见并上报", S.AWAITING_GOVERNMENT, S.SUBMITTED, R.COUNTY_GOVERNMENT,
        (
            G.ROUND_OPEN, G.BEFORE_APPLY_DEADLINE, G.FORM_COMPLETE, G.FACTS_COMPLETE, G.ELIGIBLE_AT_COUNTY,
            G.COUNTY_OPINION,
        ),
        (E.CLOSE_RETURN,),
    ),
    # 三（二）: 市级基础评价，确认每条标准均达标后推荐
    Transition(
        "prefecture_recommend", "推荐报省", S.SUBMITTED, S.PREFECTURE_RECOMMENDED, R.PREFECTURE_REVIEWER,
        (
            G.ROUND_OPEN, G.HAS_PREFECTURE, G.BEFORE_RECOMMEND_DEADLINE, G.NOT_OWN_WORK, G.NOT_OWN_FINDINGS,
            G.ALL_FOUND_BY_PREFECTURE, G.ELIGIBLE_AT_PREFECTURE, G.NO_OPEN_DOUBT, G.PREFECTURE_OPINION, G.QUOTA_FREE,
        ),
    ),
    Transition(
        "prefecture_return", "退回补正", S.SUBMITTED, S.RETURNED, R.PREFECTURE_REVIEWER,
        (G.ROUND_OPEN, G.HAS_PREFECTURE, G.NOT_OWN_WORK, G.ITEMS_NUMBERED), (E.OPEN_RETURN, E.VOID_OPINIONS),
    ),
    Transition(
        "prefecture_decline", "不予推荐", S.SUBMITTED, S.DECLINED, R.PREFECTURE_REVIEWER,
        (G.ROUND_OPEN, G.HAS_PREFECTURE, G.NOT_OWN_WORK, G.REASON_GIVEN),
    ),
    # 三（二）: 省级实地评估，再次确认每条标准均达标后推荐上报民政部
    Transition(
        "province_recommend", "推荐上报", S.PREFECTURE_RECOMMENDED, S.PROVINCE_RECOMMENDED, R.PROVINCE_REVIEWER,
        (
            G.ROUND_OPEN, G.HAS_PREFECTURE, G.BEFORE_RECOMMEND_DEADLINE, G.NOT_OWN_WORK, G.NOT_OWN_FINDINGS,
            G.ALL_FOUND_BY_PROVINCE, G.ELIGIBLE_AT_PROVINCE, G.NO_OPEN_DOUBT, G.SITE_VISIT, G.PROVINCE_OPINION,
        ),
    ),
    Transition(
        "province_return", "退回补正", S.PREFECTURE_RECOMMENDED, S.RETURNED, R.PROVINCE_REVIEWER,
        (G.ROUND_OPEN, G.HAS_PREFECTURE, G.NOT_OWN_WORK, G.ITEMS_NUMBERED), (E.OPEN_RETURN, E.VOID_OPINIONS),
    ),
    Transition(
        "province_decline", "不予推荐", S.PREFECTURE_RECOMMENDED, S.DECLINED, R.PROVINCE_REVIEWER,
        (G.ROUND_OPEN, G.HAS_PREFECTURE, G.NOT_OWN_WORK, G.REASON_GIVEN),
    ),
    # 无地市级的县：省级一并作基础评价（本工具读法），申报表第二栏留空
    Transition(
        "province_recommend", "推荐上报", S.SUBMITTED, S.PROVINCE_RECOMMENDED, R.PROVINCE_REVIEWER,
        (
            G.ROUND_OPEN, G.NO_PREFECTURE, G.BEFORE_RECOMMEND_DEADLINE, G.NOT_OWN_WORK, G.NOT_OWN_FINDINGS,
            G.ALL_FOUND_BY_PROVINCE, G.ELIGIBLE_AT_PROVINCE, G.NO_OPEN_DOUBT, G.SITE_VISIT, G.PROVINCE_OPINION,
        ),
    ),
    Transition(
        "province_return", "退回补正", S.SUBMITTED, S.RETURNED, R.PROVINCE_REVIEWER,
        (G.ROUND_OPEN, G.NO_PREFECTURE, G.NOT_OWN_WORK, G.ITEMS_NUMBERED), (E.OPEN_RETURN, E.VOID_OPINIONS),
    ),
    Transition(
        "province_decline", "不予推荐", S.SUBMITTED, S.DECLINED, R.PROVINCE_REVIEWER,
        (G.ROUND_OPEN, G.NO_PREFECTURE, G.NOT_OWN_WORK, G.REASON_GIVEN),
    ),
    # 补正期限由退回的一级延长；逾期不补正的，由它决定不予推荐
    *(
        row
        for level, actor in (("prefecture", R.PREFECTURE_REVIEWER), ("province", R.PROVINCE_REVIEWER))
        for row in (
            Transition(
                f"{level}_extend", "延长补正期限", S.RETURNED, S.RETURNED, actor,
                (G.ROUND_OPEN, G.RETURN_IS_OURS, G.NOT_OWN_WORK, G.DUE_GIVEN), (E.EXTEND_RETURN,),
            ),
            Transition(
                f"{level}_decline", "逾期未补正，不予推荐", S.RETURNED, S.DECLINED, actor,
                (G.ROUND_OPEN, G.RETURN_IS_OURS, G.NOT_OWN_WORK, G.RETURN_OVERDUE, G.REASON_GIVEN), (E.CLOSE_RETURN,),
            ),
        )
    ),
    # 收回：作出的一级说明理由，在下一环节动手以前
    Transition(
        "release_take_back", "收回上报", S.SUBMITTED, S.AWAITING_GOVERNMENT, R.COUNTY_GOVERNMENT,
        (G.ROUND_OPEN, G.BEFORE_APPLY_DEADLINE, G.NEXT_LEVEL_IDLE, G.REASON_GIVEN), (E.REOPEN_RETURN,),
    ),
    Transition(
        "prefecture_take_back", "收回推荐", S.PREFECTURE_RECOMMENDED, S.SUBMITTED, R.PREFECTURE_REVIEWER,
        (*_TAKE_BACK, G.BEFORE_RECOMMEND_DEADLINE, G.NEXT_LEVEL_IDLE),
    ),
    Transition(
        "province_take_back", "收回推荐", S.PROVINCE_RECOMMENDED, S.PREFECTURE_RECOMMENDED, R.PROVINCE_REVIEWER,
        (*_TAKE_BACK, G.BEFORE_RECOMMEND_DEADLINE), routes=(_WITH,),
    ),
    Transition(
        "province_take_back", "收回推荐", S.PROVINCE_RECOMMENDED, S.SUBMITTED, R.PROVINCE_REVIEWER,
        (*_TAKE_BACK, G.BEFORE_RECOMMEND_DEADLINE), routes=(_WITHOUT,),
    ),
    *(
        row
        for move, actor, before, way, quota in (
            ("prefecture_take_back", R.PREFECTURE_REVIEWER, S.SUBMITTED, _WITH, ()),
            ("province_take_back", R.PROVINCE_REVIEWER, S.PREFECTURE_RECOMMENDED, _WITH, (G.QUOTA_FREE,)),
            ("province_take_back", R.PROVINCE_REVIEWER, S.SUBMITTED, _WITHOUT, ()),
        )
        for row in (
            Transition(
                move, "收回退回补正", S.RETURNED, before, actor,
                (*_TAKE_BACK, G.RETURN_IS_OURS, G.COUNTY_IDLE, *quota), (E.RESTORE_OPINIONS, E.TAKE_BACK_RETURN),
                (way,),
            ),
            Transition(
                move, "收回不予推荐", S.DECLINED, before, actor, (*_TAKE_BACK, G.DECISION_IS_OURS, *quota), (),
                (_CLOSED, way),
            ),
            Transition(
                move, "收回不予推荐", S.DECLINED, S.RETURNED, actor, (*_TAKE_BACK, G.DECISION_IS_OURS),
                (E.REOPEN_RETURN,), (_OPEN, way),
            ),
        )
    ),
    # 自愿申报：县可以撤回；已上报的由县级人民政府撤回。撤回后补正通知不再有效，重新填报按申报截止日期办理
    Transition("withdraw", "撤回申报", S.DRAFT, S.WITHDRAWN, R.COUNTY_COORDINATOR, (G.ROUND_OPEN, G.REASON_GIVEN)),
    *(
        Transition(
            "withdraw", "撤回申报", source, S.WITHDRAWN, R.COUNTY_GOVERNMENT, (G.ROUND_OPEN, G.REASON_GIVEN),
            (E.CLOSE_RETURN,),
        )
        for source in (S.AWAITING_GOVERNMENT, S.SUBMITTED, S.PREFECTURE_RECOMMENDED, S.RETURNED)
    ),
    Transition(
        "reopen", "重新填报", S.WITHDRAWN, S.DRAFT, R.COUNTY_COORDINATOR,
        (G.ROUND_OPEN, G.BEFORE_APPLY_DEADLINE, G.REASON_GIVEN), (E.VOID_OPINIONS,),
    ),
)  # fmt: skip


def transition(move: str, source: State, routes: Collection[Route]) -> Transition | None:
    """The row for a move out of a state, or None: the move does not exist from there. ``routes``: what holds."""
    return next((t for t in TRANSITIONS if t.move == move and t.source is source and _leads(t, routes)), None)


def moves_from(source: State, actor: Role, routes: Collection[Route]) -> tuple[Transition, ...]:
    """Every row that a role has out of a state, in the table's order."""
    return tuple(t for t in TRANSITIONS if t.source is source and t.actor is actor and _leads(t, routes))


def _leads(row: Transition, routes: Collection[Route]) -> bool:
    return all(route in routes for route in row.routes)
