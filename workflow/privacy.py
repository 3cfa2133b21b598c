"""Personal identifiers, kept out of every text field: the tool is about counties, never about a child.

One function decides for every field of every screen, import and command line, and for the text of files. Refused:
18-digit identity numbers with a right check digit (GB 11643), anywhere; 11-digit mobile numbers, outside the form's
phone fields; both also when written apart or with characters nobody sees between the digits. What is only warned of:
`workflow.personal_hints`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from scoring.submission import EVIDENCE_COLUMNS, FORM_FIELDS
from workflow.errors import Place, Refused
from workflow.targets import SCAN_KINDS, Path, Target

PHONE_FIELDS = frozenset(Target.form(name) for name, field in FORM_FIELDS.items() if field.phone)
# 数字之间夹的空白、标点（不超过三个字符）先去掉；全角数字由 NFKC 归一，看不见的字符由 _plain 去掉。
_GAP = r"(?:\s+|[\-–—_.·]+|[\W_ー]{1,3})"
_SEPARATORS = re.compile(rf"(?<=[0-9]){_GAP}(?=[0-9Xx])")
_LOOKS_LIKE_X = re.compile(rf"(?<=[0-9])(?:{_GAP})?[×ХхΧχ✕✖╳]")
# Unicode 规定默认不显示、却算作字母的字符（其余属 Cf、Mn、Me）。
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
_INVISIBLE = frozenset({"Cf", "Mn", "Me"})
_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
# 与别的数字连写时逐位移动着看；此时还要求省级代码和生日段成立，否则长编号、一串日期会被误判。
_IDENTITY_WITHIN = re.compile(
    r"(?=((?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|[789]1|8[1-3]|99)[0-9]{4}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]))"
)
_MOBILE = re.compile(
    rf"(?=(?<![0-9])(?:(?:00)?86{_GAP}?|0{_GAP}?)?(1(?:{_GAP}?[0-9]){{10}})(?![0-9]))"  # 86、0 是拨号时加在前面的
)
_MOBILE_BEGINS = re.compile(r"1[3-9]")
# 日期、金额不是号码：1998-12-01 100；150,000,000.00元；1350000000.50。
_DATE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}[-./]?(?:0?[1-9]|1[0-2])[-./]?(?:[12][0-9]|3[01]|0?[1-9])(?![0-9])")
_MONEY = re.compile(r"(?<![0-9.,])(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]+\.[0-9]{1,2})(?![0-9]|[.,][0-9])")
_ROW = re.compile(r"(?<![0-9.])[1-9](?:\.[0-9]{1,2}){2}(?![0-9]|\.[0-9])")  # 指标编号，常常接连列出几个
# 用顿号、逗号、分号、竖线隔开的多是并列的数量（1823、1790、165）：按号码的习惯分段时才算号码。
_LISTING = re.compile("[、,;|]")
_MOBILE_GROUPS = frozenset({(3, 4, 4), (3, 8), (5, 6), (7, 4)})
_MOST_GROUPS, _SHORT_GROUP = 3, 3
_ANY_NUMBER = re.compile(
    rf"\d(?:{_GAP}?\d){{16,}}(?:{_GAP}?[Xx×])?|(?<!\d)(?:(?:00)?86{_GAP}?|0)?1(?:{_GAP}?\d){{10}}(?!\d)"
)
_MASK = "▇▇"
_WITH_FILES = frozenset({"evidence", "site_visit", *SCAN_KINDS.values()})
_SHA256 = re.compile(r"[0-9a-f]{64}")  # 摘要里碰巧连着的数字不是谁的号码
_FEWEST_DIGITS, _IDENTITY_LENGTH = 11, 18
_IDENTITY_WORDS, _MOBILE_WORDS = "18位公民身份号码", "11位手机号码"
_SPACED = re.compile(
    r"(?<![0-9.,])(?<![0-9.,][ \t])[0-9]+(?:[ \t\u3000\-–—·_/]{1,3}[0-9]+)+(?:[ ]?[Xx](?![A-Za-z]))?(?![ \t]?[0-9.,])"
)
_TELEPHONE = re.compile("电话|手机|联系")
_LINE_END = re.compile(r"[^\s0-9.,][:]?([0-9]{1,17})$")  # 整行都是数字的是表格的一格
_LINE_BEGIN = re.compile(r"[0-9]{1,17}[Xx]?(?![0-9%]|[.,][0-9])")
INSTEAD = "请删去，改写件数、编号或节录。"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def refuse_identifiers(target: Target, body: object, label: str | None = None) -> None:
    """Raise Refused (code ``personal_identifier``) when any text in an entry's body or key holds a personal
    identifier. ``label``: what people call the entry, where the target alone cannot say."""
    texts = [*texts_of(body), ("编号", target.key)]
    identified = [
        (path, kind)
        for path, text in texts
        if not (target.kind in _WITH_FILES and path.rpartition(".")[2] == "sha256" and _SHA256.fullmatch(text))
        for kind in identifiers(text, phones_allowed=target in PHONE_FIELDS)
    ]
    what = label or target.label
    refuse_identified(
        [(place_in(target, what, path), kind) for path, kind in identified],
        [(target, tuple(step for step in path.split(".") if step.isascii() and step)) for path, _ in identified],
    )


def refuse_identifiers_in_text(what: str, field: str, text: str, path: Path | None = None) -> None:
    """The same for one text outside a submission's entries; ``what`` and ``field`` say in words which (账号, 姓名).

    ``path``: where a form asks it, where that is not ``field``.
    """
    kinds = identifiers(text)
    refuse_identified([(_place(what, field), kind) for kind in kinds], [(None, (field,) if path is None else path)])


def refuse_identified(identified: Iterable[tuple[str, str]], places: Iterable[Place] = ()) -> None:
    """Raise Refused where there is any; ``identified``: which text, and what kind of identifier it holds."""
    sentences = [f"{place}含有{kind}。本工具不收集个人身份信息，{INSTEAD}" for place, kind in identified]
    if sentences:
        raise Refused("personal_identifier", *dict.fromkeys(sentences), places=places)


def identifiers(text: str, *, phones_allowed: bool = False) -> tuple[str, ...]:
    """What personal identifiers a text holds, in words; never the identifier itself (it must not reach a log)."""
    # 看不见的字符去掉以后，数字只会更少：先数一遍，多数文字不必逐字去看。
    if sum(map(str.isdigit, unicodedata.normalize("NFKC", text))) < _FEWEST_DIGITS:
        return ()
    written = plain(text)
    if sum(map(str.isdigit, written)) < _FEWEST_DIGITS:
        return ()
    with_x = _LOOKS_LIKE_X.sub("X", written)
    candidates = [m.group() for shown in (written, with_x) for m in _IDENTITY.finditer(shown)]
    # 拼接起来的必须有省级代码和生日段：并列的数量拼成18位时，每11个就有1个碰巧校验相符。
    for shown in (written, with_x):
        candidates += [m.group(1) for m in _IDENTITY_WITHIN.finditer(_SEPARATORS.sub("", shown))]
    kinds: list[str] = []
    if any(_valid_identity(number) and not _only_a_credit_code(number) for number in candidates):
        kinds.append(_IDENTITY_WORDS)
    elif not phones_allowed and _has_mobile(written):  # 身份号码分段书写时，中间一段也像手机号码
        kinds.append(_MOBILE_WORDS)
    return tuple(kinds)


def identifiers_in_lines(text: str) -> tuple[str, ...]:
    """The same for the text of a file, where figures stand side by side in columns.

    Groups of digits with blanks between them are one number only where they are grouped as one and nothing else stands
    beside them; a mobile number only where telephones are spoken of or no other figures stand in columns.
    """
    kinds = [kind for word in text.split() if len(word) >= _FEWEST_DIGITS for kind in identifiers(word)]
    written = plain(text)
    mobiles = figures = False
    for match in _SPACED.finditer(written):
        digits = re.sub("[^0-9Xx]", "", match.group())
        groups = tuple(map(len, re.findall("[0-9]+", match.group())))
        if _is_whole_identity(digits):
            kinds.append(_IDENTITY_WORDS)
        elif _grouped_as_mobile(digits, groups):
            mobiles = True
        else:
            figures = figures or " " in match.group()
    if mobiles and (not figures or _TELEPHONE.search(written)):
        kinds.append(_MOBILE_WORDS)
    return tuple(dict.fromkeys(kinds))


def _grouped_as_mobile(digits: str, groups: tuple[int, ...]) -> bool:
    if digits.startswith("86") and groups[0] == len("86"):
        digits, groups = digits.removeprefix("86"), groups[1:]
    grouped = groups in _MOBILE_GROUPS or max(groups, default=0) == 1
    return grouped and len(digits) == _FEWEST_DIGITS and _MOBILE_BEGINS.match(digits) is not None


def identifier_across(line: str, following: str) -> str | None:
    """The identifier that a line of text begins and the following one ends."""
    begun, ended = _LINE_END.search(plain(line).rstrip()), _LINE_BEGIN.match(plain(following).lstrip())
    if begun is None or ended is None:
        return None
    number = f"{begun.group(1)}{ended.group()}"
    if _is_whole_identity(number):
        return _IDENTITY_WORDS
    whole_mobile = len(number) == _FEWEST_DIGITS and _MOBILE_BEGINS.match(number) and number.isdecimal()
    return _MOBILE_WORDS if whole_mobile else None


def _is_whole_identity(number: str) -> bool:
    return len(number) == _IDENTITY_LENGTH and _IDENTITY_WITHIN.match(number) is not None and _valid_identity(number)


def masked(text: str) -> str:
    """The text with every run that could be an identifier blotted out, for messages about what was not accepted."""
    return _ANY_NUMBER.sub(_MASK, text)


def _has_mobile(written: str) -> bool:
    bare = _MONEY.sub("元", _ROW.sub("项", _DATE.sub("日", written)))
    return any(_written_as_mobile(match.group(1)) for match in _MOBILE.finditer(bare))


def _written_as_mobile(digits: str) -> bool:
    """Whether digits with something between them are one number written apart, and not several numbers."""
    groups = tuple(len(group) for group in re.findall("[0-9]+", digits))
    if not _MOBILE_BEGINS.match(re.sub("[^0-9]", "", digits)):
        return False
    if _LISTING.search(digits):
        return groups in _MOBILE_GROUPS or max(groups) == 1
    return len(groups) <= _MOST_GROUPS or max(groups) <= _SHORT_GROUP


def plain(text: str) -> str:
    """The text as a reader sees it: one form per character, nothing invisible, every script's digits as 0–9."""
    shown = (c for c in unicodedata.normalize("NFKC", text) if c not in _BLANK_LETTERS)
    seen = (c for c in shown if unicodedata.category(c) not in _INVISIBLE)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in seen)


def _valid_identity(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == number[17].upper()


def _only_a_credit_code(number: str) -> bool:
    """A 统一社会信用代码 of digits alone, in which an identity number's province and birthday do not stand."""
    return is_credit_code(number) and _IDENTITY_WITHIN.match(number) is None


def is_credit_code(number: str) -> bool:
    """Whether 18 characters are a 统一社会信用代码, by its check character (GB 32100)."""
    values = [_CREDIT_SIGNS.find(sign) for sign in number.upper()]
    total = sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=False))
    return number[0] in "1359" and min(values) >= 0 and (31 - total % 31) % 31 == values[-1]


def texts_of(body: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text and figure of an entry's body, keys too, each with its dotted path."""
    if isinstance(body, str):
        yield path, body
    elif isinstance(body, Mapping):
        for key, value in body.items():
            yield from texts_of(str(key), f"{path}.键")
            yield from texts_of(value, f"{path}.{key}" if path else str(key))
    elif isinstance(body, list | tuple):
        for value in body:
            yield from texts_of(value, path)
    elif isinstance(body, int | Decimal) and not isinstance(body, bool):
        yield path, format(body, "f") if isinstance(body, Decimal) else str(body)


# 字段在界面上的叫法；没有叫法的只说是哪一项内容。
_COLUMNS: Mapping[str, str] = {name: column.label for name, column in EVIDENCE_COLUMNS.items()}
_FIELDS: Mapping[str, str] = {
    "note": "说明",
    "reason": "理由",
    "settles": "消除条件",
    "title": "名称",
    "file": _COLUMNS["file"],
    "notes": "记录",
    "places": "地点",
    "people": "人员",
    "text": "正文",
    "explanation": "说明",
    "units": "部门",
    "unit": "部门",
    "aliases": "其他叫法",
    "contact": "联系处",
    "username": "用户名",
    "display_name": "姓名",
}


def place_in(target: Target, what: str, path: str) -> str:
    """Which text of an entry, in people's words."""
    return _place(what, path.rpartition(".")[2], _COLUMNS if target.kind == "evidence" else _FIELDS)


def _place(what: str, field: str, words: Mapping[str, str] = _FIELDS) -> str:
    """Which text, in people's words; a field that has none is left out."""
    name = words.get(field, "" if field.isascii() else field)
    return masked(f"{what}的{name}" if name else what)
