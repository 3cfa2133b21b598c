"""补正: how the county met each item of a return — by changing something it reads, or by saying why nothing changes.

A clerk is often asked about what is right as it stands: an explanation meets an item as well as a change does. An item
met by neither keeps the submission from going back (`workflow.procedure.guards`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from indicators.model import Standard
from scoring.submission import Submission
from scoring.visible_text import has_visible_text, plain_words
from storage.acts import ROUND_REPIN, ROUND_REPINNING
from storage.canonical import Json
from storage.records import EntryVersion, Return, ReturnItem
from storage.repositories.audit import Order
from storage.store import Transaction
from workflow.permissions import rows_depending_on
from workflow.remarks.explanations import EXPLANATION
from workflow.targets import CONTENT_KINDS, Target

Writing = tuple[str, datetime]  # by whom and when: one transaction
_NEVER: Any = object()


@dataclass(frozen=True, slots=True)
class Correction:
    """One item of a return and how the county met it: entries it ``changed`` since, or its ``explanation``.

    ``by`` and ``at``: who explained, and when; empty and None without an explanation.
    """

    item: ReturnItem
    changed: tuple[Target, ...]
    explanation: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def met(self) -> bool:
        """Whether the county has changed something the item reads, or explained why not."""
        return bool(self.changed) or has_visible_text(self.explanation)


def correction_target(returned: Return, item: ReturnItem) -> Target:
    """The entry that holds the county's explanation of an item: numbered as the notice is, so that each has its own."""
    return Target.correction(returned.number, item.number)


def items_by_key(returned: Return) -> dict[str, str]:
    """The keys under which a return's items may be explained → the row or form field each is about."""
    return {correction_target(returned, item).key: item.row_id for item in returned.items}


def repin_writings(tx: Transaction, round_id: str) -> frozenset[Writing]:
    """By whom and at which moment 换用现行规则 rewrote entries of the round: nobody filled in anything there."""
    taken = (e for act in (ROUND_REPINNING, ROUND_REPIN) for e in tx.audit.entries(action=act, limit=None))
    return frozenset((entry.actor, entry.at) for entry in taken if entry.subject == f"round/{round_id}")


def corrections_of(
    returned: Return,
    history: Sequence[EntryVersion],
    order: Order,
    standards: Iterable[Standard],
    content: Submission,
    *,
    rules: Set[Writing] = frozenset(),
) -> tuple[Correction, ...]:
    """Each item of the return in its order. ``history``: every version of its entries, each entry's oldest first.

    What was changed and put back as it was is not changed; after the return is closed nothing counts any more. What a
    change of rules wrote (``rules``, from `repin_writings`) is nobody's mending.
    """
    pinned = tuple(standards)
    since, until = order.since(returned), order.until(returned)
    versions = [version for version in history if order.of(version) < until]
    before, after = ([v for v in versions if (order.of(v) > since) is later] for later in (False, True))
    changed = _changed(before, after, rules)
    rows = {target: _items_touched(target, pinned, content) for target in changed}
    explanations = {
        Target.of(version): version for version in versions if version.kind == "correction"
    }  # 改过几次的，以最后一次为准
    return tuple(
        _correction(
            item,
            tuple(t for t in changed if item.row_id in rows[t]),
            explanations.get(correction_target(returned, item)),
        )
        for item in returned.items
    )


def _correction(item: ReturnItem, changed: tuple[Target, ...], explanation: EntryVersion | None) -> Correction:
    if explanation is None or explanation.removed or not isinstance(explanation.body, Mapping):
        return Correction(item, changed)
    return Correction(item, changed, str(explanation.body.get(EXPLANATION, "")).strip(), explanation.by, explanation.at)


def standing(history: Iterable[EntryVersion]) -> dict[Target, Json]:
    """What the county's content said after these versions, oldest first; None where it was taken out."""
    content = (version for version in history if version.kind in CONTENT_KINDS)
    return {Target.of(version): None if version.removed else version.body for version in content}


def _changed(before: Iterable[EntryVersion], after: Iterable[EntryVersion], rules: Set[Writing]) -> tuple[Target, ...]:
    former, now = standing(before), dict[Target, Json]()
    for version in after:
        if version.kind not in CONTENT_KINDS:
            continue
        target = Target.of(version)
        body = None if version.removed else version.body
        if (version.by, version.at) not in rules:
            now[target] = body
        elif now.get(target, _NEVER) in (_NEVER, former.get(target)):
            former[target] = body  # 换用规则改写的是比较的起点；此前县里已经改过的，仍算改过
            now.pop(target, None)
    return tuple(target for target, body in now.items() if _content(former.get(target)) != _content(body))


def _content(body: Json) -> Json:
    """A body without empty and invisible text, to compare: adding one space to a note is no change."""
    if isinstance(body, Mapping):
        parts = {key: _content(value) for key, value in body.items()}
        return {key: value for key, value in parts.items() if value not in ("", None, [])} or None
    if isinstance(body, list | tuple):
        return [_content(value) for value in body]
    return plain_words(body) if isinstance(body, str) else body


def _items_touched(target: Target, standards: tuple[Standard, ...], content: Submission) -> frozenset[str]:
    if target.kind == "form":
        return frozenset({str(target)})
    return rows_depending_on(target, standards, content)
