"""分工: which department answers which rows and local commitments."""

from __future__ import annotations

from ui.components.assigning.page import dividing
from ui.components.county.opening import opened_desk
from ui.identity import person_at
from ui.navigation import ASSIGN

person_at(ASSIGN)
dividing(opened_desk())
