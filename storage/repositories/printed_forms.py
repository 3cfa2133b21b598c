"""The check codes of forms printed from the store.

Not audited: they change nothing and come with every look at a preview. They answer whether a paper was ever right.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from storage.database.tables import printed_forms
from storage.repositories.repository import Repository


class PrintedForms(Repository):
    """Each code once for its submission."""

    def has(self, submission_id: int, code: str) -> bool:
        """Whether a form with this code was printed."""
        query = select(printed_forms.c.code).where(
            printed_forms.c.submission_id == submission_id, printed_forms.c.code == code
        )
        return self._connection.execute(query).first() is not None

    def known(self, submission_ids: Collection[int], beginning: str) -> bool:
        """Whether one of these submissions was printed with a code that begins so."""
        query = select(printed_forms.c.code).where(
            printed_forms.c.submission_id.in_(submission_ids),
            printed_forms.c.code.startswith(beginning, autoescape=True),
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def add(self, submission_id: int, code: str) -> None:
        """A form with this code was printed for the first time."""
        _, now = self._writer()
        self._connection.execute(printed_forms.insert().values(submission_id=submission_id, code=code, at=now))
