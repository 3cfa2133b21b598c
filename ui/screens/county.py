"""县情数据: what is asked once about the county."""

from __future__ import annotations

from ui.components.county_form import county_form
from ui.components.masthead import masthead
from ui.components.workspace import required

work = required()
masthead(work)
county_form(work)
