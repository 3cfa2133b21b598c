"""The one form engine: fields of one or several entries, filled from what is saved and what is typed and not saved.

A field's widget is keyed by the entry it belongs to, the version the form was opened on and the field's name
(`ui.form_keys`), so that what is typed reaches the drafts whatever happens to the page. A form draws its fields through
the methods here and ends with `settle`; `ui.components.forms.closing` draws what stands below the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Literal, TypeVar, cast

import streamlit as st

from storage.canonical import Json
from ui.components.forms.aside import aside
from ui.components.forms.left_over import elsewhere, none_of_the_options
from ui.components.forms.pad import EntryName, Pad
from ui.components.forms.raw import UNFIT, Drawn, days, moment_words, read_day, read_several, token

Option = TypeVar("Option", bound=str | bool | None)
Value = TypeVar("Value")
_EARLIEST = date(2016, 1, 1)


class _Words(dict[str | bool, str]):
    """Options and their words: Streamlit asks for each of a register in every run, so no function stands between."""

    def __missing__(self, option: str | bool) -> str:
        return str(option)


class Form:
    """One form. ``entry``: what it writes, or what its fields belong to where they name no other.

    ``frozen``: shown and not writable. ``is_aside``: not seen (`ui.components.forms.aside`).
    ``hidden``: fields of no draft (passwords) do not go through here.
    """

    def __init__(self, pad: Pad, entry: EntryName, *, frozen: bool = False) -> None:
        self.pad, self.entry, self.frozen = pad, (entry[0], entry[1]), frozen
        self.refused: frozenset[str] = frozenset()  # the keys of fields whose drafts are not kept
        self.drawn: dict[str, Drawn] = {}  # by key
        self.is_aside = aside() is not None
        self._none_of_these: list[tuple[str, str]] = []  # of a choice that is no option: label, and what stands instead
        self._just_put: set[str] = set()
        self._noted: dict[str, Any] = st.session_state.setdefault("noted of forms", {})  # asked once, not by field
        self._above = st.container()

    @property
    def unsaved(self) -> bool:
        """Whether anything stands in the fields that is not saved."""
        return bool(self.typing)

    @property
    def typing(self) -> dict[tuple[EntryName, str], Json]:
        """What stands in the fields and is not saved, by entry and field."""
        return {(f.entry, f.name): f.typed for f in self.drawn.values() if f.typed != f.stored}

    @property
    def entries(self) -> tuple[EntryName, ...]:
        """The entries whose fields are drawn, and the form's own."""
        return tuple(dict.fromkeys((self.entry, *(field.entry for field in self.drawn.values()))))

    def text(
        self, name: str, label: str, stored: str, *, entry: EntryName | None = None, tall: int = 0, example: str = "",
        note: str | None = None, shut: bool = False,
    ) -> str:  # fmt: skip
        """A line of text, or with ``tall`` (pixels) an area. ``label``: Markdown, escaped by the caller."""
        key, now = self._open(name, entry, stored, stored, lambda raw: raw if isinstance(raw, str) else UNFIT)
        typed = self._put_again(key, now if isinstance(now, str) else "")
        shut = shut or self.frozen
        hint, label = example or None, self.pad.asked(label, entry or self.entry, name, stored)
        first = "" if key in self._just_put else typed  # what is put is there: a value beside it Streamlit warns of
        if tall and not self.is_aside:
            typed = st.text_area(label, first, key=key, height=tall, placeholder=hint, help=note, disabled=shut)
        elif not self.is_aside:
            typed = st.text_input(label, first, key=key, placeholder=hint, help=note, disabled=shut, autocomplete="off")
        return self._close(key, Drawn(entry or self.entry, name, label, typed, stored), typed)

    def choice(
        self, name: str, label: str, options: Mapping[Option, str], stored: Option, *, entry: EntryName | None = None,
        folded: bool = False, bare: bool = False, note: str | None = None, shut: bool = False,
    ) -> Option:  # fmt: skip
        """One of the options (option → words): in a row, or ``folded`` in a list. ``bare``: the label is not shown."""
        known = stored if stored in options else next(iter(options))
        tokens = {token(option): option for option in options}
        by_words = {words: token for token, words in zip(tokens, options.values(), strict=True)}
        key, now = self._open(name, entry, token(known), options[known], lambda raw: by_words.get(str(raw), UNFIT))
        word_of = _Words({token: options[option] for token, option in tokens.items()}).__getitem__
        visible: Literal["collapsed", "visible"] = "collapsed" if bare else "visible"
        shut, asked = shut or self.frozen, self.pad.asked(label, entry or self.entry, name, stored)
        listed = list(tokens)
        at = listed.index(now if isinstance(now, str | bool) and now in tokens else token(known))
        if self.is_aside:
            chosen = now
        elif folded:
            chosen = st.selectbox(
                asked, listed, at, format_func=word_of, key=key, help=note, disabled=shut, label_visibility=visible
            )
        else:
            chosen = st.radio(
                asked, listed, at, format_func=word_of, horizontal=True, key=key, help=note, disabled=shut,
                label_visibility=visible,
            )  # fmt: skip
        option = tokens.get(chosen, known) if isinstance(chosen, str | bool) else known
        if not self.is_aside and not (isinstance(now, str | bool) and now in tokens):
            self._noted[f"none|{key}"] = True  # Streamlit puts its default there without a word
        if f"none|{key}" in self._noted and option == known:
            self._none_of_these.append((label, options[option]))
        return self._close(key, Drawn(entry or self.entry, name, label, options[option], options[known]), option)

    def tick(
        self, name: str, label: str, stored: bool, *, entry: EntryName | None = None, shut: bool = False
    ) -> bool:  # fmt: skip
        """A tick."""
        key, now = self._open(name, entry, stored, stored, lambda raw: raw if isinstance(raw, bool) else UNFIT)
        ticked, label = now is True, self.pad.asked(label, entry or self.entry, name, stored)
        if not self.is_aside:
            ticked = st.checkbox(label, ticked, key=key, disabled=shut or self.frozen)
        return self._close(key, Drawn(entry or self.entry, name, label, ticked, stored), ticked)

    def several(
        self, name: str, label: str, options: Mapping[str, str], stored: Sequence[str], *,
        entry: EntryName | None = None, empty: str = "请选择", open_ended: bool = False, shut: bool = False,
    ) -> tuple[str, ...]:  # fmt: skip
        """Several of the options, in the order chosen; ``open_ended``: or others, typed."""
        known = [option for option in stored if option in options or open_ended]
        raw_stored = [options.get(option, option) for option in known]
        key, now = self._open(name, entry, known, raw_stored, lambda raw: read_several(raw, options, open_ended))
        before = [str(option) for option in now] if isinstance(now, list) else []
        listed = list(dict.fromkeys((*options, *((*known, *before) if open_ended else ()))))
        chosen = (
            before
            if self.is_aside
            else st.multiselect(
                self.pad.asked(label, entry or self.entry, name, known),
                listed,
                [option for option in before if option in listed],
                format_func=_Words(options).__getitem__,
                key=key,
                placeholder=empty,
                filter_mode="contains",
                select_all=False,
                accept_new_options=open_ended,
                disabled=shut or self.frozen,
            )
        )
        picked = tuple(str(option) for option in chosen) if isinstance(chosen, list) else ()
        raw = [options.get(option, option) for option in picked]
        return self._close(key, Drawn(entry or self.entry, name, label, raw, raw_stored), picked)

    def day(
        self, name: str, label: str, stored: date | None, *, entry: EntryName | None = None, note: str | None = None,
        earliest: date | None = _EARLIEST, shut: bool = False,
    ) -> date | None:  # fmt: skip
        """A day; None when emptied."""
        key, now = self._open(name, entry, stored, days(stored), read_day)
        shut, label = shut or self.frozen, self.pad.asked(label, entry or self.entry, name, stored)
        if not self.is_aside and (key not in st.session_state or not self.pad.heard(key)):
            st.session_state[key] = now  # with a default of its own it could not be emptied
        typed = (
            now
            if self.is_aside
            else st.date_input(label, None, key=key, format="YYYY-MM-DD", min_value=earliest, help=note, disabled=shut)
        )
        day = typed if isinstance(typed, date) else None
        return self._close(key, Drawn(entry or self.entry, name, label, days(day), days(stored)), day)

    def file(self, name: str, label: str, there: str, *, entry: EntryName | None = None) -> str:
        """A file chosen for the entry. ``there``: the name of the one that has arrived, empty for none.

        Gives the name of one that was chosen and is not there: refused by the browser, or lost with its window.
        """
        key = self.pad.key(entry or self.entry, name)
        typed = str(self.pad.at(entry or self.entry).fields.get(name) or "")
        self.pad.baseline(key, typed)  # else nothing chosen would be heard as something new
        chosen = there or typed
        self._close(key, Drawn(entry or self.entry, name, label, chosen, ""), chosen)
        return "" if there else chosen

    def held(self, name: str, stored: Json) -> Json:
        """Something of the form that no widget shows, `hold` changes it: which lines a list has, say."""
        key, now = self._open(name, None, stored, stored, lambda raw: raw)
        value = cast("Json", now)
        if not self.is_aside:
            st.session_state[key] = value
        return self._close(key, Drawn(self.entry, name, name, value, stored), value)

    def hold(self, name: str, value: Json) -> None:
        """Change what `held` gives from the next run on."""
        st.session_state[self.pad.key(self.entry, name)] = value

    def put(self, name: str, value: str, *, entry: EntryName | None = None) -> None:
        """Type into a text field that is not drawn yet: a proposed text, say."""
        key = self.pad.key(entry or self.entry, name)
        self._just_put.add(key)
        self._noted[f"put|{key}"] = value, st.session_state.get(key)
        st.session_state[key] = value

    @contextmanager
    def above(self) -> Iterator[None]:
        """The place above the fields, for what is known only once they are drawn."""
        with self._above:
            yield

    def settle(self) -> None:
        """After the fields: hand what is typed to the drafts; drop drafts that say what is saved; tell of drafts."""
        if self.is_aside:
            return
        if not self.frozen:
            values = {key: field.typed for key, field in self.drawn.items()}
            self.refused = self.pad.note(values)
            self._clear_idle()
        with self._above:
            self._tell()

    def closed(self) -> None:
        """Its drafts ended with the save, or were given up: there is nothing left to clear."""
        self._drafting.difference_update(self.entries)

    @property
    def _drafting(self) -> set[EntryName]:
        """The session's: entries of which something was typed since their drafts last ended."""
        drafting: set[EntryName] = st.session_state.setdefault(f"drafting|{self.pad.scope}", set())
        return drafting

    def _clear_idle(self) -> None:
        drafting = self._drafting
        differing = {field.entry for field in self.drawn.values() if field.typed != field.stored}
        shown = {field.entry for field in self.drawn.values()}
        idle = {entry for entry in shown - differing if entry in drafting or self.pad.at(entry).fields}
        if idle:
            self.pad.clear({key: field.typed for key, field in self.drawn.items() if field.entry in idle}, idle)
            drafting -= idle
        drafting |= differing

    def _tell(self) -> None:
        """Above the fields: that they hold what was typed earlier, and drafts the person has in other tabs."""
        since = [at for entry in self.entries if (at := self._noted.get(self._restored(entry))) is not None]
        if since and self.unsaved:
            left = "，可以复制" if self.frozen else "。核对后请保存；不要的，按“放弃修改”"
            words = f"这里有您 {moment_words(min(since))} 暂存、尚未提交的内容{left}。"
            st.html(f'<p class="dc-drafted" role="status">{words}</p>')
        if not self.frozen and (proposed := self.pad.proposed_words(self.entries)):
            st.html(proposed)
        for label, standing in self._none_of_these:
            none_of_the_options(label, standing)
        labels = {field.name: field.label for field in self.drawn.values()}
        elsewhere(self.pad, self.entries, labels, frozen=self.frozen)

    def _open(
        self, name: str, entry: EntryName | None, value: object, raw: Json, read: Callable[[Json], object]
    ) -> tuple[str, object]:
        """The widget's key and what it holds: when it is drawn first what was typed earlier, else what is stored.

        Widgets get that as their default in every run, not through the session once: under load Streamlit drops what it
        has not sent when the next run begins, and a browser that draws a field from that run's message alone would
        show it empty, and say so.
        """
        entry = entry or self.entry
        key = self.pad.key(entry, name)
        held = UNFIT if self.is_aside else st.session_state.get(key, UNFIT)
        if held is not UNFIT:
            return key, held
        typed = self.pad.at(entry).fields
        earlier = read(typed[name]) if name in typed else UNFIT
        if earlier is not UNFIT:
            value, raw = earlier, typed[name]
        if not self.is_aside:
            if earlier is not UNFIT:
                self._noted[self._restored(entry)] = self.pad.at(entry).since
            self.pad.baseline(key, raw)
        return key, value

    def _put_again(self, key: str, now: str) -> str:
        """A text that was put stands until the browser, which has shown it then, says anything but what it said before.

        What was pressed meanwhile comes with the field as it was.
        """
        put = self._noted.get(f"put|{key}")
        if self.is_aside or put is None or key in self._just_put:
            return now
        if now != put[1]:
            del self._noted[f"put|{key}"]
            return now
        st.session_state[key] = put[0]
        self._just_put.add(key)
        return str(put[0])

    def _close(self, key: str, drawn: Drawn, value: Value) -> Value:
        self.drawn[key] = drawn
        return value

    def _restored(self, entry: EntryName) -> str:
        """The key of when the draft was typed that the entry's fields were filled from."""
        return f"restored|{self.pad.key(entry, '')}"
