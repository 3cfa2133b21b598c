"""自评: topic by topic, each indicator read through and filled in."""

from __future__ import annotations

from ui.components.county.answering import answering
from ui.components.county.figure_table import table_shown
from ui.components.county.opening import opened_forms
from ui.components.county.row_nav import own_rows_only, row_nav, row_steps
from ui.components.county.sending_back import told_sent_back

forms = opened_forms()
own_rows_only(forms)
told_sent_back(forms)
row = row_nav(forms)
if row is not None and not table_shown(forms, row):
    answering(forms, row)
    row_steps(forms, row)
