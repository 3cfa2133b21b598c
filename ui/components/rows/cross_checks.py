"""互核提醒: figures that cannot both be true and documents cited for two events, shown at both places with links to the
other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from scoring.assessment import Assessment, Reason, where
from scoring.facts_open import facts_open
from scoring.judging.cross_checks import concerns_facts, concerns_row, places_named
from scoring.submission import Submission
from ui.components import labels, verbatim
from ui.components.rows.row import HasVerdicts

# Draws a link to a row, or to 县情 where the row is None: (row id, its name, a key). A name is made of the ids of
# rows, which hold no mark that a label would read.
DrawLink = Callable[[str | None, str, str], None]
_FACTS = "县情"
_OURS = "（本工具互核）"


def at_odds(assessment: Assessment) -> tuple[Reason, ...]:
    """What cross-checks found: what blocks a row once, however many rows it blocks under however many standards, then
    the warnings."""
    blocking = {
        str(reason.given["said"]): reason
        for standard in assessment.standards.values()
        for result in standard.results
        for reason in result.reasons
        if reason.effect == "blocks" and places_named(reason)
    }
    return (*blocking.values(), *(reason for reason in assessment.warnings if places_named(reason)))


def facts_after_save(judged: HasVerdicts, submission: Submission, draw_link: DrawLink) -> None:
    """Under the notice of 县情: in one list what is open or cannot all be true; then what else is concerned, linked."""
    told = facts_open(submission, judged.standards)
    if told:
        items = "".join(f"<li>{verbatim.markup(sentence.replace(_OURS, ''))}</li>" for sentence in told)
        words = f"县情还有 {len(told)} 处没有填或者不相符 {labels.tag('本工具提出', 'tool')}"
        st.html(f'<div class="dc-look-again dc-verbatim" role="status"><p>{words}</p><ul>{items}</ul></div>')
    cross_checks_after_save(judged.assessment, (), draw_link)


def cross_checks_after_save(assessment: Assessment, rows: Sequence[str], draw_link: DrawLink) -> None:
    """Under a save's notice: cross-checks that concern the rows just saved, or without any those of 县情 and a row."""

    def concerned(reason: Reason) -> bool:
        if rows:
            return any(concerns_row(reason, row_id) for row_id in rows)
        return concerns_facts(reason) and len(places_named(reason)) > 1

    reasons = [reason for reason in at_odds(assessment) if concerned(reason)]
    if reasons:
        st.html('<p class="dc-unsaved" role="status">这里所填与别处不符：</p>')
        cross_checks(reasons, draw_link, here=rows[0] if len(rows) == 1 else "" if rows else _FACTS, mark="saved-")


def at_odds_with_row(assessment: Assessment, row_id: str, draw_link: DrawLink, *, told: bool = False) -> None:
    """Cross-checks that concern the row, with links to the other places.

    ``told``: a save's notice on the same page shows them already.
    """
    if not told:
        cross_checks([reason for reason in at_odds(assessment) if concerns_row(reason, row_id)], draw_link, here=row_id)


def at_odds_with_facts(assessment: Assessment, draw_link: DrawLink, *, told: bool = False) -> None:
    """Cross-checks that concern the county's facts; ``told`` likewise."""
    if not told:
        cross_checks([reason for reason in at_odds(assessment) if concerns_facts(reason)], draw_link, here=_FACTS)


def cross_checks(reasons: Sequence[Reason], draw_link: DrawLink, *, here: str = "", mark: str = "") -> None:
    """A box of sentences, each with links to its places other than ``here``.

    ``mark`` keeps the keys of two boxes of one page apart.
    """
    if not reasons:
        return
    with st.container(border=True):
        blocks = any(reason.effect == "blocks" for reason in reasons)
        effect = "不能同时属实的，有关各条不能判为达标" if blocks else "不影响结论"
        st.html(f"<b>互核提醒</b> {labels.tag(f'本工具提出，{effect}', 'tool')}")
        for number, reason in enumerate(reasons):
            st.html(f'<div class="dc-why dc-verbatim">{verbatim.markup(_sentence(reason))}</div>')
            with st.container(horizontal=True):
                for place, name in _places(reason).items():
                    if place != here:
                        draw_link(None if place == _FACTS else place, name, f"odds-{mark}{here}-{number}-{place}")


def _sentence(reason: Reason) -> str:
    """Without our mark, which the box bears for all of its sentences."""
    head, _, tail = reason.text.rpartition(_OURS)
    return head + tail


def _places(reason: Reason) -> dict[str, str]:
    """Row id → how it is called, 县情 under its own name; each once, in the order of the sentence."""
    return {
        place or _FACTS: f"去{_FACTS if row is None else where(row)}" for place, row in places_named(reason).items()
    }
