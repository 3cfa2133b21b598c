"""Forms × ways out × presses as data, and which of the combinations every test run plays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

Found = Literal["在原处", "在页上", "已保存", "问过", "丢失"]
LOST: Found = "丢失"


@dataclass(frozen=True, slots=True)
class FormOnPage:
    """A form: how to reach it, and the field something is typed into.

    ``address``: ``{s}`` stands for the county's submission. ``kind``, ``key``, ``field``: of the field's key
    (`ui.form_keys.FormKey`); an empty ``key`` or a ``field`` that ends in ``*`` takes the first that fits.
    ``steps``: what to do before the field is there: ``open:`` a folded part, ``choose:LABEL=`` an option, ``sample:``.
    ``besides``: other fields without which the form saves nothing, filled first: ``FIELD=`` a text or an option.
    ``row``, ``section``: beginnings of what to press in the choosers; ``onward``: whether there is 下一项.
    ``menu``: another page of this role's menu. ``number``: the field takes figures. ``enter``: what is typed counts
    once Enter is pressed.
    """

    name: str
    account: str
    address: str
    kind: str
    key: str
    field: str
    save: str
    menu: str
    county: str = ""
    steps: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    row: str = ""
    section: str = ""
    onward: bool = False
    number: bool = False
    enter: bool = False


_JIA, _ZHOU, _SHENG = "jiaxian_minzheng", "yanshizhou", "yanshisheng"
FORMS = (
    FormOnPage(
        "自评", _JIA, "assess?s={s}&row=1.1.2", "answer", "1.1.2", "note", "保存修改", "县情", "甲县",
        row="1.1.3", section="救助保护机制", onward=True,
    ),
    FormOnPage(
        "一票否决", _JIA, "assess?s={s}&row=V2", "veto", "V2", "note", "保存修改", "县情", "甲县",
        row="V3", section="领导协调机制", onward=True,
    ),
    FormOnPage("县情", _JIA, "facts?s={s}", "fact", "population", "value", "保存县情", "材料登记", "甲县", number=True),
    FormOnPage("申报表", _JIA, "application?s={s}", "form", "narrative", "value", "保存申报表栏目", "县情", "甲县"),
    FormOnPage(
        "材料", _JIA, "register?s={s}", "evidence", "E02", "title", "保存材料", "县情", "甲县",
        steps=("choose:选择材料=E02",), row="choose:选择材料=E03",
    ),
    FormOnPage(
        "新材料", _JIA, "register?s={s}", "evidence", "+", "title", "保存材料", "县情", "甲县",
        steps=("choose:种类=文件",), row="choose:选择材料=E03",
    ),
    FormOnPage(
        "说明提醒", _JIA, "assess?s={s}&row=3.4.1", "explanation", "", "explanation", "保存说明", "县情", "甲县",
        steps=("switch:向评审人员说明提醒",), row="3.4.2", section="救助保护机制", onward=True,
    ),
    FormOnPage("分工", _JIA, "assign?s={s}", "", "", "units", "保存分工", "县情", "甲县", enter=True),
    FormOnPage(
        "县政府意见", "yixian_zhengfu", "government?s={s}", "opinion.county_government", "", "text", "保存意见",
        "县情", "乙县",
    ),
    FormOnPage(
        "认定", _ZHOU, "appraisal?s={s}&view=row&row=5.3.2", "finding.prefecture", "5.3.2", "reason", "保存认定",
        "矩阵", "丁市", row="choose:选择指标=5.4.1", section="推荐意见", onward=True,
    ),
    FormOnPage(
        "市级意见", _ZHOU, "appraisal?s={s}&view=opinion", "opinion.prefecture", "", "text", "保存意见", "矩阵", "丁市",
        section="逐项认定",
    ),
    FormOnPage(
        "补正事项", _ZHOU, "appraisal?s={s}&view=decide", "move", "prefecture_return", "items/*", "退回补正", "矩阵",
        "丁市", section="逐项认定",
    ),
    FormOnPage(
        "实地评估", _SHENG, "assessment?s={s}&view=visits", "site_visit", "", "notes", "保存记录", "矩阵", "戊县",
        section="逐项认定", besides=("places=县救助站", "methods=现场查看"),
    ),
    FormOnPage(
        "存疑", _ZHOU, "appraisal?s={s}&view=row&row=5.4.1", "doubt.prefecture", "5.4.1", "reason", "保存存疑", "矩阵",
        "丁市", row="choose:选择指标=5.3.2", section="推荐意见", onward=True, steps=("switch:存疑",),
        besides=("settles=补交经办人签字的台账复印件",),
    ),
    FormOnPage(
        "备注", _ZHOU, "appraisal?s={s}&view=row&row=5.1.2", "note.prefecture", "+5.1.2", "text", "保存备注", "矩阵",
        "丁市", row="choose:选择指标=5.3.2", section="推荐意见", onward=True, steps=("switch:写备注",),
    ),
    FormOnPage(
        "否决的认定", _ZHOU, "appraisal?s={s}&view=agree", "", "", "reason*",
        "保存一票否决的认定", "矩阵", "丁市", section="逐项认定",
    ),
    FormOnPage(
        "评估计划", _SHENG, "assessment?s={s}&view=visits", "visit_plan.province", "", "note", "保存计划", "矩阵",
        "戊县", section="逐项认定", steps=("open:实地评估计划",),
    ),
    FormOnPage(
        "办理的理由", "yixian_zhengfu", "government?s={s}", "move", "hand_back", "reason", "退回县级民政部门", "县情",
        "乙县", steps=("open:其他办理",),
    ),
    FormOnPage("账号", "guanliyuan", "accounts", "account", "+", "display_name", "新增账号", "批次"),
    FormOnPage(
        "试算", "guanchayuan", "trial", "answer", "1.1.2", "note", "保存修改", "标准",
        steps=("sample:01-fully-eligible", "page:逐项填报", "choose:选择指标=1.1.2"),
        row="choose:选择指标=1.1.3", onward=True,
    ),
)  # fmt: skip

COUNTY_SIDE = tuple(form for form in FORMS if form.county == "甲县")
OTHER_SIDES = tuple(form for form in FORMS if form.county != "甲县")

ROW, SECTION, ONWARD, MENU, WORKBENCH = "指标选择", "项目选择", "下一项", "菜单", "工作台"
SAVE, BACK, RELOAD, CLOSE = "保存", "后退", "刷新", "关闭"
POINTED = (ROW, SECTION, ONWARD, MENU, WORKBENCH, SAVE)
UNPOINTED = (BACK, RELOAD, CLOSE)
WAYS = (*POINTED, *UNPOINTED)

TOUCH, COMPOSING = "触摸", "输入法未上屏"
MOUSE = {"0 毫秒": 0, "20 毫秒": 20, "60 毫秒": 60, "150 毫秒": 150}
PRESSES = (*MOUSE, TOUCH, COMPOSING)
MOST = 40  # cases in every run
# Nothing is pressed on a page that is reloaded or closed: there these are the pause since the last letter.
_PAUSES = ("0 毫秒", "150 毫秒", COMPOSING)


@dataclass(frozen=True, slots=True)
class Case:
    """One combination."""

    form: FormOnPage
    way: str
    press: str

    @property
    def name(self) -> str:
        """In words."""
        return f"{self.form.name}-{self.way}-{self.press}"

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The pairs of values it tries together."""
        return frozenset(combinations(self.values, 2))

    @property
    def values(self) -> tuple[str, str, str]:
        """The three values, each told from the others' kinds."""
        return f"表 {self.form.name}", f"路 {self.way}", f"按 {self.press}"


def ways_of(form: FormOnPage) -> tuple[str, ...]:
    """The ways out that its page has."""
    absent = {ROW: not form.row, SECTION: not form.section, ONWARD: not form.onward}
    return tuple(way for way in WAYS if not absent.get(way, False))


def all_cases() -> tuple[Case, ...]:
    """Every combination there is, form by form."""
    return tuple(
        Case(form, way, press)
        for form in FORMS
        for way, press in product(ways_of(form), PRESSES)
        if way in POINTED or press in _PAUSES
    )


def chosen(cases: Iterable[Case], most: int) -> tuple[Case, ...]:
    """At most so many of them: each tries the most pairs not tried yet; of equals the one of least used values."""
    left, tried, used, taken = list(cases), set[tuple[str, str]](), Counter[str](), []
    while left and len(taken) < most:
        best = max(left, key=lambda case: (len(case.pairs - tried), -sum(used[value] for value in case.values)))
        taken.append(best)
        left.remove(best)
        tried |= best.pairs
        used.update(best.values)
    return tuple(taken)


def of_every_run(forms: Iterable[FormOnPage]) -> tuple[Case, ...]:
    """The cases of these forms that `make test` plays, form by form: the tab one ends in is where the next begins."""
    wanted = [*forms]
    cases = (case for case in chosen(all_cases(), MOST) if case.form in wanted)
    return tuple(sorted(cases, key=lambda case: wanted.index(case.form)))
