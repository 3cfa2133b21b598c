"""What a person types for one local commitment, and the answer it makes; likewise the choice of documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from indicators.model import Commitment
from scoring.kinds.figure_text import read_figure
from scoring.kinds.typed import EntryError
from scoring.submission import Beside, Done, Judgement, Local, LocalAnswer, Members, Number, Submission
from scoring.visible_text import has_visible_text
from scoring.wording import plain

_MOMENT = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?")

_MEMBER = re.compile(r"(?P<name>[^0-9].*?)[\s：:，,、]+(?P<figure>[0-9０-９].*)")


@dataclass(frozen=True, slots=True)
class TypedLocal:
    """A commitment's fields as typed: ``figure`` of amount, ratio, count, with the ``other`` it is compared with or
    the members one by one in lines (``each``); ``yes`` and ``date`` of a deadline; ``yes`` and ``reason`` of a duty."""

    figure: str = ""
    yes: bool | None = None
    date: str = ""
    reason: str = ""
    other: str = ""
    each: str = ""


def typed_local(answer: LocalAnswer | None) -> TypedLocal:
    """The fields for a stored answer."""
    if isinstance(answer, Done):
        return TypedLocal(yes=answer.done, date=answer.date or "")
    if isinstance(answer, Judgement):
        return TypedLocal(yes=answer.fulfilled, reason=answer.reason or "")
    if isinstance(answer, Beside):
        return TypedLocal(figure=_shown(answer.own), other=_shown(answer.other))
    if isinstance(answer, Members):
        return TypedLocal(each="\n".join(f"{name} {plain(number)}" for name, number in answer.each.items()))
    return TypedLocal(figure=_shown(answer))


def _shown(number: Number | None) -> str:
    return "" if number is None else plain(number)


def local_answer_from(commitment: Commitment, typed: TypedLocal) -> LocalAnswer | None:
    """The answer that was typed, None where nothing was; raises `EntryError`."""
    try:
        if commitment.kind == "deadline":
            done = Done(typed.yes, read_moment(typed.date))
            return None if done == Done() else done
        if commitment.kind == "duty":
            judged = Judgement(typed.yes, typed.reason.strip() or None)
            return None if judged == Judgement() else judged
        if commitment.than is not None:
            beside = Beside(read_figure(typed.figure, commitment.unit), read_figure(typed.other, commitment.unit))
            return None if beside == Beside() else beside
        if commitment.counts_members and typed.each.strip():
            return _members(commitment, typed)
        return read_figure(typed.figure, commitment.unit)
    except ValueError as unreadable:
        field = "date" if commitment.kind == "deadline" else "each" if typed.each.strip() else "figure"
        raise EntryError([f"{commitment.object}：{unreadable}。"], [(field,)]) from None


def _members(commitment: Commitment, typed: TypedLocal) -> Members:
    """One member a line: 甲乡 2. The least, where it is given too, is the least of them."""
    each: dict[str, Number] = {}
    for line in filter(None, map(str.strip, typed.each.splitlines())):
        match = _MEMBER.fullmatch(line)
        number = read_figure(match["figure"], commitment.unit) if match else None
        if match is None or number is None:
            raise ValueError(f"“{line[:20]}”看不出名称和数，请一行一个，写作“甲乡 2”")
        if match["name"] in each:
            raise ValueError(f"“{match['name']}”写了两次，请删去其一")
        each[match["name"]] = number
    least = read_figure(typed.figure, commitment.unit)
    if least is not None and least != min(each.values()):
        raise ValueError(f"最少的一个填了{plain(least)}，逐个填写的最少是{plain(min(each.values()))}，请核对")
    return Members(each)


def with_shared_reason(commitment: Commitment, typed: TypedLocal, reason: str) -> TypedLocal:
    """A judgement without a reason of its own takes the one typed for several; anything else stays as typed."""
    wants = commitment.kind == "duty" and typed.yes is not None and not has_visible_text(typed.reason)
    return replace(typed, reason=reason) if wants else typed


def reason_alone(answer: LocalAnswer | None) -> bool:
    """Whether a reason was written and nothing chosen."""
    return isinstance(answer, Judgement) and answer.fulfilled is None and has_visible_text(answer.reason)


def read_moment(text: str) -> str | None:
    """2018-05-28, 2018.5 or 2018年5月 as YYYY, YYYY-MM or YYYY-MM-DD; None when empty, ValueError (Chinese) else."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if not folded:
        return None
    match = _MOMENT.fullmatch(folded)
    if match:
        parts = [int(part) for part in match.groups() if part]
        try:
            date(*(*parts, 1, 1)[:3])
            return "-".join(f"{part:04d}" if place == 0 else f"{part:02d}" for place, part in enumerate(parts))
        except ValueError:
            pass
    raise ValueError(f"“{text.strip()}”不是日期，请按 2018-05-28 或 2018-05 的样式填写")


def with_local_answers(submission: Submission, policy_id: str, changed: Mapping[str, LocalAnswer | None]) -> Submission:
    """The submission with these answers to a document's commitments; None takes one out, the others stay."""
    local = submission.local
    answers = {**local.answers.get(policy_id, {}), **changed}
    standing = {commitment_id: answer for commitment_id, answer in answers.items() if answer is not None}
    by_policy = {policy: inner for policy, inner in {**local.answers, policy_id: standing}.items() if inner}
    return replace(submission, local=Local(local.policies, by_policy))


def with_local_policies(submission: Submission, policies: tuple[str, ...] | None) -> Submission:
    """The submission with this choice of documents; None = by the division's code."""
    return replace(submission, local=replace(submission.local, policies=policies))
