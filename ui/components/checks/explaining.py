"""The county's explanation of a warning: written beside it before handing over, read there by reviewers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import streamlit as st

from scoring.checks.named_checks import Finding, NamedCheck, named_checks
from scoring.kinds.typed import EntryError
from scoring.substance import LEAST_HAN
from ui.components import verbatim
from ui.components.case.opened_submission import OpenedSubmission
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.closing import Button, closing
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from workflow.remarks.explanations import EXPLANATION, explanations
from workflow.targets import Target


def checks_of(opened: OpenedSubmission) -> tuple[NamedCheck, ...]:
    """The automatic checks of what the county gave."""
    make = lambda: named_checks(opened.submission, opened.standards, opened.assessment)  # noqa: E731 - kept below
    return opened.snapshot.once("named checks", make)


def explained(opened: OpenedSubmission) -> Mapping[str, str]:
    """The county's explanations by key."""
    return opened.snapshot.once("explanations", lambda: explanations(opened.snapshot.entries))


def found_under(opened: OpenedSubmission, key: str) -> tuple[Finding, ...]:
    """What the checks found that is explained under this key."""
    return tuple(finding for check in checks_of(opened) for finding in check.found if key in finding.keys)


def explanations_html(opened: OpenedSubmission, finding: Finding) -> str:
    """HTML of what the county says to a finding, at each of its places; empty where it says nothing."""
    said = ((key.partition("/")[2], words) for key in finding.keys if (words := explained(opened).get(key)))
    return "".join(
        f'<p class="dc-quiet dc-verbatim">县级说明{_at(opened, place)}：{verbatim.markup(words)}</p>'
        for place, words in said
    )


def _at(opened: OpenedSubmission, place: str) -> str:
    return f"（{verbatim.markup(place)}）" if place in opened.rows else ""


def explanations_at_row(opened: StoredForms, row_id: str) -> None:
    """At a row: warnings that the county has explained; for who may explain, behind a switch a form for each."""
    here = {key: found_under(opened, key) for key in dict.fromkeys(_keys_at(opened, row_id))}
    writable = [key for key in here if opened.why_not(Target.explanation(key)) is None]
    said = "".join(_said(opened, key, found) for key, found in here.items() if key not in writable)
    if said:
        st.html(f'<article class="dc-detail"><h3>县级对提醒的说明</h3>{said}</article>')
    explaining(opened, writable, row_id)


def explaining(opened: StoredForms, keys: Sequence[str], place: str) -> None:
    """Behind a switch a form for each of these keys; nothing without one. ``place``: where on the page."""
    if not keys:
        return
    targets = [Target.explanation(key) for key in keys]
    told = opened.saved is not None and opened.saved.form in targets
    begun = any(opened.pad.at(target).fields for target in targets)
    done = sum(key in explained(opened) for key in keys)
    label = f"向评审人员说明提醒（{len(keys)} 条，已说明 {done} 条）"
    if st.toggle(label, told or begun, key=opened.place("explaining", place)):
        with st.container(key=f"beside-explaining-{place}"):
            for key in keys:
                own_fragment(opened, partial(explanation_form, opened, key))


def explanation_form(opened: StoredForms, key: str) -> None:
    """The form of one explanation, under the sentences it is of."""
    target, stored = Target.explanation(key), explained(opened).get(key, "")
    st.html("".join(_sentence(finding) for finding in found_under(opened, key)))
    form = Form(opened.pad, target)
    withdrawn = "；清空后保存即撤回" if stored else ""
    label = f"说明（评审人员可以看到，不改变结论，不少于{LEAST_HAN}个汉字{withdrawn}）"
    typed = form.text(EXPLANATION, label, stored, tall=68)
    what = "对提醒的说明"

    def save() -> None:
        if not typed.strip() and not stored:
            raise EntryError(["请先写明情况，再保存。"], [(EXPLANATION,)])
        opened.save(form, {target: {EXPLANATION: typed.strip()} if typed.strip() else None}, what)

    place = opened.place("explanation", key)
    closing(form, Button("保存说明", f"{place}|keep", save, what, main=False), forms=opened, drop=f"{place}|away")


def _keys_at(opened: OpenedSubmission, row_id: str) -> Iterator[str]:
    """Of warnings only: what stands in the way is mended, not explained."""
    for finding in (finding for check in checks_of(opened) for finding in check.found):
        yield from (key for key in finding.keys if key.partition("/")[2] == row_id and not finding.blocks)


def _said(opened: OpenedSubmission, key: str, found: Sequence[Finding]) -> str:
    words = explained(opened).get(key)
    if not words:
        return ""
    return f'{"".join(map(_sentence, found))}<p class="dc-verbatim">说明：{verbatim.markup(words)}</p>'


def _sentence(finding: Finding) -> str:
    return f'<div class="dc-why dc-verbatim">{verbatim.markup(finding.reason.text)}</div>'
