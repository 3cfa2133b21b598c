"""The policy documents of a round: as they stood when it began, or when it last took other rules.

What a county answered to a commitment must not come to mean another promise while the round runs. Documents installed
since are there too; a round from before documents were kept goes by the installed ones until the service next starts,
and keeps those.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from indicators.building.pinned import UnreadableRulesError, kept_policy, policy_from
from indicators.building.units import policy_in_words
from indicators.model import Library, Policy
from indicators.references import short_title
from storage.records import RoundRecord
from storage.store import Store, Transaction


class RoundPolicies:
    """Gives rounds their policy documents. Caches those read from the store, and installed ones' fingerprints."""

    def __init__(self) -> None:
        self._kept: dict[str, Policy] = {}
        self._installed: dict[str, tuple[Policy, str]] = {}

    def of_round(self, store: Store, library: Library, round_record: RoundRecord) -> Mapping[str, Policy]:
        """By id, the installed documents with the round's own in their place."""
        own = {
            policy_id: self._read(store, library, fingerprint)
            for policy_id, fingerprint in self._differing(library, round_record)
        }
        differing = {policy_id: policy for policy_id, policy in own.items() if policy is not None}
        return {**library.policies, **differing} if differing else library.policies

    def changed(self, store: Store, library: Library, round_record: RoundRecord) -> tuple[str, ...]:
        """The round's documents that are no longer installed as it keeps them, as people know them."""
        titles = []
        for policy_id, fingerprint in self._differing(library, round_record):
            policy = library.policies.get(policy_id) or self._read(store, library, fingerprint)
            titles.append(short_title(policy) if policy is not None else policy_id)
        return tuple(titles)

    def follows(self, library: Library, round_record: RoundRecord) -> bool:
        """Whether every document the round keeps is installed as it keeps it."""
        return not self._differing(library, round_record)

    def _differing(self, library: Library, round_record: RoundRecord) -> list[tuple[str, str]]:
        return [
            (policy_id, fingerprint)
            for policy_id, fingerprint in round_record.policies.items()
            if policy_id not in library.policies or self._fingerprint(library.policies[policy_id]) != fingerprint
        ]

    def _fingerprint(self, policy: Policy) -> str:
        known = self._installed.get(policy.id)
        if known is None or known[0] is not policy:
            known = self._installed[policy.id] = (policy, kept_policy(policy)[0])
        return known[1]

    def _read(self, store: Store, library: Library, fingerprint: str) -> Policy | None:
        """None where it was not kept, or this program can no longer read it: then the installed one applies."""
        if fingerprint not in self._kept:
            with store.read() as tx:
                text = tx.pinned_policies.text(fingerprint)
            if text is None:
                return None
            try:
                self._kept[fingerprint] = policy_in_words(policy_from(text, fingerprint), library.vocabulary)
            except UnreadableRulesError:
                return None
        return self._kept[fingerprint]


def keep_for_older_rounds(store: Store, library: Library, actor: str, now: datetime) -> None:
    """Called where the service starts: an open round from before documents were kept gets those it goes by today."""
    with store.read() as tx:
        older = [
            round_record.id
            for round_record in tx.rounds.all()
            if round_record.closed_at is None and not round_record.policies
        ]
    if older and library.policies:
        with store.write(actor, now) as tx:
            fingerprints = keep_policies(tx, library)
            for round_record in older:
                tx.rounds.keep_policies(round_record, fingerprints)


def keep_policies(tx: Transaction, library: Library) -> dict[str, str]:
    """Keep every installed document; id → fingerprint, for the round."""
    fingerprints = {}
    for policy in library.policies.values():
        fingerprint, text = kept_policy(policy)
        tx.pinned_policies.keep(policy.id, fingerprint, text)
        fingerprints[policy.id] = fingerprint
    return fingerprints
