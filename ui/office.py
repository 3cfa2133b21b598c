"""The one office of this process: its store and its rules, made when first asked for.

A module, not Streamlit's resource cache: any client may ask Streamlit to empty that. The store's own pool serves every
session's thread and every route.
"""

from __future__ import annotations

import threading

from indicators.model import Library
from scoring.schemes import UnknownSchemeError, chosen_scheme
from storage import open_store
from ui.rules import library
from ui.settings import BadSetting, Settings, settings
from workflow.office import Office

_lock = threading.Lock()
_made: list[Office] = []


def office() -> Office:
    """The office; made on the first call. Raises StoreError, ProblemsError, BadSetting."""
    if not _made:
        with _lock:
            if not _made:
                given = settings()
                rules = library()
                _refuse_unknown_scheme(rules, given)
                store = open_store(given.database_url, given.data)
                _made.append(Office(store, rules, given.scheme, demo_accounts=given.demo))
    return _made[0]


def _refuse_unknown_scheme(rules: Library, given: Settings) -> None:
    try:
        chosen_scheme(rules.schemes, given.scheme)
    except UnknownSchemeError as error:
        raise BadSetting(f"环境变量 SCHEME：{error}。请改正，或删去以采用默认的计分办法。") from error


def office_if_made() -> Office | None:
    """The office, or None before anybody asked for one: whoever only looks must not make a store by looking."""
    return _made[0] if _made else None


def replace_office(other: Office | None) -> None:
    """Work with another office from now on (None: make a new one when asked); the old one's store is not closed."""
    with _lock:
        _made.clear()
        if other is not None:
            _made.append(other)
