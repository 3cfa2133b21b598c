"""Local checks in words and HTML: states in their colours, a commitment's head, where its figure is read."""

from __future__ import annotations

from scoring.local.checks import LocalState
from scoring.local.profile import LocalCheck
from scoring.local.wording import not_finished
from scoring.submission import LocalAnswer
from ui import navigation
from ui.components import labels, places, verbatim
from ui.components.case.due import due_words
from ui.components.case.stored_forms import ROW
from ui.rules import library
from workflow.assignment import Assignment

ADVISORY = "不影响评估结论"


def state_chip(state: LocalState) -> str:
    """HTML of a state in its colour."""
    return f'<span class="dc-chip dc-s-{state}">{verbatim.markup(labels.word("local_states", state))}</span>'


def commitment_head(check: LocalCheck, given: Assignment | None = None, answer: LocalAnswer | None = None) -> str:
    """HTML: state, object, promise and figure, departments, the clause's own words, what the answer still lacks, the
    next step."""
    commitment = check.commitment
    shown = commitment.kind != "duty" or check.place is not None
    figure = f"　本县：<b>{verbatim.markup(check.figure)}</b>" if check.figure is not None and shown else ""
    promised = verbatim.markup(check.promise) if commitment.kind != "duty" else ""
    promised = f'<span class="dc-quiet">{promised}{figure}</span>' if promised or figure else ""
    step = check.standing.next_step if check.standing.figure is not None else None
    step_html = f"<small>{verbatim.markup(step)}</small>" if step else ""
    whose = "" if given is None else given_tags(given)
    return (
        f'<p class="dc-field dc-verbatim">{state_chip(check.state)} <b>{verbatim.markup(commitment.object)}</b>　'
        f"{promised}{whose}<small>“{verbatim.markup(commitment.quote)}”{_conflicts(check)}</small>"
        f"{wanting(check, answer)}{step_html}</p>"
    )


def given_tags(given: Assignment) -> str:
    """HTML of who answers a commitment, and of the county's own deadline."""
    helpers = given.units[1:]
    lead = [f"{'牵头' if helpers else '分工'}：{given.lead}"] if given.lead else []
    return labels.tags([*lead, *(f"协办：{unit}" for unit in helpers)]) + due_words(given.due, "内部期限 ")


def wanting(check: LocalCheck, answer: LocalAnswer | None) -> str:
    """HTML of what a begun judgement still lacks; empty for none, and for what is answered elsewhere."""
    words = not_finished(answer) if check.place is None else None
    return f"<small><b>{verbatim.markup(words)}</b></small>" if words else ""


def _conflicts(check: LocalCheck) -> str:
    names = "、".join(f"“{name}”" for name in check.conflicting)
    return f"（与同一文件的{verbatim.markup(names)}印文不一致，两处照录）" if names else ""


def place_link(check: LocalCheck, submission_id: int | None) -> str:
    """HTML of where the figure is read, a link for whoever fills it in."""
    place = check.place
    if place is None:
        return ""
    words = f"读自{place.label}" if place.kind != "commitment" else f"用本文件{place.label}所填"
    if submission_id is None or place.kind == "commitment":
        return f'<span class="dc-quiet">{verbatim.markup(words)}</span>'
    page = navigation.FACTS if place.kind == "fact" else navigation.ASSESS
    row = f"&{ROW}={place.row}" if place.row else ""
    return places.link(f"/{page.path}?s={submission_id}{row}", words)


def clause_link(check: LocalCheck) -> str:
    """HTML of a link to the clause in its document."""
    return places.clause_link(library(), check.policy, check.clause.id, elsewhere=True)
