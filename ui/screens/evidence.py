"""佐证材料: the register of documents."""

from __future__ import annotations

from ui.components.evidence_register import evidence_register
from ui.components.masthead import masthead
from ui.components.workspace import required

work = required()
masthead(work)
evidence_register(work)
