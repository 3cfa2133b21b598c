"""分工: which department answers which rows and local commitments."""

from __future__ import annotations

from ui.components.assigning.page import dividing
from ui.components.county.opening import opened_desk
from ui.components.signed_in import only
from ui.identity import current_person
from ui.navigation import ASSIGN

only(current_person(), ASSIGN.roles)
dividing(opened_desk())
