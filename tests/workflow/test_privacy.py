"""Personal identifiers: found in whatever dress, and not seen where there are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from workflow.errors import Refused
from workflow.privacy import identifiers, masked, refuse_identifiers, refuse_identifiers_in_text
from workflow.targets import Target

IDENTITY = "11010519491231002X"
FOUND = [
    "11010519491231002X",
    "11010519491231002x",
    "440308199901101512",
    "身份证号11010519491231002X，男",
    "附件3-11010519491231002X号",
    "110105 1949 1231 002X",
    "110105-19491231-002X",
    "110105\n19491231\n002X",
    "110105·19491231·002X",
    "１１０１０５１９４９１２３１００２Ｘ",
    "110105\u200b19491231\u200b002X",
    "110105\u206019491231\ufeff002X",
    "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X",
    "序号7 11010519491231002X",
    "5 110105 19491231 002X",
]
NOT_FOUND = [
    "110105194912310021",  # the check digit is wrong
    "2017-01-01 2017-02-02 2017-03-03 2018-01-01 2018-02-02 2018-03-03",
    "甲民发〔2017〕27号、甲财社〔2018〕36号",
    "统一社会信用代码91530000MA6K5Y5B4X",
    "共计 1,234,567.89 元",
    "0990-5521018",
    "申报期2017年1月1日至2018年6月30日",
    "000000000000000000",
    "统一社会信用代码123400004161784185",  # digits alone; an identity number by its last digit, but with no birthday
    "见指标1.1.1、4.1.1、5.3.2、3.3.1、2.1.2",
    "村（社区）代码530102001001、530102001002",
    "电话0871-65731234、0871-12345",
]


@pytest.mark.parametrize("text", FOUND)
def test_an_identity_number_is_found_in_any_dress(text: str) -> None:
    assert identifiers(text) == ("18位公民身份号码",)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_no_identity_number_is_let_through(text: str) -> None:
    assert identifiers(text) == ()


def test_runs_of_dates_are_never_taken_for_an_identity_number() -> None:
    months = [f"2017-{month:02d}-{day:02d}" for month in range(1, 13) for day in (1, 15, 28)]
    for at in range(len(months) - 4):
        for joint in (" ", "、", "\n"):
            assert identifiers(joint.join(months[at : at + 4])) == ()


@pytest.mark.parametrize(
    "text", ["13812345678", "手机：138-1234-5678", "138 1234 5678", "+8613812345678", "１３８１２３４５６７８"]
)
def test_a_mobile_number_is_found_and_allowed_in_phone_fields_only(text: str) -> None:
    assert identifiers(text) == ("11位手机号码",)
    assert identifiers(text, phones_allowed=True) == ()


@pytest.mark.parametrize("text", ["12345678901", "0990-1234567", "211381234567", "热线12345、12355"])
def test_other_numbers_are_no_mobile_numbers(text: str) -> None:
    assert identifiers(text) == ()


def test_an_identity_number_written_as_a_figure_is_found() -> None:
    for figure in (440308199901101512, Decimal(440308199901101512)):
        with pytest.raises(Refused):
            refuse_identifiers(Target.answer("3.3.2"), {"measures": {"x": figure}})


def test_an_identity_number_as_a_key_is_found() -> None:
    with pytest.raises(Refused):
        refuse_identifiers(Target.answer("3.3.2"), {"measures": {"11010519491231002X": 1}})


def test_a_file_s_digest_is_no_one_s_number() -> None:
    digest = "a13812345678" + "b" * 33 + "c11010519491231002"
    digest = digest[:64].ljust(64, "d")
    assert identifiers(digest)
    refuse_identifiers(Target.evidence("E01"), {"sha256": digest})
    with pytest.raises(Refused):
        refuse_identifiers(Target.evidence("E01"), {"title": digest})


def test_the_refusal_says_where_and_never_repeats_the_number() -> None:
    with pytest.raises(Refused) as caught:
        refuse_identifiers(Target.answer("3.3.2"), {"judgements": {"a": {"reason": "11010519491231002X"}}})
    assert "指标 3.3.2的理由" in str(caught.value)
    assert "1101" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        *(f"110105{joint}19491231{joint}002X" for joint in "，、/:*|~'−‧・,;；：＊｜～"),
        "110105 / 19491231 / 002X",
        "110105\ufe0f19491231\ufe0f002X",
        "110105\u115f19491231\u3164002X",
        "110105\u034f19491231\u0301002X",
        "1️⃣10105194912310️⃣02X",
        "11010519491231002×",
        "11010519491231002Х",
        "110105、19491231、002 ×",
        "4 4 0 3 0 8 1 9 9 9 0 1 1 0 1 5 1 2",
    ],
)
def test_an_identity_number_is_found_whatever_stands_between_its_digits(text: str) -> None:
    assert identifiers(text) == ("18位公民身份号码",)


@pytest.mark.parametrize(
    "text",
    [
        "138.0013.8000",
        "138,0013,8000",
        "138，0013，8000",
        "5、138.0013.8000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "1、3、8、0、0、1、3、8、0、0、0",
        "13800 138000",
        "1380013 8000",
        "013800138000",
        "008613800138000",
        "+86 138 0013 8000",
        "138\ufe0f0013\u31648000",
        "138/0013/8000",
        "138 - 0013 - 8000",
    ],
)
def test_a_mobile_number_is_found_whatever_stands_between_its_digits(text: str) -> None:
    assert identifiers(text) == ("11位手机号码",)


@pytest.mark.parametrize(
    "text",
    [
        "150,000,000.00元",
        "13,800,138,000元",
        "1350000000.50",
        "各乡镇分别为1823、1790、165人",
        "1823，1790，165",
        "1998-12-01 100",
        "1998.12.01、165",
        "13-15岁、16-18岁",
        "甲民发〔2017〕13号、甲民发〔2018〕14号、1500",
    ],
)
def test_money_dates_and_lists_of_figures_are_no_mobile_numbers(text: str) -> None:
    assert identifiers(text) == ()


def test_an_identifier_as_an_entry_s_key_is_not_repeated() -> None:
    with pytest.raises(Refused) as caught:
        refuse_identifiers(Target.evidence("11010519491231002X"), {"title": "材料"})
    assert "1101" not in str(caught.value)
    assert "▇▇" in str(caught.value)


@pytest.mark.parametrize("number", ["11010519491231002X", "110105 19491231 002X", "13812345678", "138-1234-5678"])
def test_what_is_masked_leaves_the_rest(number: str) -> None:
    assert masked(f"指标{number}不存在，第12行") == "指标▇▇不存在，第12行"


@pytest.mark.parametrize(
    ("target", "body", "words"),
    [
        (Target.answer("3.3.2"), {"note": IDENTITY}, "指标 3.3.2的说明含有18位公民身份号码"),
        (Target.assignment("2.1.1"), {"units": [IDENTITY]}, "分工的部门含有"),
        (Target.evidence(IDENTITY), {"title": "名册"}, "佐证材料 ▇▇的编号含有"),
    ],
)
def test_a_refusal_names_the_field_as_people_do_and_never_the_number(target, body, words):
    with pytest.raises(Refused) as caught:
        refuse_identifiers(target, body)
    assert str(caught.value).startswith(words)
    assert IDENTITY not in str(caught.value)
    assert "件数、编号或节录" in str(caught.value)


@pytest.mark.parametrize(
    ("what", "field", "text", "words"),
    [
        ("批次", "title", IDENTITY, "批次的名称含有"),
        ("批次", "id", IDENTITY, "批次含有"),
        ("补正", "第1项", IDENTITY, "补正的第1项含有"),
        ("批次", "reason", f"电话 138-0013-8000 {IDENTITY}", "批次的理由含有"),
        ("上传的文件", "file", f"{IDENTITY}.pdf", "上传的文件的文件名含有"),
    ],
)
def test_a_text_outside_the_entries_is_named_likewise(what, field, text, words):
    with pytest.raises(Refused) as caught:
        refuse_identifiers_in_text(what, field, text)
    assert str(caught.value).startswith(words)
    assert IDENTITY not in str(caught.value)
