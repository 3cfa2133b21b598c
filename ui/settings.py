"""What the environment says about this installation. Streamlit's own settings stand in ``.streamlit/config.toml``.

``DEMO``            1 = demonstration (demo accounts, their public passwords shown), 0 = in earnest. Not set:
                    a demonstration where the server listens on this machine only, in earnest anywhere else.
``COOKIE_SECURE``   1 = browsers reach this server by https only (behind a proxy that does not say so itself)
What the commands heed as well, rules and data, is read by `indicators.installation`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from streamlit import config

from indicators.installation import DEFAULT_DATA, data_folder, database_url, public_address, scheme_id

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._\[\]:-]+(/[A-Za-z0-9._~-]+)*")
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})


class BadSetting(Exception):
    """A setting that cannot be read; ``str()`` is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``database_url`` None = the embedded store below ``data``; ``scheme`` None = the usual one."""

    demo: bool
    data: Path = DEFAULT_DATA
    database_url: str | None = None
    cookie_secure: bool = False
    scheme: str | None = None


def settings() -> Settings:
    """The environment's settings now; raises BadSetting."""
    address = public_address()
    if address is not None and not _ADDRESS.fullmatch(address):
        raise BadSetting(f"环境变量 PUBLIC_ADDRESS 的值“{address}”不是网址。请写成 https://单位的域名。")
    demo = _switch("DEMO")
    return Settings(
        demo=_on_this_machine_only() if demo is None else demo,
        data=data_folder(),
        database_url=database_url(),
        cookie_secure=_switch("COOKIE_SECURE") or False,
        scheme=scheme_id(),
    )


def _on_this_machine_only() -> bool:
    return config.get_option("server.address") in _LOOPBACK


def _switch(name: str) -> bool | None:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return None
    if value not in _YES | _NO:
        raise BadSetting(f"环境变量 {name} 的值“{value}”无法识别。请写 1（是）或 0（否）。")
    return value in _YES
