"""申报表: its own fields and narrative, the opinions so far, and the printed form."""

from __future__ import annotations

from scoring.submission import FORM_LABELS
from storage.clock import now
from ui.components.case.news import news
from ui.components.county.form_counts import form_counts
from ui.components.county.opening import opened_forms
from ui.components.county.read_only_notice import read_only_notice
from ui.components.forms.application_form import application_form
from ui.components.printing.submission_printing import submission_printing
from workflow.targets import Target

forms = opened_forms()
read_only_notice(forms, [Target.form(field) for field in FORM_LABELS])
news(forms, Target.form(""))
application_form(forms)
form_counts(forms)
submission_printing(forms, now())
