"""The standards and policy documents that rounds pin, kept whole: a round goes on by its own whatever is installed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from hashlib import sha256
from typing import ClassVar

from sqlalchemy import Table, select

from storage.acts import POLICY_KEEP, STANDARD_KEEP, PolicyDetail, StandardDetail
from storage.database.tables import pinned_policies, pinned_standards
from storage.repositories.repository import Repository


class _PinnedTexts(Repository, ABC):
    """By fingerprint, which is the SHA-256 of the text; written once, never changed (triggers refuse).

    ``_kind``: what the audit log and the id's column call what is kept: standard, policy.
    """

    _table: ClassVar[Table]
    _kind: ClassVar[str]

    def keep(self, of: str, fingerprint: str, text: str) -> None:
        """Keep a text; one that is there already stays. ``of``: id of the standard or document. ValueError when the
        text has another digest.
        """
        _, now = self._writer()
        if sha256(text.encode("utf-8")).hexdigest() != fingerprint:
            raise ValueError("the text does not have this fingerprint")
        if self.text(fingerprint) is not None:
            return
        self._connection.execute(
            self._table.insert().values(
                {"fingerprint": fingerprint, f"{self._kind}_id": of, "text": text, "kept_at": now}
            )
        )
        self._record_kept(of, f"{self._kind}/{fingerprint}")

    @abstractmethod
    def _record_kept(self, of: str, subject: str) -> None:
        """The audit entry of `keep`."""

    def text(self, fingerprint: str) -> str | None:
        """The kept text, or None."""
        query = select(self._table.c.text).where(self._table.c.fingerprint == fingerprint)
        return self._connection.execute(query).scalar()

    def all(self) -> dict[str, str]:
        """Fingerprint → text, of everything kept."""
        query = select(self._table.c.fingerprint, self._table.c.text)
        return {row.fingerprint: row.text for row in self._connection.execute(query)}


class PinnedStandards(_PinnedTexts):
    """Merged standards: what a round is judged by."""

    _table, _kind = pinned_standards, "standard"

    def _record_kept(self, of: str, subject: str) -> None:
        self._record(STANDARD_KEEP, subject, StandardDetail(standard_id=of))


class PinnedPolicies(_PinnedTexts):
    """Policy documents: what a round's local answers were given to."""

    _table, _kind = pinned_policies, "policy"

    def _record_kept(self, of: str, subject: str) -> None:
        self._record(POLICY_KEEP, subject, PolicyDetail(policy_id=of))
