"""县级人民政府: what a return changed, the result and why, the narrative, the opinion, releasing or handing back."""

from __future__ import annotations

from storage.clock import now
from ui.components.case.change_record import change_record
from ui.components.case.move_history import move_history
from ui.components.case.moves import moves
from ui.components.county.government_opinion import government_opinion
from ui.components.county.opening import opened_forms
from ui.components.county.result import result
from ui.components.county.returned import return_response, returned_meanwhile
from ui.components.workbench.reminders import reminders
from ui.identity import person_at
from ui.navigation import GOVERNMENT
from workflow.people import Role
from workflow.procedure.moving import offers

person = person_at(GOVERNMENT)
forms = opened_forms()
return_response(forms)
returned_meanwhile(forms)
result(forms)
government_opinion(forms)
if person.role is Role.COUNTY_GOVERNMENT:
    reminders(forms)
    moves(forms, offers(forms.office, person, forms.id, now()))
move_history(forms)
change_record(forms)
