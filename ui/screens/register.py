"""材料登记: the register of documents and their files."""

from __future__ import annotations

from ui.components.county.opening import opened_desk
from ui.components.county.register_files import StoredFiles
from ui.components.forms.evidence_register import evidence_register

desk = opened_desk()
evidence_register(desk, StoredFiles(desk))
