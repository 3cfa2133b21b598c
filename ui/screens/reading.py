"""只读查看: everything of a submission, nothing to be written; the form at any level."""

from __future__ import annotations

from storage.clock import now
from ui.components.case.chosen_submission import chosen_submission
from ui.components.review.review_page import ReviewPage
from ui.identity import person_at
from ui.navigation import READING
from ui.office import office

person = person_at(READING)
opened = chosen_submission(office(), person, "county")
ReviewPage(opened, now()).show("row", "table", "visits", "changes", "opinion", "local", "print")
