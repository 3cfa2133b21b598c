"""盖章扫描件: attached to a level's opinion, also once it is given, until the next level acts; travels and is voided
with it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from storage.care.integrity import inspect_store
from storage.clock import local_date
from tests.workflow.office_room import (
    COORDINATOR,
    GOVERNMENT,
    NOW,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    good_finding,
    move,
    opened_by,
    write,
)
from tests.workflow.story_steps import find_all, give_opinion
from workflow.errors import Refused
from workflow.procedure.situation import RequestedItem
from workflow.submission.tracing import history_of
from workflow.submission.uploads import Upload, attach_file, read_file
from workflow.targets import Target

PDF = b"%PDF-1.7\n%%EOF\n"
OURS, THEIRS = Target.scan("county_government"), Target.scan("prefecture")


def attached(office, who, number: int, target: Target, file: tuple[str, bytes] = ("盖章.pdf", PDF)) -> str:
    """Upload and save it; its SHA-256."""
    name, data = file
    kept = attach_file(office, who, number, Upload("", name, data, target), NOW)
    write(office, who, number, (target, {"file": kept.name, "sha256": kept.sha256}))
    return kept.sha256


def refused(act, *given: object) -> str:
    with pytest.raises(Refused) as caught:
        act(*given)
    return "；".join((caught.value.code, *caught.value.reasons))


def test_a_scan_is_attached_replaced_and_taken_off_until_the_next_level_acts(office, draft) -> None:
    move(office, COORDINATOR, draft, "hand_over")
    named = {"file": "盖章.pdf", "sha256": "0" * 64}
    assert "还没有保存推荐意见" in refused(attached, office, GOVERNMENT, draft, OURS)
    give_opinion(office, GOVERNMENT, draft, "county_government")
    assert "没有上传到本申报" in refused(write, office, GOVERNMENT, draft, (OURS, named))
    assert "不是扫描件" in refused(attached, office, GOVERNMENT, draft, OURS, ("盖章.docx", PDF))
    assert "wrong_role" in refused(attached, office, COORDINATOR, draft, OURS)
    first = attached(office, GOVERNMENT, draft, OURS)
    move(office, GOVERNMENT, draft, "release")
    assert "wrong_state" in refused(write, office, GOVERNMENT, draft, (Target.opinion("county_government"), None))
    picture = io.BytesIO()
    Image.new("RGB", (4, 2)).save(picture, "PNG")
    second = attached(office, GOVERNMENT, draft, OURS, ("盖章.png", picture.getvalue()))
    for who in (COORDINATOR, PREFECTURE, PROVINCE, OBSERVER):
        scan = opened_by(office, who, draft).content.opinions["county_government"].scan
        assert (scan.file, scan.sha256) == ("盖章.png", second)
        assert read_file(office, who, draft, second)[0].name == "盖章.png"
        assert "not_found" in refused(read_file, office, PREFECTURE, draft, first)  # taken off, the county's alone
    assert read_file(office, GOVERNMENT, draft, first)[1] == PDF
    write(office, GOVERNMENT, draft, (OURS, None))
    attached(office, GOVERNMENT, draft, OURS)
    assert len(history_of(office, GOVERNMENT, draft, [OURS])) == 4
    later = NOW + timedelta(hours=1)
    write(office, PREFECTURE, draft, (Target.finding("prefecture", "1.1.1"), good_finding("1.1.1")), now=later)
    assert "wrong_state" in refused(attached, office, GOVERNMENT, draft, OURS)
    assert inspect_store(office.store).faults == ()


def test_a_scan_not_given_yet_is_its_level_s_alone_and_goes_with_its_opinion(office, draft) -> None:
    move(office, COORDINATOR, draft, "hand_over")
    give_opinion(office, GOVERNMENT, draft, "county_government")
    attached(office, GOVERNMENT, draft, OURS)
    move(office, GOVERNMENT, draft, "release")
    find_all(office, PREFECTURE, draft, "prefecture")
    give_opinion(office, PREFECTURE, draft, "prefecture")
    digest = attached(office, PREFECTURE, draft, THEIRS, ("市盖章.pdf", PDF + b"\n"))
    for who in (COORDINATOR, GOVERNMENT, PROVINCE, OBSERVER):
        assert "not_found" in refused(read_file, office, who, draft, digest)
    items = (RequestedItem("V2", "缺公安机关的比对证明材料"),)
    before = {t: opened_by(office, PREFECTURE, draft).entries[t].body for t in (OURS, THEIRS)}
    move(office, PREFECTURE, draft, "prefecture_return", items=items, due=local_date(NOW))
    assert not {OURS, THEIRS} & set(opened_by(office, PREFECTURE, draft).entries)
    move(office, PREFECTURE, draft, "prefecture_take_back", reason="所列材料经核对没有问题，收回重新办理")
    entries = opened_by(office, PREFECTURE, draft).entries
    assert {t: entries[t].body for t in before} == before
    move(office, PREFECTURE, draft, "prefecture_recommend")
    assert read_file(office, COORDINATOR, draft, digest)[0].name == "市盖章.pdf"
