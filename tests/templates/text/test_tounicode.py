"""The workaround for reportlab's copy-and-search table, and an alarm for the day it is no longer needed."""

from templates.text.characters import NARROW
from templates.text.tounicode import reportlab_original, to_unicode_cmap


def test_reportlab_still_writes_five_digits_above_ffff():
    """If this fails reportlab has mended or changed it: look again at templates/text/tounicode.py."""
    assert "<00> <2CB69>" in reportlab_original("F", [0x2CB69])
    assert "101 beginbfchar" in reportlab_original("F", list(range(0x4E00, 0x4E00 + 101)))


def test_a_character_above_ffff_is_a_surrogate_pair():
    assert "<00> <D872DF69>" in to_unicode_cmap("F", [0x2CB69])


def test_blocks_hold_at_most_a_hundred_entries():
    made = to_unicode_cmap("F", list(range(0x4E00, 0x4E00 + 256)))
    assert [line for line in made.splitlines() if "beginbfchar" in line] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "56 beginbfchar",
    ]
    assert "<FF> <4EFF>" in made


def test_below_ffff_it_says_what_reportlab_says():
    subset = [0x20, 0x41, 0x4E00]
    assert to_unicode_cmap("F", subset) == reportlab_original("F", subset)


def test_a_half_width_twin_is_copied_as_the_mark():
    assert "<00> <3002>" in to_unicode_cmap("F", [ord(NARROW["。"])])
