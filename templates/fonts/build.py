"""Rebuild the font subsets of this folder: ``python templates/fonts/build.py DIR`` (needs fonttools).

``DIR`` holds the two unpacked npm packages named in README.md. The result depends on them and on ``rare-8105.txt``
only: no timestamps are renewed, so building twice gives the same bytes.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))
from templates.text.characters import HALF_BLANK_LEFT, NARROW  # noqa: E402 - a script, run from anywhere

RARE = HERE / "rare-8105.txt"

# What official papers print beside characters: Latin, punctuation, ①–⑳, currency, units, arrows, boxes.
SYMBOL_BLOCKS = (
    (0x0020, 0x007E), (0x00A0, 0x017F), (0x01CD, 0x01DC), (0x0250, 0x0261), (0x02C6, 0x02DC), (0x0391, 0x03C9),
    (0x0401, 0x0451), (0x1E00, 0x1EFF), (0x2010, 0x205E), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x214F),
    (0x2150, 0x218B), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2312, 0x2312), (0x2460, 0x24FF), (0x2500, 0x257F),
    (0x2580, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF), (0x2E80, 0x2FDF), (0x3000, 0x303F), (0x3040, 0x30FF),
    (0x3105, 0x312F), (0x3190, 0x319F), (0x31C0, 0x31E3), (0x3200, 0x33FF), (0xFE10, 0xFE1F), (0xFE30, 0xFE6B),
    (0xFF01, 0xFFE6),
)  # fmt: skip
# 通用规范汉字表 reaches past GBK's last ideograph (U+9FA5); the rest of the block costs nothing.
LATE_BASIC = (0x9FA6, 0x9FFF)


def encoded_by(codec: str, lead_from: int, trail_from: int) -> Iterator[int]:
    """Code points of a double-byte Chinese codec."""
    for lead in range(lead_from, 0xFF):
        for trail in range(trail_from, 0xFF):
            decoded = bytes((lead, trail)).decode(codec, errors="ignore")
            if len(decoded) == 1:
                yield ord(decoded)


def rare_characters() -> set[int]:
    """The characters of 通用规范汉字表 outside GBK."""
    lines = RARE.read_text(encoding="utf-8").splitlines()
    return {ord(ch) for line in lines if not line.startswith("#") for ch in line.strip()}


def symbols() -> set[int]:
    """Everything that is not an ideograph."""
    return {code for first, last in SYMBOL_BLOCKS for code in range(first, last + 1)}


def add_narrow_marks(font: TTFont) -> None:
    """Half-width twins of the full-width marks, at the private code points of ``characters.NARROW``.

    Where two marks meet or a line ends, half a square is taken away. With a twin whose own width is half, the file says
    so too: copying and searching find the marks in their place, which overlapping full-width boxes would upset.
    """
    glyphs, widths, codes = font["glyf"], font["hmtx"], font.getBestCmap()
    half = font["head"].unitsPerEm // 2
    order = font.getGlyphOrder()
    for mark, private in NARROW.items():
        original = codes[ord(mark)]
        name = f"{original}.half"
        order.append(name)
        glyph = copy.deepcopy(glyphs[original])
        width, bearing = widths[original]
        shift = -half if mark in HALF_BLANK_LEFT else 0
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        glyphs[name] = glyph
        widths[name] = (width - half, bearing + shift)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(private)] = name
    font.setGlyphOrder(order)


def subset(source: Path, target: Path, codepoints: set[int]) -> None:
    """Write the characters of ``source`` with these code points; layout tables go, reportlab reads none of them."""
    options = Options()
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "DSIG"]
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.recalc_timestamp = False
    options.notdef_outline = True
    font = TTFont(source, recalcTimestamp=False)
    add_narrow_marks(font)
    cutter = Subsetter(options)
    cutter.populate(unicodes=codepoints | set(map(ord, NARROW.values())))
    cutter.subset(font)
    font.save(target)


def main(source: Path) -> None:
    """Build the three subsets."""
    late = set(range(LATE_BASIC[0], LATE_BASIC[1] + 1))
    common = symbols() | rare_characters() | late
    gbk = set(encoded_by("gbk", 0x81, 0x40)) | common
    gb2312 = set(encoded_by("gb2312", 0xA1, 0xA1)) | common
    serif, sans = source / "noto-serif-sc", source / "noto-sans-sc"
    subset(serif / "400Regular/NotoSerifSC_400Regular.ttf", HERE / "NotoSerifSC-Regular.ttf", gbk)
    subset(serif / "700Bold/NotoSerifSC_700Bold.ttf", HERE / "NotoSerifSC-Bold.ttf", gb2312)
    subset(sans / "500Medium/NotoSansSC_500Medium.ttf", HERE / "NotoSansSC-Medium.ttf", gb2312)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
