"""县情: what is asked once about the county, kept in the store."""

from __future__ import annotations

from ui.components.county.opening import opened_desk
from ui.components.county.shut import shut_notice
from ui.components.county_form import county_form

desk = opened_desk()
shut_notice(desk, "fact", sorted({fact for standard in desk.standards for fact in standard.facts}))
county_form(desk)
