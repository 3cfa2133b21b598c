"""The exchange file there and back: nothing is lost, whatever was typed, and what is written a person can edit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators import ProblemsError, load_library
from scoring.exchange.reading import read_submission_data
from scoring.exchange.writing import submission_data, write_submission, write_submission_json
from scoring.submission import (
    Answer,
    Attachment,
    Covered,
    EvidenceItem,
    Finding,
    Form,
    Judged,
    Judgement,
    Opinion,
    Part,
    SiteVisit,
)
from tests.scoring.exchange.county_file import HEAD, read
from tests.scoring.filling import fill

HOSTILE = {
    "yaml syntax": "a: b # c\n- d: [e, {f}]",
    "quotes": "“甲”说：\"乙\"，'丙' \\ \\n",
    "looks like a number": "0123",
    "looks like a date": "2018-06-30",
    "looks like true": "true",
    "looks like null": "~",
    "leading blanks": "  甲\n 乙",
    "trailing blanks": "甲  \n乙  ",
    "trailing line ends": "甲\n\n\n",
    "one trailing line end": "甲\n乙\n",
    "only line ends": "\n\n",
    "blank line in the middle": "甲\n\n  乙\n",
    "line of blanks": "甲\n   \n乙",
    "carriage returns": "甲\r\n乙\r",
    "tabs": "\t甲\t乙",
    "tab in a block": "甲\n\t乙",
    "controls": "a\x01b\x07c\x1b[31m",
    "delete and C1": "a\x7fb\x85c\x9f",
    "line separators": "甲\u2028乙\u2029丙",
    "bidi and zero width": "甲\u202e乙\u200b丙\ufeff",
    "emoji": "👩‍👧‍👦 甲 🏠",
    "beyond the basic plane": "䶮𬭩𬱖㑇㛃",
    "noncharacters": "a\ufffeb\uffffc",
    "document marks": "---\n...\n%YAML 1.1\n--- !!str",
    "comment first": "# 不是注释\n甲",
    "templates": "{where} {{x}} %s ${HOME} <script>",
    "indicators of yaml": "| > & * ! % @ `",
    "empty": "",
    "long Latin": "x" * 10_000,
    "a hundred thousand characters": "甲乙丙丁。" * 20_000,
    "many lines": "\n".join(f"第{n}行" for n in range(2000)),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("write", [write_submission, write_submission_json])
def test_hostile_text_survives_exactly(name, write):
    text = HOSTILE[name]
    filled = read(HEAD)
    submission = replace(
        filled,
        shows=text,
        form=Form(unit_name=text, narrative=text),
        answers={"3.3.2": Answer(claim="met", note=text, judgements={"ceiling_raised": Judgement(True, text)})},  # noqa: FBT003 - the judgement itself
        evidence={"E1": EvidenceItem(title=text, document_number=text, box=text, order=text)},
        site_visits=(SiteVisit("province", people=(text,), notes=text, rows={"3.3.2": text}),),
        opinions={"province": Opinion(text=text)},
    )
    assert read(write(submission)) == submission


def _full():
    photos = (Attachment("甲.jpg", "a" * 64), Attachment("乙.png", "b" * 64))
    filled = fill(list(load_library().standards.values()))
    answers = {
        **filled.answers,
        "1.1.1": replace(filled.answers["1.1.1"], claims={"national-2018": "not_met"}, note="分管领导负责"),
        "3.3.2": replace(
            filled.answers["3.3.2"],
            measures={"out_of_pocket_reimbursement": Part(Decimal("812000.50"), None), "aided_groups": ()},
        ),
        "4.5.1": Answer(nil_return="G1", measures={"guardians_admonished": Covered(0, 0)}),
        "4.5.2": Answer(measures={"cases_handled": Covered()}, evidence={"other": ("G1",)}),
        "5.3.1": Answer(),
        "1.1.3": replace(filled.answers["1.1.3"], measures={"county_meetings": {"total": 3}}),
    }
    return replace(
        filled,
        shows="样例",
        facts={**filled.facts, "many_disabled_children": Judged(None, "待核"), "fixed_hours_feasible": Judged()},
        answers=answers,
        evidence={
            **filled.evidence,
            "E2": EvidenceItem(),
            "佐证-3": EvidenceItem(sha256="0" * 64, pages=1, file="a b.pdf"),
        },
        findings={
            "prefecture": {},
            "province": {
                "1.1.1": Finding("met", ("site_visit",), "看过", date(2018, 7, 1), {"other": ("G1",)}),
                "4.3.1": Finding("not_met", measures={"cases_notified": "not_met", "fulfilment": "met"}),
            },
        },
        site_visits=(
            SiteVisit("province"),
            SiteVisit(
                "prefecture",
                date(2018, 7, 2),
                ("甲乡",),
                (),
                "好",
                ("科长",),
                {"V1": "看过"},
                photos,
            ),
        ),
        opinions={"county_government": Opinion("同意", date(2018, 6, 1), "甲县人民政府"), "province": Opinion()},
    )


def test_everything_a_submission_can_hold_comes_back_from_yaml():
    assert read(write_submission(_full())) == _full()


def test_everything_a_submission_can_hold_comes_back_from_json():
    written = write_submission_json(_full())
    assert read(written) == _full()
    assert json.loads(written)["format"] == 1


@pytest.mark.parametrize(
    "number", ["0", "7", "0.10", "812000.50", "123456789012345678901234567890", "0.000000000000001"]
)
def test_numbers_keep_their_digits(number):
    filled = read(HEAD)
    value = Decimal(number) if "." in number else int(number)
    answer = Answer(measures={"out_of_pocket_reimbursement": Part(value, 1)})
    submission = replace(filled, answers={"3.3.2": answer})
    again = read(write_submission(submission)).answers["3.3.2"].measures["out_of_pocket_reimbursement"]
    assert again.numerator == value
    assert type(again.numerator) is type(value)


def test_what_no_file_can_carry_becomes_visible():
    submission = replace(read(HEAD), shows="甲\x00乙\ud800丙")
    assert read(write_submission(submission)).shows == "甲\ufffd乙\ufffd丙"


def test_codes_dates_and_ids_are_written_in_quotes():
    written = write_submission(_full())
    assert 'division: {code: "990121", name: "甲县"}' in written
    assert '{from: "2017-01-01", to: "2018-06-30"}' in written
    assert '\n  "1.1.1":\n' in written


def test_a_narrative_of_several_lines_is_a_block_a_person_can_edit():
    submission = replace(read(HEAD), form=Form(narrative="一、概况\n甲县位于东部。\n\n二、做法"))
    assert "  narrative: |-\n    一、概况\n    甲县位于东部。\n\n    二、做法\n" in write_submission(submission)


@pytest.mark.parametrize("number", [Decimal("1E+400"), Decimal("1E-400"), Decimal("NaN"), Decimal("Infinity"), 10**30])
def test_a_number_no_file_could_hold_is_refused_from_a_program_too(number):
    library = load_library()
    data = submission_data(read(HEAD))
    for extra in (
        {"facts": {"population": number}},
        {"answers": {"3.3.2": {"measures": {"out_of_pocket_reimbursement": {"numerator": number}}}}},
        {"local": {"answers": {"panzhihua-2017": {"severe_disability_minimum_living": number}}}},
    ):
        with pytest.raises(ProblemsError, match="数字过大或过小"):
            read_submission_data(data | extra, "甲县", library)
