"""申报表: its own fields, the opinions, and what can be taken away."""

from __future__ import annotations

from ui.components.forms.application_form import application_form, opinion_boxes
from ui.components.printing.trial_printing import trial_printing
from ui.components.trial.downloads import exchange_downloads
from ui.components.trial.masthead import masthead
from ui.components.trial.workspace import required

work = required()
masthead(work)
application_form(work)
opinion_boxes(work.submission)
trial_printing(work)
exchange_downloads(work)
