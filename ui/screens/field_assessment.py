"""省级实地评估: visits and a finding per row again, beside the prefecture's; opinion; recommend, return or decline."""

from __future__ import annotations

from storage.clock import now
from ui.components.case.chosen_submission import chosen_submission
from ui.components.review.review_page import ReviewPage
from ui.identity import person_at
from ui.navigation import FIELD
from ui.office import office
from workflow.states import State

person = person_at(FIELD)
opened = chosen_submission(office(), person, "province", first=[State.PREFECTURE_RECOMMENDED, State.SUBMITTED])
ReviewPage(opened, now()).show(
    "row", "table", "agree", "remarks", "visits", "changes", "opinion", "decide", "local", "print"
)
