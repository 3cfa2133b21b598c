"""The quick reader of TrueType fonts gives what reportlab's own gives."""

import pytest
from reportlab.pdfbase.ttfonts import TTFError

from templates.text.truetype import QuickFace, reportlab_original
from templates.text.typefaces import FONTS


def test_both_readers_give_the_same_face_and_the_same_subset():
    path = str(FONTS / "NotoSansSC-Medium.ttf")
    quick, original = QuickFace(path), reportlab_original(path)
    # Where it stands in the file, how it scales, what shaping alone asks.
    not_compared = {
        "_pos": 0,
        "_pdfScale": None,
        "glyphToChar": {},
    }
    assert vars(quick) | not_compared == vars(original) | not_compared
    subset = [0, 32, *map(ord, "（附页）１é½Å")]
    assert quick.makeSubset(subset) == original.makeSubset(subset)


def test_a_font_that_is_cut_short_is_refused(tmp_path):
    cut = tmp_path / "cut.ttf"
    content = (FONTS / "NotoSansSC-Medium.ttf").read_bytes()
    cut.write_bytes(content[: content.index(b"cmap") + 2000])
    with pytest.raises(TTFError):
        QuickFace(str(cut))
