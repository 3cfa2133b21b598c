"""Which code judges: a digest of its source, so that a release that judges otherwise knows old verdicts for old."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

# What decides a verdict: reading what was entered, judging it, and the model of the rules it is judged by.
PACKAGES = ("indicators.model", "scoring", "scoring.entry", "scoring.exchange", "scoring.judging", "scoring.kinds")
# At scoring's door and no part of it: command line and what is made of verdicts.
APART = frozenset({"__main__", "cli", "memory", "report", "rollup", "table"})
# Data that belongs to no standard and yet decides: empty phrases are no reason.
WORDS = ("vocabulary.yaml",)


@cache
def judging_code() -> str:
    """SHA-256 over the source of `PACKAGES` and over `WORDS`, as installed."""
    digest = sha256()
    for package in PACKAGES:
        for module in sorted(files(package).iterdir(), key=lambda found: found.name):
            name, _, kind = module.name.rpartition(".")
            if kind == "py" and name not in APART:
                digest.update(f"{package}/{module.name}\n".encode())
                digest.update(module.read_bytes())
    for name in WORDS:
        digest.update(f"indicators/{name}\n".encode())
        digest.update((files("indicators") / name).read_bytes())
    return digest.hexdigest()
