"""Raw values, as the browser sends them for a widget: to what they mean, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from storage.canonical import Json
from storage.clock import BEIJING, now
from ui.components import verbatim
from ui.components.forms.pad import EntryName


@dataclass(frozen=True, slots=True)
class Drawn:
    """A field on the page. ``typed`` and ``stored`` are raw: what the browser sends for the widget."""

    entry: EntryName
    name: str
    label: str
    typed: Json
    stored: Json


UNFIT = object()  # a raw value that the field cannot hold any more
_LATELY = timedelta(hours=8)


def or_none(word: str, options: Mapping[str, str]) -> dict[str | None, str]:
    """The options of a choice with one more before them: none, in that word."""
    choices: dict[str | None, str] = {None: word}
    choices.update((option, words) for option, words in options.items())
    return choices


def moment_words(at: datetime) -> str:
    """10:32; with its day where that is some time ago."""
    there = at.astimezone(BEIJING)
    return f"{there:%H:%M}" if now() - at < _LATELY else f"{there.month}月{there.day}日 {there:%H:%M}"


def raw_words(raw: Json) -> str:
    """A raw value as it reads."""
    if isinstance(raw, list):
        return "、".join(str(part) for part in raw) or "（空）"
    if isinstance(raw, bool):
        return "是" if raw else "否"
    return verbatim.plain(str(raw)) if raw else "（空）"


def token(option: str | bool | None) -> str | bool:
    """An option as the widget holds it: Streamlit takes None for no choice at all."""
    return "" if option is None else option


def days(day: date | None) -> list[str]:
    """A day as a date field sends it."""
    return [] if day is None else [day.isoformat()]


def read_day(raw: Json) -> object:
    """The day a date field sent; None for an emptied one, `UNFIT` for anything else."""
    if raw in ([], None):
        return None
    text = raw[0] if isinstance(raw, list) and isinstance(raw[0], str) else ""
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return UNFIT


def read_several(raw: Json, options: Mapping[str, str], open_ended: bool) -> object:
    """The options that are meant by their words, or by the number before them: a document keeps it when renamed."""
    if not isinstance(raw, list) or not all(isinstance(words, str) for words in raw):
        return UNFIT
    by_words = {words: option for option, words in options.items()}
    by_number = {words.partition(" ")[0]: option for option, words in options.items()}
    named = [by_words.get(w) or by_number.get(w.partition(" ")[0]) or (w if open_ended else "") for w in raw]
    return [option for option in named if option]
