"""材料登记: the register of documents and their files."""

from __future__ import annotations

from ui.components.case.news import news
from ui.components.county.opening import opened_forms
from ui.components.register.page import evidence_register
from ui.components.register.stored_files import StoredFiles
from ui.components.workbench.carried import papers_waiting
from workflow.targets import Target

forms = opened_forms()
papers_waiting(forms)
news(forms, Target.evidence(""))
evidence_register(forms, StoredFiles(forms))
