"""The drafts of one scope as one person's tab has them: on which version each form stands, and what is typed in it.

Read once a run. What is typed reaches the drafts without it (`ui.typed`, from the gate); this is what a form is filled
from when it is drawn again: after another row, a reload, another machine, a restart.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import streamlit as st

from storage.canonical import Json
from storage.clock import now
from storage.errors import StoreError
from ui import typed
from ui.components import verbatim
from ui.form_keys import FormKey
from ui.web.sign_in import live
from workflow.drafting.drafts import Draft, DraftBook
from workflow.people import Person

EntryName = tuple[str, str]  # kind and key: of an entry (`workflow.targets.Target`), or of a form that writes none
_TAB = re.compile(r"[a-z0-9-]{1,40}")
_KEY = "tab"


@dataclass(frozen=True, slots=True)
class Proposed:
    """Where what a form is filled with comes from, and what counts until it is confirmed, in words.

    ``fields``: how the names of the proposed ones begin; none: all of them.
    """

    words: str
    until: str
    fields: tuple[str, ...] = ()

    def marks(self, name: str) -> bool:
        """Whether the field of that name is a proposal."""
        return not self.fields or any(name == begins or name.startswith(f"{begins}/") for begins in self.fields)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a form on one entry stands for this tab.

    ``seen``: the version it was opened on; ``generation``: how often this tab closed one; ``fields``: typed and not
    saved, by field, ``since`` when; ``elsewhere``: the person's drafts of the same entry in other tabs.
    """

    seen: int
    generation: int
    fields: Mapping[str, Json] = field(default_factory=dict)
    since: datetime | None = None
    elsewhere: tuple[Draft, ...] = ()


class Pad:
    """``version_of``: the version of an entry as it stands now (0: not there). ``proposed``: entries whose forms are
    filled with what is to be confirmed by saving."""

    def __init__(
        self,
        person: Person,
        scope: str,
        version_of: Callable[[EntryName], int],
        proposed: Mapping[EntryName, Proposed] | None = None,
    ) -> None:
        self.person, self.scope, self.proposed = person, scope, proposed or {}
        self.tab = this_tab()
        self._version_of = version_of
        self._standing: dict[EntryName, Standing] = {}

    @cached_property
    def _book(self) -> DraftBook:
        return typed.book(self.person, self.scope)

    def at(self, entry: EntryName) -> Standing:
        """How a form on this entry stands; a draft whose tab is gone becomes this tab's."""
        entry = (entry[0], entry[1])
        if entry not in self._standing:
            self._standing[entry] = self._stand(entry)
        return self._standing[entry]

    def asked(self, label: str, entry: EntryName, name: str, stored: object) -> str:
        """A field's label, marked where its value is a proposal."""
        proposed = self.proposed.get((entry[0], entry[1]))
        return f"{label} :orange-badge[待确认]" if stored and proposed and proposed.marks(name) else label

    def proposed_words(self, entries: Iterable[EntryName]) -> str:
        """What is said of proposals above a form on these entries; empty where there is none."""
        here = [one for entry in entries if (one := self.proposed.get((entry[0], entry[1])))]
        sources = dict.fromkeys(f"{one.words}，{one.until}" for one in here)
        said = f"标“待确认”的{'；'.join(sources)}。请逐项核对、改正，按“保存”即为确认。"
        return f'<p class="dc-drafted" role="note">{verbatim.markup(said)}</p>' if sources else ""

    def key(self, entry: EntryName, name: str) -> str:
        """The key of the widget of one field of this entry."""
        standing = self.at(entry)
        return str(FormKey(self.scope, *entry, standing.seen, standing.generation, name))

    def now(self, entry: EntryName, name: str) -> Json:
        """What a field's draft says at this moment, in a run of the form alone as well; None where there is none."""
        drafts = typed.book(self.person, self.scope).drafts
        mine = next((d for d in drafts if ((d.kind, d.key), d.tab) == ((entry[0], entry[1]), self.tab)), None)
        return None if mine is None else mine.fields.get(name)

    def told(self, entry: str) -> int:
        """Of which version of an entry the person was told that somebody saved it after them; 0: of none."""
        return self._book.told(entry)

    def tell(self, versions: Mapping[str, int]) -> None:
        """They are told of these now, wherever they sign in next; a store that cannot keep it tells them again."""
        with suppress(StoreError):
            typed.tell(self.person, self.scope, versions, now())

    def drafts(self) -> tuple[Draft, ...]:
        """All the person's drafts of this scope."""
        return self._book.drafts

    def baseline(self, key: str, raw: Json) -> None:
        """Say what a field holds when it is drawn first: that is nothing typed."""
        typed.baseline(self.person.account_id, self.tab, key, raw)

    def heard(self, key: str) -> bool:
        """Whether the browser holds the field; so it is too where no gate hears the browser."""
        return not live.unheard(self.person.account_id, self.tab, key)

    def note(self, values: Mapping[str, Json]) -> frozenset[str]:
        """Hand what is typed (widget key → raw value) to the drafts; the keys of what may not or cannot lie there."""
        try:
            told = typed.note(self.person, self.tab, values, now())
        except StoreError:
            return frozenset(values)
        return frozenset(str(not_kept.key) for not_kept in told)

    def clear(self, values: Mapping[str, Json], entries: Collection[EntryName]) -> None:
        """Remove drafts that say nothing any more: these fields (by key) of these entries hold what is saved."""
        typed.clear(self.person, self.tab, values, now())
        for entry in entries:
            standing = self.at(entry)
            self._standing[entry] = Standing(standing.seen, standing.generation, elsewhere=standing.elsewhere)

    def give_up(self, entries: Iterable[EntryName], tab: str = "") -> None:
        """放弃: this tab's drafts, or another's, of these entries."""
        typed.give_up(self.person, tab or self.tab, self.scope, tuple(entries), now())
        self._forget()

    def take(self, draft: Draft) -> None:
        """Make another tab's draft this one's; widgets already drawn are drawn anew from it."""
        self._take_over((draft.kind, draft.key), draft.tab)
        self._forget()

    def _forget(self) -> None:
        self.__dict__.pop("_book", None)
        self._standing.clear()

    def _take_over(self, entry: EntryName, tab: str) -> None:
        typed.take_over(self.person, self.scope, entry, from_tab=tab, to_tab=self.tab, now=now())

    def _stand(self, entry: EntryName) -> Standing:
        drafts = [draft for draft in self._book.drafts if (draft.kind, draft.key) == entry]
        own = next((draft for draft in drafts if draft.tab == self.tab), None)
        others = [draft for draft in drafts if draft.tab != self.tab]
        if own is None and others:
            alive = live.tabs(self.person.account_id)
            gone = [draft for draft in others if draft.tab not in alive]
            if gone:
                self._take_over(entry, max(gone, key=lambda draft: (draft.at, draft.tab)).tab)
                self.__dict__.pop("_book", None)
                return self._stand(entry)
        generation = self._book.generations.get((*entry, self.tab), 0)
        if own is None:
            return Standing(self._version_of(entry), generation, elsewhere=tuple(others))
        return Standing(own.seen, generation, own.fields, own.at, tuple(others))


def this_tab() -> str:
    """The browser's tab, as the gate named it; without a gate a name of this session's own."""
    named = st.context.headers.get("x-dc-tab")
    if isinstance(named, str) and _TAB.fullmatch(named):
        return named
    return str(st.session_state.setdefault(_KEY, secrets.token_hex(8)))
