"""佐证材料: the register of documents."""

from __future__ import annotations

from ui.components.register.page import evidence_register
from ui.components.trial.masthead import masthead
from ui.components.trial.workspace import required

work = required()
masthead(work)
evidence_register(work)
