"""Which code judges: a digest of its source, so that a release that judges otherwise knows old verdicts for old."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

# What decides a verdict: reading what was entered, judging it, and the model of the rules it is judged by.
PACKAGES = ("indicators.model", "scoring", "scoring.entry", "scoring.exchange", "scoring.judging", "scoring.kinds")


@cache
def judging_code() -> str:
    """SHA-256 over the source of `PACKAGES`, as installed."""
    digest = sha256()
    for package in PACKAGES:
        for module in sorted(files(package).iterdir(), key=lambda found: found.name):
            if module.name.endswith(".py"):
                digest.update(f"{package}/{module.name}\n".encode())
                digest.update(module.read_bytes())
    return digest.hexdigest()
