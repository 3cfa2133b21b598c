"""账号: for administrators."""

from __future__ import annotations

from storage.clock import now
from ui.components.admin.account_list import account_list, add_an_account, change_an_account
from ui.components.signed_in import only
from ui.identity import current_person
from ui.office import office
from workflow.people import Role

person = current_person()
only(person, {Role.ADMINISTRATOR})
add_an_account(office(), person, now())
change_an_account(office(), person, now())
account_list(office(), person, now())
