"""市级基础评价: a finding per row, visits if it likes, then an opinion, then recommend, return or decline."""

from __future__ import annotations

from storage.clock import now
from ui.components.case.chosen_submission import chosen_submission
from ui.components.review.review_page import ReviewPage
from ui.identity import person_at
from ui.navigation import APPRAISAL
from ui.office import office
from workflow.states import State

person = person_at(APPRAISAL)
opened = chosen_submission(office(), person, "prefecture", first=[State.SUBMITTED])
views = ("row", "table", "agree", "remarks", "visits", "changes", "opinion", "decide", "local", "print")
ReviewPage(opened, now()).show(*views)
