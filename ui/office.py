"""The one `Office` of this process: its store and its rules, made when first asked for.

A module, not Streamlit's resource cache: any client may ask Streamlit to empty that. The store's own pool serves every
session's thread and every route.
"""

from __future__ import annotations

import threading

from storage import open_store
from ui.rules import library
from ui.settings import settings
from workflow.office import Office, known_scheme

_lock = threading.Lock()
_made: list[Office] = []


def office() -> Office:
    """The office; made on the first call. Raises StoreError, ProblemsError, BadSetting, Refused."""
    if not _made:
        with _lock:
            if not _made:
                environment = settings()
                rules = library()
                scheme = known_scheme(rules, environment.scheme)
                store = open_store(environment.database_url, environment.data)
                _made.append(Office(store, rules, scheme, demo_accounts=environment.demo))
    return _made[0]


def office_if_made() -> Office | None:
    """The office, or None before anybody asked for one: whoever only looks must not make a store by looking."""
    return _made[0] if _made else None


def replace_office(other: Office | None) -> None:
    """Work with another office from now on (None: make a new one when asked); the old one's store is not closed."""
    with _lock:
        _made.clear()
        if other is not None:
            _made.append(other)
