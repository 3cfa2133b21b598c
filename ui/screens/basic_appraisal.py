"""市级基础评价: a finding per row, then an opinion, then recommend, return or decline."""

from __future__ import annotations

from storage.clock import now
from ui.components.case.case import chosen_case
from ui.components.review.desk import Desk
from ui.components.signed_in import only
from ui.identity import current_person
from ui.office import office
from workflow.people import Role
from workflow.states import State

person = current_person()
only(person, {Role.PREFECTURE_REVIEWER})
case = chosen_case(office(), person, "prefecture", first=[State.SUBMITTED])
Desk(case, now()).show("row", "table", "agree", "changes", "opinion", "decide", "local", "print")
