"""申报材料汇编 from the store: the material its reader may read, what it lacks in words, whole or called off."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pypdf import PdfReader

from templates.documents.progress import Cancelled
from tests.workflow.office_room import COORDINATOR, NEIGHBOUR, NOW, PREFECTURE, opened_by, person, write
from workflow.errors import Refused
from workflow.papers.offered import offered_paper
from workflow.people import Role
from workflow.submission.uploads import Upload, attach_file
from workflow.tables.asked import Asked
from workflow.targets import Target


@pytest.fixture
def attached(office, draft):
    """Two entries of the register with one file of two pages."""
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page()
        pdf.save(stream)
    first, second = sorted(opened_by(office, COORDINATOR, draft).content.evidence)[:2]
    kept = attach_file(office, COORDINATOR, draft, Upload(first, "办法.pdf", stream.getvalue()), NOW)
    entries = opened_by(office, COORDINATOR, draft).entries
    file = {"file": "办法.pdf", "sha256": kept.sha256}
    for number in (first, second):
        target = Target.evidence(number)
        write(office, COORDINATOR, draft, (target, dict(entries[target].body) | file))
    write(office, COORDINATOR, draft, (Target.evidence("E90"), {"title": "没有文件的纪要", "kind": "minutes"}))
    return draft, first, second


def package(office, who, submission, tell=None, level="county", **more):
    query = {"s": [str(submission)], "level": [level], **more}
    asked = Asked(office, who, NOW, query) if tell is None else Asked(office, who, NOW, query, tell)
    return offered_paper("package", asked, "pdf")


def test_it_holds_what_has_a_file_and_names_what_has_none(office, attached):
    submission, first, second = attached
    told = []
    made = package(office, COORDINATOR, submission, lambda done, of: told.append((done, of)))
    assert made.name.endswith("申报材料汇编-县级.pdf")
    reader = PdfReader(io.BytesIO(made.document.content))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles == ["申报表", "自评报告", "佐证材料目录", "佐证材料"]
    assert [entry.title.partition("　")[0] for entry in reader.outline[-1]] == [first, second]
    count = len(opened_by(office, COORDINATOR, submission).content.evidence)
    assert told[-1] == (count, count)
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    assert f"随后附材料2件，未附{count - 2}件" in text
    assert "未附：没有上传文件" in text


def test_only_the_chosen_are_in_it(office, attached):
    submission, _, second = attached
    made = package(office, COORDINATOR, submission, evidence=[second])
    assert [e.title.partition("　")[0] for e in PdfReader(io.BytesIO(made.document.content)).outline[-1]] == [second]


def test_it_can_be_called_off(office, attached):
    def enough(_done, _of):
        raise Cancelled

    with pytest.raises(Cancelled):
        package(office, COORDINATOR, attached[0], enough)


@pytest.mark.parametrize(
    ("who", "more", "code"),
    [
        (person(Role.COUNTY_COORDINATOR, NEIGHBOUR), {}, "not_found"),
        (PREFECTURE, {}, "not_found"),  # not handed over yet
        (COORDINATOR, {"evidence": ["E99"]}, "not_found"),
        (COORDINATOR, {"level": "province"}, "not_given"),
    ],
)
def test_who_may_not_read_it_gets_none(office, draft, who, more, code):
    with pytest.raises(Refused) as caught:
        package(office, who, draft, **more)
    assert caught.value.code == code
