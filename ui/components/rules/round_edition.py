"""标准, where a round of the reader's area is judged by other contents than the installed: said, and offered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from storage.records import RoundRecord
from ui.components import verbatim
from ui.components.rules.standard_table import ShownStandard
from ui.identity import signed_in_person
from ui.office import office
from workflow.people import COUNTY_ROLES, Role
from workflow.rounds.rounds import rounds_on_other_rules

_INSTALLED = ""


def round_edition(reading: ShownStandard) -> ShownStandard:
    """The same reading, with the round's own contents where the reader chose them."""
    person = signed_in_person()
    differing = () if person is None else rounds_on_other_rules(office(), person, reading.standard)
    if person is None or not differing:
        return reading
    whose = "本县所在" if person.role in COUNTY_ROLES else "" if person.role is Role.ADMINISTRATOR else "辖区内的"
    kept = {each.id: each for each in differing if office().has_rules(each)}
    lost = [each for each in differing if each.id not in kept]
    if lost:
        _warning(
            f"{whose}批次{_titles(lost)}采用的规则与现行规则不同，而且没有保存，暂时不能评估。"
            "请系统管理员在“批次”页办理“换用现行规则”，或恢复原来的规则。"
        )
    if not kept:
        return reading
    _warning(
        f"{whose}批次{_titles(kept.values())}按开始时保存的规则评估，与现行规则不同。填报和评审以批次保存的规则为准。"
    )
    words = {key: verbatim.markdown(f"批次“{each.title}”保存的规则") for key, each in kept.items()}
    words = {_INSTALLED: "现行规则", **words}
    key = f"edition-{reading.standard.id}"
    chosen = st.radio("阅读哪一份", list(words), format_func=words.__getitem__, horizontal=True, key=key)
    if not chosen:
        return reading
    return replace(reading, standard=office().rules_of(kept[chosen]).standards[reading.standard.id])


def _warning(words: str) -> None:
    st.warning(verbatim.markdown(words))


def _titles(several: Iterable[RoundRecord]) -> str:
    return "、".join(f"“{round_record.title}”" for round_record in several)
