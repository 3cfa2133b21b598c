"""分工: which department answers which rows and local commitments."""

from __future__ import annotations

from ui.components.access import only
from ui.components.county.dividing import dividing
from ui.components.county.opening import opened_desk
from ui.identity import current_person
from ui.navigation import ASSIGN

only(current_person(), ASSIGN.roles)
dividing(opened_desk())
