"""What is warned of and not refused: seen where it stands, and not in the words of official texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workflow.office_room import COORDINATOR, NOW
from workflow.personal_hints import entry_hints, hints
from workflow.privacy import identifiers
from workflow.submission.saving import Edit, save
from workflow.targets import Target

ROOT = Path(__file__).parents[2]
CARD, OLD, NAME = "像银行卡号的数字", "像15位旧身份证号的数字", "“姓名：”后面的人名"
AGE, PLACE = "像是写在一起的人名和年龄", "像是写在一起的村（社区）和人名"
FEW = "某个村（社区）只有一两个人的数量，容易认出是谁"
TOLD = [
    ("6222 0212 3456 7890 128", CARD),
    ("卡号４１１１１１１１１１１１１１１１", CARD),
    ("4111-1111-1111-1111", CARD),
    ("证号110105491231002", OLD),
    ("110105 491231 002", OLD),
    ("儿童姓名：张小明", NAME),
    ("姓 名： 张小明", NAME),
    ("儿童张小明（8岁）、李小红（9岁）", AGE),
    ("张小明，男，12岁", AGE),
    ("学生欧阳小明 今年9周岁", AGE),
    ("大河村：张小明、李小红", PLACE),
    ("张小明（大河村）、王红（小河村）", PLACE),
    ("大河村留守儿童2名", FEW),
    ("红星社区残疾儿童一人已转介", FEW),
]
NOT_TOLD = [
    "统一社会信用代码91350211M000100Y46",
    "村（社区）代码530102001001",
    "甲民发〔2018〕4号、甲财社〔2018〕36号",
    "2017-01-01 2017-02-02",
    "12345678901234567890123",
    "110105491231002.50元",
    "姓名：",
    "姓名：______",
    "姓名：某某",
    "不满16岁的未成年人，高于16岁的除外",
    "儿童安全、16岁以下",
    "各村、社区、学校",
    "大河村、小河村、红星社区",
    "每个村1名儿童主任",
    "大河村儿童主任1名",
    "大河村留守儿童12名",
    "大河村儿童之家2个",
    "全县行政村2个",
    "县级民政部门 | 193 | 187 | 380 | 64",
]


@pytest.mark.parametrize(("text", "words"), TOLD)
def test_what_may_name_somebody_is_told_and_never_refused(text: str, words: str) -> None:
    assert hints(text) == (words,)
    assert identifiers(text) == ()


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_names_nobody_is_let_through(text: str) -> None:
    assert hints(text) == ()
    assert identifiers(text) == ()


def test_official_texts_and_samples_name_nobody() -> None:
    places = ("indicators/**/*.yaml", "sample_submissions/*.yaml", "docs/**/*.md", "workflow/demo/*.py")
    looked_at = [path for place in places for path in ROOT.glob(place)]
    lines = [line for path in looked_at for line in path.read_text(encoding="utf-8").splitlines()]
    phones = re.compile("(leader_phone|contact_phones): ")  # where a mobile number belongs
    assert len(lines) > 15_000
    assert {line for line in lines if hints(line) or (identifiers(line) and not phones.search(line))} == set()


def test_a_few_in_a_village_given_one_by_one_are_told() -> None:
    target = Target.local_answer("p", "c")
    assert entry_hints(target, {"each": {"大河村": 2, "小河村": 12}}) == (
        f"地方文件对照里有{FEW}。请再看一遍：能认出某个儿童或家庭的，请删去，改写件数、编号或节录。",
    )
    assert entry_hints(target, {"each": {"大河乡": 2}}) == ()


def test_a_save_tells_where_and_keeps_it(office, draft) -> None:
    target = Target.evidence("E01")
    saved = save(office, COORDINATOR, draft, [Edit(target, {"title": "大河村：张小明、李小红"}, 0)], NOW)
    assert saved.versions[target] == 1
    assert [told.partition("。")[0] for told in saved.warnings] == [f"佐证材料 E01的题名里有{PLACE}"]
    assert "张小明" not in saved.warnings[0]
    again = save(office, COORDINATOR, draft, [Edit(target, {"title": "大河村名册"}, 1)], NOW)
    assert again.warnings == ()
