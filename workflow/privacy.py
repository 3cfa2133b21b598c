"""Personal identifiers, kept out of every text field: the tool is about counties, never about a child.

One function decides for every field of every screen, import and command line. Refused: 18-digit identity numbers with a
right check digit (GB 11643), anywhere; 11-digit mobile numbers, outside the form's phone fields. Warned of: “姓名：”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal

from workflow.errors import Refused

PHONE_FIELDS = frozenset({("form", "leader_phone"), ("form", "contact_phones")})
# 书写时常夹空格、横线；全角数字由 NFKC 归一。
# 字间插入的看不见的字符（零宽空格等）先去掉。
_SEPARATORS = re.compile(r"(?<=[0-9])[\s\-–—_.·]+(?=[0-9Xx])")
_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
# 与别的数字连写时逐位移动着看；此时还要求省级代码和生日段成立，否则长编号、一串日期会被误判。
_IDENTITY_WITHIN = re.compile(
    r"(?=((?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|[789]1|8[1-3]|99)[0-9]{4}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]))"
)
_MOBILE = re.compile(r"(?<![0-9])(?:\+?86[\s-]?)?1[3-9][0-9][\s-]?[0-9]{4}[\s-]?[0-9]{4}(?![0-9])")
_NAME_LABEL = re.compile(r"(?:儿童|学生|监护人|父亲|母亲|患者)?姓名\s*[:：]")
_SHA256 = re.compile(r"[0-9a-f]{64}")  # 摘要里碰巧连着的数字不是谁的号码
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def refuse_identifiers(target: tuple[str, str], body: object) -> None:
    """Raise Refused (code ``personal_identifier``) when any text in an entry's body holds a personal identifier."""
    texts = [*_texts(body), ("编号", target[1])]
    found = [
        f"{where}含有{what}。本工具不收集个人身份信息，请删去后只写数量、文号。"
        for path, text in texts
        if not (target[0] == "evidence" and path == "sha256" and _SHA256.fullmatch(text))
        for what in identifiers(text, phones_allowed=target in PHONE_FIELDS)
        for where in [f"“{_named(target, path)}”"]
    ]
    if found:
        raise Refused("personal_identifier", *dict.fromkeys(found))


def identifiers(text: str, *, phones_allowed: bool = False) -> tuple[str, ...]:
    """What personal identifiers a text holds, in words; never the identifier itself (it must not reach a log)."""
    written = _plain(text)
    joined = _SEPARATORS.sub("", written)
    candidates = [m.group() for plain in (written, joined) for m in _IDENTITY.finditer(plain)]
    candidates += [m.group(1) for m in _IDENTITY_WITHIN.finditer(joined)]
    kinds: list[str] = []
    if any(_valid_identity(number) for number in candidates):
        kinds.append("18位公民身份号码")
    if not phones_allowed and _MOBILE.search(written):
        kinds.append("11位手机号码")
    return tuple(kinds)


def _plain(text: str) -> str:
    """The text as a reader sees it: one form per character, nothing invisible, every script's digits as 0–9."""
    seen = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in seen)


def warnings(text: str) -> tuple[str, ...]:
    """What a person should look at once more, though it is not refused."""
    if _NAME_LABEL.search(unicodedata.normalize("NFKC", text)):
        return ("文字中出现“姓名：”。请确认没有写入儿童或监护人的姓名。",)
    return ()


def _valid_identity(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == number[17].upper()


def _texts(body: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(body, str):
        yield path, body
    elif isinstance(body, Mapping):
        for key, value in body.items():
            yield from _texts(str(key), f"{path}.键")
            yield from _texts(value, f"{path}.{key}" if path else str(key))
    elif isinstance(body, list | tuple):
        for value in body:
            yield from _texts(value, path)
    elif isinstance(body, int | Decimal) and not isinstance(body, bool):
        yield path, format(body, "f") if isinstance(body, Decimal) else str(body)


def _named(target: tuple[str, str], path: str) -> str:
    return " ".join(part for part in (*target, path) if part)
