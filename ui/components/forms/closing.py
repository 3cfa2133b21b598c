"""What stands below every form: its buttons, whether something is unsaved, what became of the last press, conflicts.

Nothing here moves when a field is left: the line of the unsaved mark is there before it says anything, and what comes
and goes stands below the buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from indicators import ProblemsError
from scoring.kinds.typed import EntryError
from storage.clock import now
from storage.errors import StoreError
from ui.components.forms import outcome
from ui.components.forms.aside import Act, aside
from ui.components.forms.conflict import conflict
from ui.components.forms.faults import fields_at, marked
from ui.components.forms.form import Form
from ui.components.forms.outcome import Standoff, WriteOutcome
from ui.components.forms.pad import EntryName
from ui.components.forms.raw import moment_words
from ui.components.forms.save_notice import save_notice
from ui.components.forms.submission_forms import Earlier, SubmissionForms
from ui.store_words import store_sentence
from workflow.errors import Conflict, Place, Refused
from workflow.submission.saving import Saved

_UNSAVED = "有尚未保存的修改"


@dataclass(frozen=True, slots=True)
class Button:
    """A button that does something with the form. ``act`` raises EntryError, ProblemsError, Refused, Conflict.

    ``what``: what it was done to, for the notice; ``verb``: 已保存, 已办理; ``then``: called once it is done.
    """

    label: str
    key: str
    act: Callable[[], object]
    what: str
    verb: str = "已保存"
    then: Callable[[], None] | None = None
    main: bool = True
    shut: bool = False


def closing(
    form: Form, *buttons: Button, forms: SubmissionForms | None = None, drop: str = "", place: str = "",
    unsaved: bool = False, after: Callable[[], None] | None = None, told: str = "", beside: str = "",
) -> None:  # fmt: skip
    """Settle the form and draw what stands below it. ``forms``: where its buttons save a submission's entries.

    ``drop``: the key of 放弃修改, empty where there is nothing to give up; ``place`` heads slips of the typing;
    ``unsaved``: something beside the fields is not saved; ``after``: drawn under the notice of a save; ``told``: the
    place at which the caller tells the outcome, because the form may be gone by then; ``beside``: HTML behind the mark
    that something is not saved.
    """
    gathered = aside()
    if gathered is not None:
        gathered.append(buttons[0].act)
        return
    form.settle()
    here = told or outcome.place_of(form)
    pressed = _buttons(form, buttons, drop, here, _standing(form, forms, here, unsaved=unsaved, beside=beside))
    if not told:
        outcome.outcome(here, what="办理" if forms is None else "保存")
    if forms is not None:
        if shows_notice(forms, form):
            save_notice(forms)
            if after is not None:
                after()
        _settle_conflict(form, forms, here)
        earlier = forms.history(*form.entries)
        if earlier is not None:
            _restore(form, earlier, forms, here, unsaved=unsaved)
    if pressed is not None:
        _press(form, pressed, forms, here, place)


def _standing(form: Form, forms: SubmissionForms | None, here: str, *, unsaved: bool, beside: str) -> str:
    """HTML beside the buttons, which stay in sight where what became of the press may not: unsaved, refused, saved."""
    if outcome.was_refused(here) or outcome.conflict_at(here) is not None:
        return '<p class="dc-unsaved dc-typed">没有保存，原因见下</p>'
    if form.refused:  # which field and why stands in the window's own notice (`web/assets/drafts.js`)
        return '<p class="dc-unsaved dc-typed">有没有暂存、也没有保存的内容</p>'
    if form.unsaved or unsaved:
        return f'<p class="dc-unsaved dc-typed">{_UNSAVED}{beside}</p>'
    saved = forms.saved if forms is not None and shows_notice(forms, form) else None
    if saved is not None and saved.at is not None and not saved.unchanged:
        return f'<p class="dc-typed dc-quiet">已保存（{moment_words(saved.at)}）</p>'
    return '<p class="dc-typed"></p>'


def _buttons(form: Form, buttons: Sequence[Button], drop: str, here: str, standing: str) -> Button | None:
    """The line of buttons with how the form stands; the one pressed. 放弃修改 is done at once."""
    line = st.container(key=f"closing|{buttons[0].key}", horizontal=True, vertical_alignment="center")
    pressed = None
    for button in buttons:
        kind: Literal["primary", "secondary"] = "primary" if button.main else "secondary"
        if line.button(button.label, type=kind, key=button.key, disabled=button.shut):
            pressed = button
    dropped = bool(drop) and line.button("放弃修改", key=drop)
    line.html(standing + marked(form, outcome.faults_at(here)))
    if dropped:
        form.pad.give_up(form.entries)
        form.closed()
        outcome.forget(here)
        st.rerun()
    return pressed


def tell_below(forms: SubmissionForms, entry: EntryName) -> None:
    """The notice of the save just made goes below the form on this entry: the form that made it is gone."""
    if forms.saved is not None:
        forms.saved = replace(forms.saved, form=entry)


def shows_notice(forms: SubmissionForms, form: Form) -> bool:
    """Whether the last save's notice stands below this form."""
    return forms.saved is not None and forms.saved.form in (None, form.entry)


def refusals(act: Act, place: str = "") -> tuple[object, tuple[str, ...], Sequence[Place]]:
    """Do it: what it gave, the sentences for which it was not done, and the places they name. Raises Conflict."""
    try:
        return act(), (), ()
    except EntryError as unreadable:
        told = tuple(f"{place} {problem}".strip() for problem in unreadable.problems)
        return None, told, [(None, path) for path in unreadable.paths]
    except ProblemsError as malformed:
        return None, tuple(f"{problem.where}：{problem.message}" for problem in malformed.problems), ()
    except Refused as refusal:
        return None, refusal.reasons, refusal.places
    except StoreError as failure:
        return None, (store_sentence(failure, "save"),), ()


def _press(form: Form, button: Button, forms: SubmissionForms | None, here: str, place: str = "") -> None:
    """Do it, keep what became of it, and run the page anew, so that everything on it follows."""
    try:
        done, refused, places = refusals(button.act, place)
    except Conflict as clash:
        outcome.keep(here, WriteOutcome(conflict=Standoff(clash, button.what, form.typing)))
        _forget_save(forms)
        st.rerun()
    if refused:
        outcome.keep(here, WriteOutcome(refused=refused, faults=fields_at(form, places)))
        _forget_save(forms)
        st.rerun()
    if forms is None:
        form.pad.give_up(form.entries)
        verb = outcome.UNCHANGED if isinstance(done, Saved) and done.unchanged else button.verb
        outcome.keep(here, WriteOutcome(f"{verb}：{button.what}（{outcome.clock_words(now())}）"))
    else:
        form.closed()
        outcome.forget(here)
    if button.then is not None:
        button.then()
    st.rerun()


def _forget_save(forms: SubmissionForms | None) -> None:
    """没有办成的，不能让上一次的“已保存”还留在上面。"""
    if forms is not None:
        forms.saved = None


def _restore(form: Form, earlier: Earlier, forms: SubmissionForms, here: str, *, unsaved: bool) -> None:
    """Save an earlier version as the newest; not over what is typed and not saved."""
    if form.unsaved or unsaved:
        told = "这里还有没有保存的修改。请先保存或放弃修改，再恢复以前的一版。"
        outcome.keep(here, WriteOutcome(refused=(told,)))
        _forget_save(forms)
        st.rerun()
    bodies, seen = {earlier.target: earlier.body}, {earlier.target: earlier.standing}
    again = Button("", "", lambda: forms.save(form, bodies, earlier.what, seen=seen), earlier.what)
    _press(form, again, forms, here)


def _settle_conflict(form: Form, forms: SubmissionForms, here: str) -> None:
    """Both texts of what clashes, and the choice: nothing is written or dropped before it."""
    standoff = outcome.conflict_at(here)
    if standoff is None:
        return
    if form.typing != standoff.typing:  # 已按旧的文字作了选择，不能拿它去存、去弃后来又填的
        told = f"{standoff.conflict.first}已先保存，而您在对照之后又改动了填写的内容。请再按保存，重新对照。"
        outcome.keep(here, WriteOutcome(refused=(told,)))
        st.rerun()
    clashing = {clash.target: clash.current_version for clash in standoff.conflict.clashes}
    choice, chosen = conflict(here, standoff, forms)
    if choice == "theirs":
        form.pad.give_up([entry for entry in form.entries if entry in clashing] or form.entries)
        given_up = "、".join(forms.name(target) for target in clashing)
        outcome.keep(here, WriteOutcome(f"已放弃您在{given_up}的修改，现在显示的是先保存的内容。"))
        st.rerun()
    if choice == "chosen":
        rest = standoff.conflict.rest
        bodies = {target: body for target, (body, _) in rest.items()} | chosen
        seen = {target: version for target, (_, version) in rest.items()} | clashing
        again = Button("", "", lambda: forms.save(form, bodies, standoff.what, seen=seen), standoff.what)
        _press(form, again, forms, here)
