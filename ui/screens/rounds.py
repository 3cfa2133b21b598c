"""批次: for administrators."""

from __future__ import annotations

from storage.clock import now
from ui.components.admin.package_import import take_in_packages
from ui.components.admin.repin import repin_a_round
from ui.components.admin.round_change import change_a_round, close_a_round, extend_a_county
from ui.components.admin.round_list import add_a_round, round_list
from ui.identity import person_at
from ui.navigation import ROUNDS
from ui.office import office

person = person_at(ROUNDS)
round_list(office())
add_a_round(office(), person)
change_a_round(office(), person)
extend_a_county(office(), person)
take_in_packages(office(), person)
repin_a_round(office(), person)
close_a_round(office(), person, now())
