"""账号: for administrators, and for each level that makes those of the level below it."""

from __future__ import annotations

from storage.clock import now
from ui.components.admin.account_import import accounts_from_list
from ui.components.admin.account_list import account_list, add_an_account, change_an_account
from ui.identity import person_at
from ui.navigation import ACCOUNTS
from ui.office import office

person = person_at(ACCOUNTS)
add_an_account(office(), person)
accounts_from_list(office(), person)
change_an_account(office(), person, now())
account_list(office(), person, now())
