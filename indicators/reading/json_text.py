"""Rewrites JSON so that a YAML 1.1 parser reads it, and maps places back to the original text.

YAML is almost a superset of JSON; what differs is mended here: tabs between tokens, ``\\ud83d\\ude00`` pairs, and raw
characters that JSON allows inside strings but YAML takes for line ends or refuses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_INSIDE = re.compile(
    r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    "|(?P<escape>\\\\.)|(?P<raw>[\x7f-\x9f\u2028\u2029\ufffe\uffff])",
    re.DOTALL,
)


@dataclass(slots=True)
class Repairs:
    """Where a repair changed a line's length: line → (column after the repair, how much longer), in reading order."""

    shifts: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def original(self, line: int, col: int) -> tuple[int, int]:
        """The place in the text as it was, for a place in the repaired text."""
        if not self.shifts:
            return line, col
        return line, col - sum(growth for end, growth in self.shifts.get(line, ()) if end <= col)


def looks_like_json(text: str) -> bool:
    """Whether the text opens as a JSON object or list (YAML in flow style is handled alike, and unharmed)."""
    return text.lstrip()[:1] in {"{", "["}


def repair_json(text: str) -> tuple[str, Repairs]:
    """The text for the YAML parser, and the map back to the original places."""
    repairs = Repairs()
    done: list[str] = []
    line, col, at = 1, 1, 0

    def put(part: str) -> None:
        nonlocal line, col
        done.append(part)
        if "\n" in part:
            line += part.count("\n")
            col = len(part) - part.rfind("\n")
        else:
            col += len(part)

    for string in _STRING.finditer(text):
        put(text[at : string.start()].replace("\t", " "))
        inside = string.start()
        for match in _INSIDE.finditer(text, string.start(), string.end()):
            put(text[inside : match.start()])
            mended = _mended(match)
            put(mended)
            if len(mended) != len(match.group()):
                repairs.shifts.setdefault(line, []).append((col, len(mended) - len(match.group())))
            inside = match.end()
        put(text[inside : string.end()])
        at = string.end()
    put(text[at:].replace("\t", " "))
    return "".join(done), repairs


def _mended(match: re.Match[str]) -> str:
    if match["high"]:
        code = 0x10000 + ((int(match["high"], 16) - 0xD800) << 10) + (int(match["low"], 16) - 0xDC00)
        return f"\\U{code:08x}"
    return f"\\u{ord(match['raw']):04x}" if match["raw"] else match.group()
