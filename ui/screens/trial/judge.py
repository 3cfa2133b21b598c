"""评估结果: choose a submission; the verdicts, the picture, the table and the reasons."""

from __future__ import annotations

from ui.components.local.page import trial_local
from ui.components.printing.trial_printing import trial_printing
from ui.components.rows.progress import progress
from ui.components.rows.verdict_header import verdict_header
from ui.components.trial.downloads import exchange_downloads
from ui.components.trial.indicator_table import indicator_table, row_link
from ui.components.trial.masthead import masthead
from ui.components.trial.source_panel import source_panel, welcome
from ui.components.trial.workspace import current

work = current()
if work is None:
    welcome()
    source_panel()
else:
    masthead(work, levels=True)
    source_panel()
    verdict_header(work, row_link(work))
    progress(work)
    indicator_table(work)
    trial_local(work)
    trial_printing(work)
    exchange_downloads(work)
