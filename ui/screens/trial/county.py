"""县情数据: what is asked once about the county."""

from __future__ import annotations

from ui.components.forms.county_form import county_form, facts_show_save_notice
from ui.components.rows.cross_checks import at_odds_with_facts, facts_after_save
from ui.components.trial.indicator_table import row_link
from ui.components.trial.masthead import masthead
from ui.components.trial.workspace import required

work = required()
masthead(work)
at_odds_with_facts(work.assessment, row_link(work), told=facts_show_save_notice(work))
county_form(work, lambda: facts_after_save(work, work.submission, row_link(work)))
