"""只读查看: everything of a submission, nothing to be written; the form at any level."""

from __future__ import annotations

from storage.clock import now
from ui.components.case.opened_submission import chosen_submission
from ui.components.review.review_page import ReviewPage
from ui.components.signed_in import only
from ui.identity import current_person
from ui.office import office
from workflow.people import Role

person = current_person()
only(person, set(Role) - {Role.ADMINISTRATOR})
case = chosen_submission(office(), person, "county")
ReviewPage(case, now()).show("row", "table", "visits", "changes", "opinion", "local", "print")
