"""The departments a county lists; which of its rows each answers stands in the submission's entries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from storage.acts import DEPARTMENTS_LIST, DepartmentsDetail, ListedDepartment
from storage.database.tables import departments, submissions
from storage.repositories.repository import Repository


class Departments(Repository):
    """One list a county, written whole."""

    def of(self, division_code: str) -> tuple[ListedDepartment, ...] | None:
        """In the county's order; None where it has saved none."""
        query = select(departments.c.listed).where(departments.c.division_code == division_code)
        listed = self._connection.execute(query).scalar_one_or_none()
        return None if listed is None else tuple(listed)

    def put(self, division_code: str, listed: Sequence[ListedDepartment]) -> None:
        """The list as it stands from now on. Who answers what may change with it: the county's submissions are told."""
        self._writer()
        self._connection.execute(delete(departments).where(departments.c.division_code == division_code))
        self._connection.execute(departments.insert().values(division_code=division_code, listed=list(listed)))
        raised = {"stamp": submissions.c.stamp + 1}
        self._connection.execute(update(submissions).where(submissions.c.division_code == division_code).values(raised))
        self._record(DEPARTMENTS_LIST, f"departments/{division_code}", DepartmentsDetail(listed=list(listed)))
