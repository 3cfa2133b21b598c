"""逐项填报: one indicator or veto read through and filled in."""

from __future__ import annotations

from ui.components.forms.answer_form import answer_form, row_shows_save_notice
from ui.components.forms.own_fragment import own_fragment
from ui.components.rows.cross_checks import at_odds_with_row, cross_checks_after_save
from ui.components.rows.indicator_detail import indicator_detail
from ui.components.rows.row_page import filling_and_reading
from ui.components.trial.indicator_table import row_link
from ui.components.trial.masthead import masthead
from ui.components.trial.row_choice import row_choice
from ui.components.trial.workspace import required

work = required()
masthead(work)
row = row_choice(work)
filling, reading = filling_and_reading()
with reading:
    at_odds_with_row(work.assessment, row.id, row_link(work), told=row_shows_save_notice(work, row))
    indicator_detail(row, work.submission.round)
with filling:
    after = lambda: cross_checks_after_save(work.assessment, (row.id,), row_link(work))  # noqa: E731 - below
    own_fragment(work, lambda: answer_form(work, row, after))
