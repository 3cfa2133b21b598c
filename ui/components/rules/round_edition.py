"""标准, where a round of the reader's area is judged by other contents than the installed: said, and offered."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from storage.records import RoundRecord
from ui.components import verbatim
from ui.components.rules.standard_table import Reading
from ui.identity import signed_in_person
from ui.office import office
from workflow.errors import Refused
from workflow.people import COUNTY_ROLES, Role
from workflow.rounds import rounds_on_other_rules

_INSTALLED = ""


def round_edition(reading: Reading) -> Reading:
    """The same reading, with the round's own contents where the reader chose them."""
    person = signed_in_person()
    differing = () if person is None else rounds_on_other_rules(office(), person, reading.standard)
    if person is None or not differing:
        return reading
    whose = "本县所在" if person.role in COUNTY_ROLES else "" if person.role is Role.ADMINISTRATOR else "辖区内的"
    titles = "、".join(f"“{one.title}”" for one in differing)
    st.warning(
        verbatim.markdown(
            f"{whose}批次{titles}按开始时保存的规则评估，与现行规则不同。填报和评审以批次保存的规则为准。"
        )
    )
    kept = {one.id: one for one in differing if _kept(one)}
    if not kept:
        return reading
    chosen = st.radio(
        "阅读哪一份",
        [_INSTALLED, *kept],
        format_func=lambda one: f"批次“{verbatim.plain(kept[one].title)}”保存的规则" if one else "现行规则",
        horizontal=True,
        key=f"edition-{reading.standard.id}",
    )
    if not chosen:
        return reading
    return replace(reading, standard=office().rules_of(kept[chosen]).standards[reading.standard.id])


def _kept(one: RoundRecord) -> bool:
    try:
        office().standards(one)
    except Refused:
        return False
    return True
