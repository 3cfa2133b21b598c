"""Every form marks the field that a refusal names (`test_faults`: until something else stands there)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ui.seeded import Screen, submission

pytestmark = pytest.mark.day_shown

CONTROL = "一\x00"  # what no field may hold
# Who, on which page, of which county; what is filled in, which button is pressed, which field is marked.
FORMS = [
    (
        "jiaxian_minzheng",
        "application",
        {},
        {"text_area form|narrative|value": CONTROL},
        "save-form",
        "form|narrative|value",
    ),
    (
        "jiaxian_minzheng",
        "assignments",
        {},
        {"multiselect assignment|+|rows": ["1.1.1"], "multiselect assignment|+|units": ["局" * 61]},
        "save-assignment",
        "assignment|+|units",
    ),
    (
        "jiaxian_minzheng",
        "assignments",
        {},
        {
            "button_group |assign-what": "地方文件",
            "button_group |assign-local|kind": "逐项",
            "multiselect |what|逐项": ["六（二）　公安部门"],
            "multiselect /+|units": ["局" * 61],
        },
        "save-local-assignment",
        "assignment|local/xuchang-2017-38/+|units",
    ),
    (
        "jiaxian_minzheng",
        "local",
        {},
        {"text_input |date": "去年"},
        "save-on-local/xuchang-2017-38/三",
        "local|xuchang-2017-38/classified_protection|date",
    ),
    (
        "yanshizhou",
        "basic_appraisal",
        {"county": "丁市", "row": "4.2.1"},
        {"text_area |reason": CONTROL, "radio |finding": "met"},
        "|4.2.1|save",
        "finding.prefecture|4.2.1|reason",
    ),
    (
        "yanshizhou",
        "basic_appraisal",
        {"county": "丁市", "row": "4.2.1"},
        {},
        "|4.2.1|save",
        "finding.prefecture|4.2.1|finding",
    ),
    (
        "yanshizhou",
        "basic_appraisal",
        {"county": "丁市", "row": "4.3.1"},
        {"radio |finding": "met", "checkbox |methods|resident_visit": True},
        "|4.3.1|save",
        "finding.prefecture|4.3.1|methods|resident_visit",
    ),
    (
        "yanshizhou",
        "basic_appraisal",
        {"county": "丁市", "row": "4.3.1"},
        {"radio |finding": "met", "selectbox |measures|fulfilment": "not_met"},
        "|4.3.1|save",
        "finding.prefecture|4.3.1|measures|fulfilment",
    ),
    (
        "yanshizhou",
        "basic_appraisal",
        {"county": "丁市", "view": "opinion"},
        {"text_area |text": CONTROL},
        "save-opinion",
        "opinion.prefecture|-|text",
    ),
    (
        "yanshizhou",
        "basic_appraisal",
        {"county": "丁市", "view": "agree"},
        {
            "checkbox confirming|prefecture|methods|document_review": True,
            "date_input confirming|prefecture|date": date(2024, 1, 1),
        },
        "|agree|write",
        "confirming|prefecture|date",
    ),
    (
        "yanshizhou",
        "basic_appraisal",
        {"county": "丁市", "view": "agree"},
        {
            "radio vetoes|prefecture|alike": "clear",
            "checkbox vetoes|prefecture|methods|document_review": True,
            "text_area V1|reason": "向公安、信访两家逐件核对案件台账",
            "text_area V2|reason": "逐户比对信息系统与民政台账",
        },
        "|agree|vetoes",
        "finding.prefecture|V3|reason",
    ),
    (
        "yanshizhou",
        "basic_appraisal",
        {"county": "丁市", "view": "decide"},
        {"checkbox |prefecture_decline|sure": True},
        "|prefecture_decline",
        "move|prefecture_decline|reason",
    ),
]


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case[-1])
def test_a_refusal_marks_its_field(office, case):
    who, page, query, typed, button, at_fault = case
    county = query.get("county")
    place = {"s": str(submission(office, county).id)} if county else {}
    screen = Screen(office, who, page, **place, **{name: to for name, to in query.items() if name != "county"})
    for field, value in typed.items():
        kind, ending = field.split(" ")
        screen.fill(kind, ending, value)
    screen.press(button)
    assert screen.at_fault == {at_fault}, screen.text[:1500]
