"""The demo province beyond its few counties with a story: names for codes, made when asked for, no list.

Prefectures 990300 to 998900, in each of them districts (01–20), counties (21–80) and cities (81–98); 9990xx stand
directly under the province. Names are signs of the calendar and the sky: 丙角县. Some occur in several prefectures, as
names do.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

PROVINCE = "99"
PREFECTURES = range(3, 90)
DIRECT = 90  # 省直辖的县：代码第三、四位
# “甲”留给样例自己的县名，改名时才不会改两遍。
_STEMS = "乙丙丁戊己庚辛壬癸"
_MANSIONS = "角亢氐房心尾箕斗牛虚室壁奎娄胃昴毕觜参柳星翼轸"
_DIGITS = "零一二三四五六七八九"
_KINDS = (("区", range(1, 21)), ("县", range(21, 81)), ("市", range(81, 99)))
_DIRECT_COUNTIES = range(2, 99)
_USUAL_SIZE = 12


def invented_name(code: str) -> str | None:
    """The name of the prefecture or county of that code; None for every other code, those with a story too."""
    if len(code) != 6 or not code.isascii() or not code.isdecimal() or not code.startswith(PROVINCE):  # noqa: PLR2004 - 六位代码
        return None
    prefecture, county = int(code[2:4]), int(code[4:])
    if prefecture == DIRECT:
        return _county_name(prefecture, county) if county in _DIRECT_COUNTIES else None
    if prefecture not in PREFECTURES:
        return None
    return f"演示{_numeral(prefecture)}市" if county == 0 else _county_name(prefecture, county)


def invented_counties(how_many: int, seed: int) -> Iterator[str]:
    """Codes of that many counties: about twelve to a prefecture, more where there are not prefectures enough; one in
    thirty directly under the province."""
    rng = Random(seed)  # noqa: S311 - invented places, no secret
    direct = min(how_many // 30, len(_DIRECT_COUNTIES))
    rest = how_many - direct
    prefectures = list(PREFECTURES)[: max(1, -(-rest // _USUAL_SIZE))]
    free = {prefecture: _codes(prefecture, rng) for prefecture in prefectures}
    weights = [rng.uniform(0.6, 1.4) for _ in prefectures]
    chosen = sorted(next(free[one]) for one in rng.choices(prefectures, weights, k=rest))
    yield from chosen
    yield from (f"{PROVINCE}{DIRECT}{county:02d}" for county in _DIRECT_COUNTIES[:direct])


def _codes(prefecture: int, rng: Random) -> Iterator[str]:
    """A prefecture's counties one after another: a district, some counties, a city, and so on."""
    kinds = {name: iter(numbers) for name, numbers in _KINDS}
    while True:
        kind = rng.choices(("区", "县", "市"), (2, 7, 1))[0]
        number = next((n for name in (kind, "县", "区", "市") for n in kinds[name]), None)
        if number is None:
            return
        yield f"{PROVINCE}{prefecture:02d}{number:02d}"


def _county_name(prefecture: int, county: int) -> str | None:
    kind = next((name for name, numbers in _KINDS if county in numbers), None)
    if kind is None:
        return None
    place = (prefecture * 41 + county) % (len(_STEMS) * len(_MANSIONS))
    return f"{_STEMS[place % len(_STEMS)]}{_MANSIONS[place // len(_STEMS)]}{kind}"


def _numeral(number: int) -> str:
    """三, 十二, 二十, 八十九."""
    tens, ones = divmod(number, 10)
    ten = f"{_DIGITS[tens] if tens > 1 else ''}十" if tens else ""
    return f"{ten}{_DIGITS[ones] if ones or not tens else ''}"
