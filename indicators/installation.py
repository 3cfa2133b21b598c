"""What the environment says about this installation's rules and data: read here, so that every command and the service
stand on the same. What only the server asks (``DEMO``, ``COOKIE_SECURE``) is in `ui.settings`.

``RULES_DIR``      a rules folder of the deployment's own, instead of the product's
``SCHEME``         the scheme whose points are shown; it decides nothing
``DATA_DIR``       the data folder (store, evidence files); ``var`` when not given
``DATABASE_URL``   a shared database instead of the embedded store in the data folder
``PUBLIC_ADDRESS`` where people reach the service, for the codes on what is printed: https://sfx.example
"""

from __future__ import annotations

import os
from pathlib import Path

VERSION = "0.1.0"
OWN_RULES = Path(__file__).resolve().parent
RULES_DIR = "RULES_DIR"
DEFAULT_DATA = Path("var")


def installed_rules() -> Path:
    """The rules folder."""
    return Path(os.environ.get(RULES_DIR) or OWN_RULES)


def scheme_id() -> str | None:
    """The scheme's id; None: the usual one."""
    return os.environ.get("SCHEME") or None


def data_folder() -> Path:
    """The data folder, where a command is not told another (``--var``)."""
    return Path(os.environ.get("DATA_DIR") or DEFAULT_DATA)


def database_url() -> str | None:
    """The shared database; None: the embedded store."""
    return os.environ.get("DATABASE_URL") or None


def public_address() -> str | None:
    """Where people reach the service, without a slash at its end; None: paper does not tell."""
    return os.environ.get("PUBLIC_ADDRESS", "").strip().rstrip("/") or None


def check_address() -> str | None:
    """Where a printed form's code is checked."""
    address = public_address()
    return None if address is None else f"{address}/check"
