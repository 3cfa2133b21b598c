"""The key of a form's field: which entry, opened on which version of it, how often closed by this tab, which field.

Streamlit writes a widget's key into its id and, as ``st-key-…``, into a class of its element. A key made here holds
only letters, digits, ``_`` and ``-``, so that class is the key unchanged: the gate reads it in a message, the page's
script on the page, and both name the same field of the same draft.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from workflow.drafting.scopes import ADMIN, TRIAL, for_submission, submission_of

__all__ = ["ADMIN", "TRIAL", "FormKey", "for_submission", "submission_of"]

_MOST = 1024  # characters of a key; what is longer is none of ours
_KEPT = 8192  # keys remembered: each message of a page names all of its fields again
_PART = r"((?:[A-Za-z0-9]|_[0-9a-f]+_)*)"
_KEY = re.compile(rf"f-{_PART}-{_PART}-{_PART}-v([0-9]{{1,9}})g([0-9]{{1,9}})-{_PART}")
_WIDGET = re.compile(r"\$\$ID-[0-9a-f]+-(f-.*)")
_PLAIN = re.compile(r"[^A-Za-z0-9]")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")  # in no database's text
_QUOTED = re.compile(r"_([0-9a-f]+)_")


class FormKey(NamedTuple):
    """A field of a form. ``scope``: ``s12`` (submission 12), `TRIAL`, `ADMIN`. ``kind``, ``key``: the entry's.

    ``seen``: the version of the entry the form was opened on, 0 where there was none. ``generation``: how often this
    tab closed (saved, gave up) a form on the entry. ``field``: a path within the entry, as ``claims/national-2018``.
    """

    scope: str
    kind: str
    key: str
    seen: int
    generation: int
    field: str

    def __str__(self) -> str:
        scope, kind, key, field = (_quoted(part) for part in (self.scope, self.kind, self.key, self.field))
        return f"f-{scope}-{kind}-{key}-v{self.seen}g{self.generation}-{field}"

    @classmethod
    @lru_cache(maxsize=_KEPT)
    def parse(cls, text: str) -> FormKey | None:
        """The reverse of ``str()``; None where the text is not exactly such a key."""
        match = _KEY.fullmatch(text) if len(text) <= _MOST else None
        if match is None:
            return None
        scope, kind, key, seen, generation, field = match.groups()
        try:
            read = cls(_read(scope), _read(kind), _read(key), int(seen), int(generation), _read(field))
        except (ValueError, OverflowError):  # no such character
            return None
        parts = (read.scope, read.kind, read.key, read.field)
        return read if str(read) == text and not any(_UNWRITABLE.search(part) for part in parts) else None

    @classmethod
    def of_widget(cls, widget_id: str) -> FormKey | None:
        """The key in the id Streamlit gave a widget; None for widgets that are no form's."""
        match = _WIDGET.fullmatch(widget_id)
        return None if match is None else cls.parse(match.group(1))


@lru_cache(maxsize=_KEPT)
def _quoted(part: str) -> str:
    return _PLAIN.sub(lambda found: f"_{ord(found.group()):x}_", part)


def _read(part: str) -> str:
    return _QUOTED.sub(lambda found: chr(int(found.group(1), 16)), part)
