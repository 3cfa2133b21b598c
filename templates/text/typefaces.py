"""The typefaces of printed documents: found, registered once, and chosen for a text as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from templates.text import tounicode, truetype
from templates.text.characters import MISSING, WIDE
from templates.text.measuring import TextMeasure

FONTS = Path(__file__).parents[1] / "fonts"
BODY_SETTING, TITLE_SETTING = "FORM_BODY_FONT", "FORM_TITLE_FONT"
_SYSTEM_BODY = Path("C:/Windows/Fonts/simfang.ttf")


class TypefaceError(Exception):
    """A configured font cannot be used; the message is Chinese and says which setting."""


class Typeface:
    """One registered TrueType font: what it covers and how wide it is. Widths in em."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        try:
            font = TTFont(name, str(path), asciiReadable=False)
        except (TTFError, OSError) as error:
            raise TypefaceError(f"字体文件 {path} 无法使用（须为 TrueType 轮廓的 ttf）：{error}") from error
        pdfmetrics.registerFont(font)
        self.font = font
        self._glyphs = font.face.charToGlyph
        self._widths = font.face.charWidths
        self._default = font.face.defaultWidth
        self._advances: dict[str, float] = {}
        self._covered: set[str] = {"\n"}
        self.measure = TextMeasure(self.advance, narrow=all(ord(ch) in self._glyphs for ch in WIDE))

    def covers(self, ch: str) -> bool:
        """Whether the font has a glyph for the character (our private twins of marks are no characters)."""
        return bool(self._glyphs.get(ord(ch))) and ch not in WIDE

    def advance(self, ch: str) -> float:
        """Width of a character in em."""
        known = self._advances.get(ch)
        if known is None:
            known = self._advances[ch] = float(self._widths.get(ord(ch), self._default)) / 1000
        return known

    def missing(self, text: Iterable[str]) -> set[str]:
        """Characters of the text without a glyph here."""
        unknown = set(text) - self._covered
        missing = {ch for ch in unknown if not self.covers(ch)}
        self._covered |= unknown - missing
        return missing


@dataclass(frozen=True, slots=True)
class Typefaces:
    """``body``: the machine's 仿宋 if configured, else ``serif``; ``title`` and ``sans`` set our own fixed words."""

    body: Typeface
    serif: Typeface
    title: Typeface
    sans: Typeface

    def choose(self, text: str) -> tuple[Typeface, str, set[str]]:
        """The face for a whole cell or paragraph, its text with 〓 where no face has a glyph, and those characters."""
        if not self.body.missing(text):
            return self.body, text, set()
        missing = self.serif.missing(text)
        if missing:
            text = "".join(MISSING if ch in missing else ch for ch in text)
        return self.serif, text, missing


def _configured(setting: str, system: Path | None = None) -> Path | None:
    value = os.environ.get(setting, "")
    if not value:
        return None
    path = system if value == "system" and system is not None else Path(value)
    if not path.is_file():
        if value == "system":
            return None
        raise TypefaceError(f"设置 {setting} 指向的字体文件不存在：{path}。请改为 ttf 文件的完整路径，或去掉该设置。")
    return path


@lru_cache(maxsize=4)
def _load(body: Path | None, title: Path | None) -> Typefaces:
    tounicode.install()
    truetype.install()
    rl_config.useA85 = 0  # binary streams: a fifth smaller, and quicker to write
    serif = Typeface("FormSerif", FONTS / "NotoSerifSC-Regular.ttf")
    own_title = Typeface("FormTitle", FONTS / "NotoSerifSC-Bold.ttf")
    return Typefaces(
        body=Typeface("FormBody", body) if body else serif,
        serif=serif,
        title=Typeface("FormOwnTitle", title) if title else own_title,
        sans=Typeface("FormSans", FONTS / "NotoSansSC-Medium.ttf"),
    )


def typefaces() -> Typefaces:
    """The faces this machine prints with (`FORM_BODY_FONT`, `FORM_TITLE_FONT`); raises TypefaceError."""
    return _load(_configured(BODY_SETTING, _SYSTEM_BODY), _configured(TITLE_SETTING))
