"""A mended copy-and-search table for reportlab's TrueType subsets.

reportlab (4.2.5 to 5.1.0) writes code points above U+FFFF as five hex digits, where a ToUnicode map wants UTF-16BE:
such characters (196 of 通用规范汉字表, most of them in names) print well but copy and search as something else. It also
puts more than the 100 entries into one block that the format allows. ``tests/templates/text/test_tounicode.py`` fails
when reportlab mends this or changes it, so that this module can go.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.pdfbase import ttfonts

from templates.text.characters import WIDE

_BLOCK: Final = 100  # Adobe CMap specification: at most 100 entries between beginbfchar and endbfchar
reportlab_original: Final = ttfonts.makeToUnicodeCMap


def _utf16(code: int) -> str:
    """UTF-16BE in hexadecimals; a half-width twin of a mark is copied as the mark itself."""
    ch = chr(code)
    return WIDE.get(ch, ch).encode("utf-16-be").hex().upper()


def to_unicode_cmap(font_name: str, subset: Sequence[int]) -> str:
    """The ToUnicode CMap of one subset: byte value → UTF-16BE, in blocks of at most 100."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo",
        f"<< /Registry ({font_name})",
        f"/Ordering ({font_name})",
        "/Supplement 0",
        ">> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    for first in range(0, len(subset), _BLOCK):
        block = subset[first : first + _BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{first + offset:02X}> <{_utf16(code)}>" for offset, code in enumerate(block)]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def install() -> None:
    """Make reportlab use it; calling it again changes nothing."""
    ttfonts.makeToUnicodeCMap = to_unicode_cmap
