"""What Chinese line composition forbids and allows, as character sets (GB/T 15834—2011 5.1.10, W3C clreq)."""

from __future__ import annotations

# Closing marks: never first on a line. Those in HALF_BLANK_RIGHT leave the right half of their square empty.
HALF_BLANK_RIGHT = frozenset("，。、；：？！）】》〉」』”’〕〗］｝")
NO_LINE_START = HALF_BLANK_RIGHT | frozenset(",.;:?!)]}%‰％℃°′″·・…—～~-–/／々＂＇，．»›¢￠")
# Opening marks: never last on a line. Those in HALF_BLANK_LEFT leave the left half of their square empty.
HALF_BLANK_LEFT = frozenset("（【《〈「『“‘〔〖［｛")
# ①–⑳ number the words that follow; currency signs belong to their figure.
NO_LINE_END = HALF_BLANK_LEFT | frozenset("([{￥¥＄$£￡€№#＃«‹①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
DASH = "—"
MISSING = "〓"
# Our fonts hold twins of the half-blank marks that are half as wide, at these private code points (fonts/build.py).
# They are a way of drawing: a file's copy-and-search table gives the real mark back (`templates.text.tounicode`).
NARROW = {mark: chr(0xE000 + index) for index, mark in enumerate(sorted(HALF_BLANK_RIGHT | HALF_BLANK_LEFT))}
WIDE = {private: mark for mark, private in NARROW.items()}
