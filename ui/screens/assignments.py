"""分工: which department answers which rows and local commitments."""

from __future__ import annotations

from ui.components.assigning.page import assigning_page
from ui.components.county.opening import opened_forms
from ui.identity import person_at
from ui.navigation import ASSIGN

person_at(ASSIGN)
assigning_page(opened_forms())
