"""What a package says otherwise than what stands here, and what of that is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from indicators.model import Standard
from scoring.submission import LEVELS, Level, Submission
from storage.canonical import Json
from storage.records import Return
from workflow.errors import Refused
from workflow.offline.standing import Standing
from workflow.offline.trail import notice_of
from workflow.offline.way import Way
from workflow.people import Role
from workflow.permissions import rows_depending_on
from workflow.procedure.transitions import Effect
from workflow.remarks.explanations import EXPLANATION
from workflow.states import State
from workflow.targets import Target
from workflow.visibility import sees

# 退回、收回一类的办理使意见作废或者恢复，其间各级的意见以办理的一方为准。
_OPINIONS_TURN = frozenset(
    {Effect.VOID_OPINIONS, Effect.RESTORE_OPINIONS, Effect.TAKE_BACK_RETURN, Effect.REOPEN_RETURN}
)


def differing(bodies: Mapping[Target, Json], stands: Mapping[Target, Json]) -> list[Target]:
    """The county's words that are others here, or are not there."""
    found = [target for target, body in bodies.items() if target.is_content and stands.get(target) != body]
    return found + [target for target in stands if target.is_content and target not in bodies]


def other_words(differing: Sequence[Target], *, crossed: bool) -> Refused:
    """Why it is not taken in. ``crossed``: the county took it back and wrote on before it heard of the decision."""
    named = "、".join(target.label for target in differing[:5])
    what = f"交换包里的填报与本网的有 {len(differing)} 处不同（{named}），评审看的不是本网这一份，不收。"
    if crossed:
        return Refused(
            "bad_file",
            f"{what}本网收回上报以后改过：请把本网最新的交换包送去；对方收不了的，请其退回补正，再收退回补正的交换包。",
        )
    return Refused("bad_file", f"{what}请把本网最新的交换包送去，再收对方的。")


def written(
    way: Way, state: State, bodies: Mapping[Target, Json], stands: Mapping[Target, Json], home: Collection[Level]
) -> dict[Target, Json]:
    """What is to be written. ``home``: the levels that decided here (`workflow.offline.trail.decided_here`): what they
    wrote comes back unchanged, and their scans stand.

    Raises Refused for reviewers' words that nobody there could give yet, and for those of a level of here said
    otherwise.
    """
    given = {level for level in LEVELS if sees(Role.COUNTY_COORDINATOR, state, level)}
    early = [target for target in bodies if not target.is_content and target.level not in given]
    if early:
        named = "、".join(target.label for target in early[:5])
        raise Refused("bad_file", f"交换包里有对方在这一环节还不能给出的内容（{named}），被改动过，不收。请核对来源。")
    theirs = {target: body for target, body in bodies.items() if way.up or not target.is_content}
    gone = (t for t in stands if t not in bodies and (t.is_content if way.up else _is_review(t) and t.level in given))
    changed = {t: body for t, body in theirs.items() if stands.get(t) != body} | dict.fromkeys(gone)
    if any(_OPINIONS_TURN & set(row.writes) for row in way.rows):
        return changed
    decided = {step.level for step, _ in way.steps}
    own = [t for t in changed if _is_review(t) and t.level in home and t.level not in decided]
    if said := [target for target in own if not target.is_scan and not way.up]:
        named = "、".join(target.label for target in said[:5])
        what = (
            f"交换包里有 {len(said)} 处和本网出具的不同（{named}），对方据以办理的不是本网这一份，或者被改动过，不收。"
        )
        raise Refused("bad_file", f"{what}请把本网最新的交换包送去，再收对方的。")
    unheard = [t for t, body in changed.items() if t.is_scan and body is None and not way.steps]
    return {t: body for t, body in changed.items() if t not in {*own, *unheard}}


def voided(
    entries: Mapping[Target, Json], standards: tuple[Standard, ...], read: Submission, stands: Iterable[Target]
) -> dict[Target, Json]:
    """Findings here on rows whose words come up changed: they were of others (as any save of the county does)."""
    touched = {row for t in entries if t.is_content for row in rows_depending_on(t, standards, read)}
    return {target: None for target in stands if target.is_finding and target.key in touched and target not in entries}


def _is_review(target: Target) -> bool:
    """What reviewers wrote, and the county government's opinion with it."""
    return target.is_finding or target.is_opinion or target.is_scan or target.kind == "site_visit"


def corrected(there: Standing, way: Way, open_one: Return | None, stands: Mapping[Target, Json]) -> dict[Target, Json]:
    """What the county says to the items of the return that is open here, and of those that the way opens."""
    told = [step.notice for step, _ in way.steps if step.notice is not None]
    told += [] if open_one is None else [notice_of(open_one)]
    keys = {Target.correction(notice.number, n + 1).key for notice in told for n in range(len(notice.items))}
    said = {Target("correction", key): {EXPLANATION: there.corrections.get(key, "")} for key in keys}
    return {t: body for t, body in said.items() if body[EXPLANATION] and stands.get(t) != body}


def explained(there: Standing, stands: Mapping[Target, Json]) -> dict[Target, Json]:
    """What the county says to warnings, in the place of what it said before."""
    said = {Target.explanation(key): {EXPLANATION: words} for key, words in there.explanations.items()}
    gone = [t for t in stands if t.kind == "explanation" and t not in said]
    return {t: body for t, body in said.items() if stands.get(t) != body} | dict.fromkeys(gone)
