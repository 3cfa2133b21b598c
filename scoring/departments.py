"""Departments as documents print them, and a county's own list of them, by names and aliases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

# 文件、方案所印责任单位的简称 → 县级部门名称（现行名称，旧称为别名；本工具所列，仅作建议）。先长后短，取第一个出现的。
_DEPARTMENTS: Mapping[str, str] = {
    "儿童福利指导中心": "儿童福利指导中心",
    "妇儿工委办": "妇儿工委办",
    "妇儿工委": "妇儿工委办",
    "关工委": "关工委",
    "综治办": "综治办",
    "文明办": "文明办",
    "总工会": "总工会",
    "工会": "总工会",
    "共青团": "团委",
    "团县委": "团委",
    "团市委": "团委",
    "妇联": "妇联",
    "残联": "残联",
    "检察": "人民检察院",
    "法院": "人民法院",
    "公安": "公安局",
    "司法": "司法局",
    "教育": "教育局",
    "教委": "教育局",
    "卫生和计划生育局": "卫生健康局",
    "卫生计生": "卫生健康局",
    "卫生健康": "卫生健康局",
    "卫健": "卫生健康局",
    "卫计": "卫生健康局",
    "人力资源社会保障": "人力资源和社会保障局",
    "人力社保": "人力资源和社会保障局",
    "人社": "人力资源和社会保障局",
    "财政": "财政局",
    "住房城乡建设": "住房和城乡建设局",
    "住建": "住房和城乡建设局",
    "乡村振兴": "乡村振兴局",
    "扶贫办": "乡村振兴局",
    "扶贫": "乡村振兴局",
    "宣传": "委宣传部",
    "民政": "民政局",
}
# 单独成词的部门名：经公安部门教育不改的儿童 不是
_WHOLE = re.compile(
    rf"(?:各级|市政府|市|县级|县|人民)*(?P<short>{'|'.join(_DEPARTMENTS)})"
    r"(?:体育)?(?:督导)?(?:部门|机关|局|院|委员会|委|办公室|办|组织|行政)?(?:等部门|等群团组织|等)?"
)
_BETWEEN = re.compile(r"[、和与及]")
_SUBJECT = re.compile(r"[要应]")
_ALIKE = 5
_WHOLE_NAMES = ("局", "办")


@dataclass(frozen=True, slots=True)
class Department:
    """``aliases``: what else it is called. ``contact``: its office and that office's telephone, never a person."""

    name: str
    aliases: tuple[str, ...] = ()
    contact: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All it is called by, its name first."""
        return self.name, *self.aliases


@dataclass(frozen=True, slots=True)
class DepartmentList:
    """``saved``: the county's own; else it is only what this tool begins with."""

    departments: tuple[Department, ...] = ()
    saved: bool = False
    _by_name: dict[str, Department] = field(init=False, default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for one in self.departments:
            for name in one.names:
                self._by_name.setdefault(plain_name(name), one)

    def find(self, called: str) -> Department | None:
        """The department of that name or alias; spaces and width make no difference."""
        return self._by_name.get(plain_name(called))

    def name_of(self, called: str) -> str:
        """As the list has it; what it does not know stays as it is."""
        listed = self.find(called)
        return called if listed is None else listed.name

    def printed(self, short: str) -> str | None:
        """The name of the department that documents print so (公安); None where the county has none."""
        listed = self.find(short) or next((one for one in self.departments if short in one.name), None)
        return None if listed is None else listed.name

    def unknown(self, called: str) -> str:
        """The sentence for a name that is not on the list."""
        alike = [one.name for one in self.departments if set(plain_name(called)) & set(plain_name(one.name))]
        near = sorted(alike, key=lambda name: -len(set(plain_name(called)) & set(plain_name(name))))[:_ALIKE]
        listed = f"相近的有：{'、'.join(near)}" if near else "名单是空的"
        return (
            f"本县的部门名单里没有“{called}”（{listed}）。请改成名单里的名称；"
            "确是另一个部门的，请县级民政部门先在“分工”页的“部门名单”中加上。"
        )


def departments(printed: Iterable[str]) -> tuple[str, ...]:
    """The departments a list of 责任单位 prints, by short names, in its order; governments, villages are none."""
    recognised = map(_department, printed)
    return tuple(dict.fromkeys(short for short in recognised if short is not None))


@lru_cache(maxsize=4096)
def _department(name: str) -> str | None:
    plain = _without_governments(name)
    return next((short for short in _DEPARTMENTS if short in plain), None)


def only_departments(words: str) -> tuple[str, ...]:
    """The departments, where the words list nothing but departments (``工会、共青团、妇联等群团组织``); else none."""
    units = _units(words)
    return () if None in units else tuple(dict.fromkeys(unit for unit in units if unit is not None))


def departments_in_charge(sentence: str) -> tuple[str, ...]:
    """The departments among the subjects of a sentence ``… 要 …`` or ``… 应 …`` (``公安机关和执行机关应…``)."""
    subject, *rest = _SUBJECT.split(sentence, maxsplit=1)
    return tuple(dict.fromkeys(unit for unit in _units(subject) if unit is not None)) if rest else ()


def _units(words: str) -> list[str | None]:
    matches = (_WHOLE.fullmatch(part.strip()) for part in _BETWEEN.split(words))
    return [None if match is None else match["short"] for match in matches]


def _without_governments(name: str) -> str:
    """The name with what would be mistaken for a department taken out: 乡镇人民政府 holds 民政; 成员单位 are none."""
    return "" if "成员单位" in name else name.replace("人民政府", "政府")


def usual_list(county: str, known: Iterable[str] = ()) -> DepartmentList:
    """The departments a county usually has, each with what else it is called; ``known``: names the county uses."""
    names = tuple(known)
    shorts: dict[str, list[str]] = {}
    for short, usual in _DEPARTMENTS.items():
        shorts.setdefault(usual, []).append(short)
    listed = []
    for usual, printed in shorts.items():
        own = (unit for unit in names if unit.endswith(usual) or _department(unit) in printed)
        whole = f"{county}{usual}"
        name = next(own, whole)
        former = (f"{county}{short}" for short in printed if short.endswith(_WHOLE_NAMES))
        called = dict.fromkeys((whole, f"县{usual}", f"{county[-1:]}{usual}", usual, *printed, *former))
        listed.append(Department(name, tuple(alias for alias in called if alias != name)))
    usual_ones = DepartmentList(tuple(listed))
    others = (unit for unit in dict.fromkeys(names) if usual_ones.find(unit) is None)
    return DepartmentList((*usual_ones.departments, *map(Department, others)))


def named_units(listed: DepartmentList, printed: Iterable[str]) -> tuple[str, ...]:
    """The county's own names of the departments a document prints; those it has not are left out."""
    names = (listed.printed(short) for short in printed)
    return tuple(dict.fromkeys(name for name in names if name is not None))


def plain_name(name: str) -> str:
    """The name as names are compared: without spaces, of one width."""
    return "".join(unicodedata.normalize("NFKC", name).split())
