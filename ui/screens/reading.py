"""只读查看: everything of a submission, nothing to be written; the form at any level."""

from __future__ import annotations

from storage.clock import now
from ui.components.case.case import chosen_case
from ui.components.review.desk import Desk
from ui.components.signed_in import only
from ui.identity import current_person
from ui.office import office
from workflow.people import Role

person = current_person()
only(person, set(Role) - {Role.ADMINISTRATOR})
case = chosen_case(office(), person, "county")
Desk(case, now()).show("row", "table", "visits", "changes", "opinion", "local", "print")
