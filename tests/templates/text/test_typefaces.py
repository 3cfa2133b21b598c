"""The fonts in this folder hold what official papers and names need."""

from functools import lru_cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from templates.text.characters import HALF_BLANK_LEFT, HALF_BLANK_RIGHT, NARROW
from templates.text.typefaces import FONTS, TypefaceError, typefaces


@lru_cache(maxsize=4)
def font(name):
    return TTFont(FONTS / name)


def characters(codec, lead, trail):
    for first in range(lead, 0xFF):
        for second in range(trail, 0xFF):
            decoded = bytes((first, second)).decode(codec, errors="ignore")
            if len(decoded) == 1 and decoded > "\x80" and not "\ue000" <= decoded <= "\uf8ff":
                yield decoded


def rare():
    lines = (FONTS / "rare-8105.txt").read_text(encoding="utf-8").splitlines()
    return "".join(line for line in lines if not line.startswith("#"))


def test_the_list_of_rare_characters_is_complete():
    assert len(set(rare())) == len(rare()) == 77 + 36 + 44 + 8 + 108
    assert sum(ch > "\uffff" for ch in rare()) == 196


def test_the_body_face_holds_gbk_and_every_rare_character():
    codes = font("NotoSerifSC-Regular.ttf").getBestCmap()
    assert {ch for ch in characters("gbk", 0x81, 0x40) if ord(ch) not in codes} == {"≒"}
    assert not [ch for ch in rare() if ord(ch) not in codes]
    assert not [ch for ch in "①⑳⑴ⅠⅫ¥￥％‰℃㎡№☆★○●□■→“”‘’…—·～〓㑇㛃䶮𬭩𬱖𫖮" if ord(ch) not in codes]


@pytest.mark.parametrize("name", ["NotoSerifSC-Bold.ttf", "NotoSansSC-Medium.ttf"])
def test_the_faces_for_fixed_words_hold_gb2312_and_the_rare_characters(name):
    codes = font(name).getBestCmap()
    assert not [ch for ch in characters("gb2312", 0xA1, 0xA1) if ord(ch) not in codes]
    assert not [ch for ch in rare() if ord(ch) not in codes]


@pytest.mark.parametrize("name", ["NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf", "NotoSansSC-Medium.ttf"])
def test_marks_that_give_up_half_their_square_have_no_ink_in_it(name):
    face = font(name)
    codes, glyphs, widths = face.getBestCmap(), face["glyf"], face["hmtx"]
    for mark in HALF_BLANK_RIGHT:
        assert widths[codes[ord(mark)]][0] == 1000
        assert glyphs[codes[ord(mark)]].xMax <= 500, mark
    for mark in HALF_BLANK_LEFT:
        assert glyphs[codes[ord(mark)]].xMin >= 500, mark
    for mark, private in NARROW.items():
        twin = codes[ord(private)]
        assert widths[twin][0] == 500
        assert glyphs[twin].xMin >= 0, mark
        assert glyphs[twin].xMax <= 500, mark


def test_a_paragraph_with_one_character_the_own_face_lacks_changes_its_face_as_a_whole(monkeypatch):
    monkeypatch.setenv("FORM_BODY_FONT", str(FONTS / "NotoSansSC-Medium.ttf"))
    faces = typefaces()
    assert faces.choose("农村留守儿童")[0] is faces.body
    face, text, missing = faces.choose("權益")
    assert (face, text, missing) == (faces.serif, "權益", set())


@pytest.mark.parametrize("setting", ["FORM_BODY_FONT", "FORM_TITLE_FONT"])
def test_a_configured_font_that_is_not_there_or_no_truetype_is_refused_with_its_setting(monkeypatch, setting, tmp_path):
    monkeypatch.setenv(setting, str(tmp_path / "absent.ttf"))
    with pytest.raises(TypefaceError, match=setting):
        typefaces()
    wrong = Path(tmp_path / "wrong.ttf")
    wrong.write_bytes(b"no font")
    monkeypatch.setenv(setting, str(wrong))
    with pytest.raises(TypefaceError, match="TrueType"):
        typefaces()
