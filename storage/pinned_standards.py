"""The standards that rounds pin, kept whole: a round goes on judging by its own whatever is installed later."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import pinned_standards


class PinnedStandards(Repository):
    """By fingerprint, which is the SHA-256 of the text; written once, never changed (triggers refuse)."""

    def keep(self, standard_id: str, fingerprint: str, text: str) -> None:
        """Keep a standard's text; one that is there already stays. ValueError when the text has another digest."""
        _, now = self._writer()
        if sha256(text.encode("utf-8")).hexdigest() != fingerprint:
            raise ValueError("the text does not have this fingerprint")
        if self.text(fingerprint) is not None:
            return
        new = {"fingerprint": fingerprint, "standard_id": standard_id, "text": text}
        self._connection.execute(pinned_standards.insert().values(**new, kept_at=now))
        self._record("standard.keep", f"standard/{fingerprint}", {"standard_id": standard_id})

    def text(self, fingerprint: str) -> str | None:
        """The kept text, or None."""
        query = select(pinned_standards.c.text).where(pinned_standards.c.fingerprint == fingerprint)
        return self._connection.execute(query).scalar()

    def all(self) -> dict[str, str]:
        """Fingerprint → text, of everything kept."""
        query = select(pinned_standards.c.fingerprint, pinned_standards.c.text)
        return {row.fingerprint: row.text for row in self._connection.execute(query)}
