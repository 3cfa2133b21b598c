"""What each window is known to have said of its forms' fields, so that only what changes is kept as a draft.

Two ways lead here: Streamlit's messages (every field's committed value, in each message) and the page's own script
(`hear_typed`: the text being typed, not committed yet). The store gets changes in the order in which they were heard;
what it could not take waits here for the next try. Memory only: after a restart every field is heard of anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, MutableMapping
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple, TypeVar

from storage.canonical import Json, dumps
from storage.errors import SaveFailed
from storage.repositories.drafts import Form
from ui.form_keys import TRIAL, FormKey
from ui.office import office
from workflow.drafting import drafts
from workflow.drafting.drafts import DraftBook, DraftChange, NotKept
from workflow.drafting.in_memory import MemoryDrafts
from workflow.drafting.others import purge
from workflow.people import Person

Key = TypeVar("Key")
Value = TypeVar("Value")
NO_TAB = "-"  # of a script no gate stands before
PATIENCE = 30.0  # seconds to wait for the store and for others who write for the same window
_MOST_WINDOWS, _MOST_FIELDS, _MOST_TRIALS = 4_000, 3_000, 300
_PURGE_EVERY = timedelta(days=1)


class TypedText(NamedTuple):
    """A field's text as the page's script tells it; ``number`` grows with each that this window tells."""

    key: str
    text: str
    number: int


class _Window:
    """What one window said, and what of it has still to be written."""

    def __init__(self) -> None:
        self.mutex = threading.Lock()  # held for moments only
        self.writing = threading.Lock()  # held while the store is at work
        self.waiting = False  # somebody stands in line for ``writing`` and will write all there is
        self.said: dict[str, bytes] = {}  # key → digest of the committed value last heard
        self.told: dict[str, bytes] = {}  # key → digest of the text last heard from it, until the field is committed
        self.numbers: dict[str, int] = {}  # key → number of the text last heard from the page's script
        self.pending: dict[FormKey, DraftChange] = {}
        self.refused: dict[FormKey, str] = {}

    def change(self, change: DraftChange) -> None:
        key = change.key
        if isinstance(key, FormKey):  # which they all are
            if not change.sure and key in self.pending:
                return
            self.pending[key] = change
            _bound(self.pending, _MOST_FIELDS)


_mutex = threading.Lock()
_windows: OrderedDict[tuple[int, str], _Window] = OrderedDict()
_trials: OrderedDict[int, MemoryDrafts] = OrderedDict()
_purged: list[datetime] = []


def hear(account_id: int, tab: str, values: Mapping[str, Json]) -> bool:
    """Take down the committed values of fields by their keys; whether any is new, or waits to be written (`put_down`).

    A text of a field nobody has heard of yet may be older than what the page's script told before a restart: then it
    fills a gap only.
    """
    window, new = _window(account_id, tab), False
    with window.mutex:
        for name, value in values.items():
            digest = _digest(value)
            former = window.said.get(name)
            key = FormKey.parse(name) if former != digest else None
            if key is not None:
                window.said[name], new = digest, True
                if window.told.pop(name, None) == digest:
                    continue  # it is kept, or waits to be
                window.change(DraftChange(key, value, sure=former is not None or not isinstance(value, str)))
        _bound(window.said, _MOST_FIELDS)
        return new or bool(window.pending)


def hear_typed(account_id: int, tab: str, texts: Iterable[TypedText]) -> None:
    """Take down texts being typed; of two about one field the one with the higher number is the newer."""
    window = _window(account_id, tab)
    with window.mutex:
        for name, text, number in texts:
            key = FormKey.parse(name)
            if key is not None and number > window.numbers.get(name, -1):
                window.numbers[name] = number
                window.told[name] = _digest(text)
                window.change(DraftChange(key, text))
        _bound(window.numbers, _MOST_FIELDS)
        _bound(window.told, _MOST_FIELDS)


def waits(account_id: int, tab: str) -> bool:
    """Whether anything of the window is still to be written, or is being written now."""
    window = _window(account_id, tab)
    with window.mutex:
        return bool(window.pending) or window.writing.locked()


def put_down(person: Person, tab: str, now: datetime, *, patience: float = PATIENCE) -> tuple[NotKept, ...]:
    """Write what waits; durable when this returns. Tells the fields that were not kept.

    Raises StoreError where the store is busy or absent; then all of it goes on waiting.
    """
    window = _window(person.account_id, tab)
    with window.mutex:
        if not window.pending and not window.writing.locked():
            return ()
        if window.waiting:
            raise SaveFailed("未暂存：系统繁忙，请稍候。")
        window.waiting = True
    took = window.writing.acquire(timeout=patience)
    with window.mutex:
        window.waiting = False
        batch = window.pending if took else {}
        if took:
            window.pending = {}
    if not took:
        raise SaveFailed("未暂存：系统繁忙，请稍候。")
    try:
        told = _keep(person, tab, batch, now)
    except BaseException:
        with window.mutex:
            window.pending = {**batch, **window.pending}
        raise
    finally:
        window.writing.release()
    with window.mutex:
        for key in batch:
            window.refused.pop(key, None)
        window.refused.update({one.key: one.words for one in told if isinstance(one.key, FormKey)})
        _bound(window.refused, _MOST_FIELDS)
    return told


def note(person: Person, tab: str, values: Mapping[str, Json], now: datetime) -> tuple[NotKept, ...]:
    """`hear` and `put_down`: what a page calls when it has drawn its fields. Raises StoreError.

    Tells which of them are not kept, also where the gate was told so before.
    """
    if hear(person.account_id, tab, values):
        put_down(person, tab, now)
    refused = refusals(person.account_id, tab)
    return tuple(NotKept(key, words) for key, words in refused.items() if str(key) in values)


def baseline(account_id: int, tab: str, key: str, value: Json) -> None:
    """A field is drawn for the first time with this value: hearing it again is no change."""
    window = _window(account_id, tab)
    with window.mutex:
        window.said.setdefault(key, _digest(value))
        _bound(window.said, _MOST_FIELDS)


def refusals(account_id: int, tab: str) -> dict[FormKey, str]:
    """Fields whose last value was not kept, and why: what stands on the page alone."""
    window = _window(account_id, tab)
    with window.mutex:
        return dict(window.refused)


def book(person: Person, scope: str) -> DraftBook:
    """The person's drafts in a scope, of all their windows. Raises StoreError."""
    if scope == TRIAL:
        with _mutex:
            return _trial(person.account_id).book()
    return drafts.drafts_of(office(), person, scope)


def give_up(person: Person, tab: str, scope: str, forms: Collection[Form], now: datetime) -> None:
    """放弃, and for 试算 also saving: the window's drafts of these forms are gone for good. Raises StoreError."""
    if scope == TRIAL:
        with _mutex:
            _trial(person.account_id).close(forms, tab)
    else:
        drafts.drop(office(), person, scope, forms, tab=tab, now=now)


def clear(person: Person, tab: str, values: Mapping[str, Json], now: datetime) -> None:
    """Fields (by key) that say what stands there anyway are no drafts, while they hold this value.

    Raises StoreError.
    """
    known = [(key, value) for name, value in values.items() if (key := FormKey.parse(name)) is not None]
    trial = [DraftChange(key, value) for key, value in known if key.scope == TRIAL]
    if trial:
        with _mutex:
            _trial(person.account_id).clear(tab, trial)
    drafts.clear(office(), person, tab, [DraftChange(key, value) for key, value in known if key.scope != TRIAL], now)


def take_over(person: Person, scope: str, form: Form, *, from_tab: str, to_tab: str, now: datetime) -> None:
    """Go on in one window with what another holds. Raises StoreError."""
    if scope == TRIAL:
        with _mutex:
            _trial(person.account_id).take_over(form, from_tab=from_tab, to_tab=to_tab)
    else:
        drafts.take_over(office(), person, scope, form, from_tab=from_tab, to_tab=to_tab, now=now)


def tell(person: Person, scope: str, versions: Mapping[str, int], now: datetime) -> None:
    """The person is told of these versions of entries. Raises StoreError."""
    drafts.tell(office(), person, scope, versions, now)


def forget_everything() -> None:
    """As after a restart of the process; for tests."""
    with _mutex:
        _windows.clear()
        _trials.clear()
        _purged.clear()


def _keep(person: Person, tab: str, batch: Mapping[FormKey, DraftChange], now: datetime) -> tuple[NotKept, ...]:
    trial = [change for key, change in batch.items() if key.scope == TRIAL]
    stored = [change for key, change in batch.items() if key.scope != TRIAL]
    told: tuple[NotKept, ...] = ()
    if stored:
        told = drafts.keep(office(), person, tab, stored, now)
        _tend(now)
    if trial:
        with _mutex:
            told += _trial(person.account_id).keep(tab, trial, now)
    return told


def _tend(now: datetime) -> None:
    """A server that runs for months lets go of old drafts as well."""
    if not _purged:
        _purged.append(now)  # the start did it
    elif abs(now - _purged[0]) > _PURGE_EVERY:
        _purged[0] = now
        purge(office(), now)


def _window(account_id: int, tab: str) -> _Window:
    with _mutex:
        window = _windows.setdefault((account_id, tab), _Window())
        _windows.move_to_end((account_id, tab))
        while len(_windows) > _MOST_WINDOWS:
            _windows.popitem(last=False)
        return window


def _trial(account_id: int) -> MemoryDrafts:
    held = _trials.setdefault(account_id, MemoryDrafts())
    _trials.move_to_end(account_id)
    while len(_trials) > _MOST_TRIALS:
        _trials.popitem(last=False)
    return held


def _digest(value: Json) -> bytes:
    try:
        text = dumps(value)
    except UnicodeEncodeError:  # half a character
        text = repr(value)
    return blake2b(text.encode(), digest_size=16).digest()


def _bound(held: MutableMapping[Key, Value], most: int) -> None:
    for oldest in list(held)[: max(0, len(held) - most)]:
        del held[oldest]
