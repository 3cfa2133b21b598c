"""A submission between two networks: up with its material, back with the reviewers' words, and nothing else."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from PIL import Image

from scoring.archives.package import Manifest, PackedFile, open_package, write_package
from storage.care.integrity import inspect_store
from tests.workflow.office_room import (
    ADMINISTRATOR,
    COORDINATOR,
    DEPARTMENT,
    DUE,
    GOVERNMENT,
    GOVERNMENT_OPINION,
    NOW,
    OBSERVER,
    PREFECTURE,
    PROVINCE,
    head,
    move,
    opened_by,
    put_at,
    put_everywhere,
    record_of,
    review_content,
    write,
)
from tests.workflow.offline.two_networks import DIGEST, PDF, content_of, packed, taken, taken_up
from tests.workflow.story_steps import find_all, give_opinion
from tests.workflow.submission.test_uploads import photo
from workflow.errors import Refused
from workflow.offline.receiving import plan_package, take_package
from workflow.procedure.situation import RequestedItem
from workflow.rounds.giving import Gift, give
from workflow.states import State
from workflow.submission.uploads import Upload, attach_file
from workflow.targets import Target


def test_explanations_go_up_and_what_a_level_doubts_and_notes_goes_nowhere(office, above, released: int) -> None:
    warned, why = Target.explanation("evidence_kind_differs/4.2.1"), {"explanation": "办法以会议纪要的形式印发，无误"}
    put_everywhere(office, released, {warned: why})
    number = taken_up(office, above, released)
    assert opened_by(above, PREFECTURE, number).entries[warned].body == why
    kept = {
        Target.doubt("prefecture", "3.3.2"): {"reason": "汇总与分月明细相差较大", "settles": "补齐分月的结算明细"},
        Target.note("prefecture", "001"): {"to": "county", "text": "请到财政局再核对一次"},
    }
    put_everywhere(above, number, kept)
    with zipfile.ZipFile(io.BytesIO(packed(above, PREFECTURE, number))) as archive:
        inside = b"".join(map(archive.read, archive.namelist())).decode("utf-8", errors="replace")
    assert why["explanation"] in inside
    assert not [words for body in kept.values() for words in body.values() if words in inside and words != "county"]


def test_up_and_back_again(office, above, released: int) -> None:
    content = remade(packed(office, COORDINATOR, released))
    shown = plan_package(above, ADMINISTRATOR, io.BytesIO(content), NOW)
    assert (shown.standing, [one.name for one in shown.new_files]) == (None, ["办法.pdf"])
    with above.store.read() as tx:
        assert tx.submissions.all() == ()
    assert taken(above, content).new_files == shown.new_files
    with above.store.read() as tx:
        (record,) = tx.submissions.all()
        assert [(file.sha256, file.name) for file in tx.files.all(record.id)] == [(DIGEST, "办法.pdf")]
        assert [one.move for one in tx.moves.all(record.id)] == ["hand_over", "release"]
    assert content_of(above, record.id) == content_of(office, released)
    before = head(above)
    with above.store.read() as tx:  # as the bytes are, whatever the manifest would say
        assert [file.media_type for file in tx.files.all(record.id)] == ["application/pdf"]
    assert taken(above, content).changes_nothing
    assert head(above) == before

    # 退回补正 comes back, is mended and goes up again.
    item = RequestedItem("3.3.2", "请补充结算凭证的汇总说明")
    put_everywhere(above, record.id, {Target.finding("prefecture", "3.3.2"): {"finding": "met", "date": "2018-07-02"}})
    move(above, PREFECTURE, record.id, "prefecture_return", items=(item,), due=DUE, reason="材料不全")
    back = packed(above, PREFECTURE, record.id)
    taken(office, back)
    assert taken(office, back).changes_nothing
    mine = opened_by(office, COORDINATOR, released)
    assert (mine.state, mine.open_return.items[0].reason, mine.open_return.due) == (State.RETURNED, item.reason, DUE)
    assert not [t for t in mine.entries if t.is_finding]
    row, said = Target.answer("3.3.2"), {"explanation": "结算凭证的汇总说明已补充在说明栏"}
    write(office, COORDINATOR, released, (row, dict(mine.entries[row].body) | {"note": "已补充"}))
    write(office, COORDINATOR, released, (Target.correction(1, 1), said))
    assert taken(office, back).changes_nothing
    with pytest.raises(Refused, match="第1次退回以前制作的"):
        taken(above, content)
    move(office, COORDINATOR, released, "hand_over")
    put_everywhere(office, released, GOVERNMENT_OPINION)
    move(office, GOVERNMENT, released, "release")
    taken(above, packed(office, COORDINATOR, released))
    assert content_of(above, record.id) == content_of(office, released)
    assert record_of(above, record.id).state == "submitted"
    assert opened_by(above, PREFECTURE, record.id).entries[Target.correction(1, 1)].body == said
    with pytest.raises(Refused, match="本网已到“市级基础评价”"):
        taken(office, back)
    assert not [t for t in opened_by(above, PREFECTURE, record.id).entries if t.is_finding]

    # The recommendation comes back with its findings.
    put_everywhere(above, record.id, review_content("prefecture"))
    move(above, PREFECTURE, record.id, "prefecture_recommend")
    final = packed(above, PROVINCE, record.id)
    taken(office, final)
    assert content_of(office, released) == content_of(above, record.id)
    assert record_of(office, released).state == "prefecture_recommended"
    with pytest.raises(Refused, match="本网已到“省级实地评估”"):
        plan_package(office, ADMINISTRATOR, io.BytesIO(content), NOW)
    assert [inspect_store(one.store).faults for one in (office, above)] == [(), ()]


def test_an_extension_and_a_decline_come_back_with_what_they_write_of_the_return(office, above, released: int) -> None:
    number = taken_up(office, above, released)
    item = RequestedItem("3.3.2", "请补充结算凭证的汇总说明")
    move(above, PREFECTURE, number, "prefecture_return", items=(item,), due=DUE, reason="材料不全")
    taken(office, packed(above, PREFECTURE, number))
    mend = {"note": "正在补充"}
    write(
        office,
        COORDINATOR,
        released,
        (Target.answer("3.3.2"), {**content_of(office, released)[Target.answer("3.3.2")], **mend}),
    )
    later = DUE + timedelta(days=9)
    move(above, PREFECTURE, number, "prefecture_extend", due=later)
    taken(office, packed(above, PREFECTURE, number))
    assert opened_by(office, COORDINATOR, released).open_return.due == later
    assert content_of(office, released)[Target.answer("3.3.2")]["note"] == mend["note"]
    given_up = NOW + timedelta(days=60)
    move(above, PREFECTURE, number, "prefecture_decline", reason="逾期未补正，也没有说明原因", now=given_up)
    taken(office, packed(above, PREFECTURE, number), given_up)
    after = opened_by(office, COORDINATOR, released)
    assert (after.state, after.open_return) == (State.DECLINED, None)
    assert content_of(office, released)[Target.answer("3.3.2")]["note"] == mend["note"]
    assert [inspect_store(one.store).faults for one in (office, above)] == [(), ()]


def test_what_a_level_gave_goes_down_and_does_not_come_up_as_the_county_s(office, above, released: int) -> None:
    rate = "prefecture_dropout_rate"
    own = opened_by(office, COORDINATOR, released).content.facts[rate]
    give(above, PREFECTURE, "2018", {rate: Gift(Decimal("0.62"))}, NOW)
    number = taken_up(office, above, released)
    entries = opened_by(above, PREFECTURE, number).entries
    assert (entries[Target.given(rate)].body, entries[Target.fact(rate)].body) == (Decimal("0.62"), own)
    visit, picture = Target.site_visit("prefecture", 1), io.BytesIO()
    Image.new("RGB", (4, 2)).save(picture, "PNG")
    photo = attach_file(above, PREFECTURE, number, Upload("", "现场.png", picture.getvalue(), visit), NOW)
    reviewed = review_content("prefecture")
    reviewed[visit] = reviewed[visit] | {"photos": [{"file": photo.name, "sha256": photo.sha256}]}
    reviewed[Target.scan("prefecture")] = {"file": "盖章.png", "sha256": photo.sha256}
    put_everywhere(above, number, reviewed)
    move(above, PREFECTURE, number, "prefecture_recommend")
    back = packed(above, PREFECTURE, number)
    taken(office, back)
    mine = opened_by(office, COORDINATOR, released)
    assert [one.file for one in mine.content.site_visits[0].photos] == ["现场.png"]
    assert mine.content.opinions["prefecture"].scan.file == "盖章.png"
    assert photo.sha256 in mine.held_files
    assert office.store.files.exists(photo.sha256)
    assert (mine.state, mine.content.facts[rate]) == (State.PREFECTURE_RECOMMENDED, Decimal("0.62"))
    assert mine.entries[Target.fact(rate)].body == own
    assert taken(office, back).changes_nothing
    assert taken(above, packed(office, COORDINATOR, released)).changes_nothing


def remade(content: bytes, **changes: object) -> bytes:
    """The package with another manifest's words; of every file it says that it is a page."""
    read, out = open_package(io.BytesIO(content)), io.BytesIO()
    files = [(replace(one, media_type="text/html"), lambda one=one: read.read(one)) for one in read.material]
    text = str(changes.pop("submission", read.submission))
    extra = changes.pop("extra", None)
    if isinstance(extra, tuple):
        path, data, name = extra
        files.append((PackedFile(path, hashlib.sha256(data).hexdigest(), len(data), name), lambda: data))
    if changes.pop("without_files", False):
        files = []
    write_package(out, replace(read.manifest, **changes), text, files)
    return out.getvalue()


def procedure(content: bytes, **changes: object) -> dict[str, object]:
    manifest: Manifest = open_package(io.BytesIO(content)).manifest
    return {**manifest.procedure, **changes}


def gone_on(content: bytes, move: str, to: str, *returns: dict[str, object]) -> dict[str, object]:
    """One move further than it stands."""
    told = [{"number": 1, "level": "prefecture", "reason": "", "due": ""} | one for one in returns]
    trail = [*procedure(content)["trail"], {"move": move, "to": to, "reason": "", "return": 1}]
    return procedure(content, state=to, trail=trail, returns=told)


def dated(content: bytes, *days: str) -> dict[str, object]:
    """Its moves made on these days."""
    trail = procedure(content)["trail"]
    assert len(trail) == len(days)
    return procedure(content, trail=[{**step, "day": day} for step, day in zip(trail, days, strict=True)])


FOUND = 'findings:\n  prefecture:\n    "3.3.2":\n      finding: met\n      date: "2018-07-02"\nopinions:\n'


def halves(content: bytes, around: str = "opinions:\n") -> list[str]:
    """The submission on both sides of this."""
    return open_package(io.BytesIO(content)).submission.split(around)


BAD: dict[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "another county": (lambda c: remade(c, division=("990122", "乙县")), "bad_file", "不是同一个县"),
    "no such county": (lambda c: remade(c, division=("990188", "子县")), "bad_file", "本网没有这个县"),
    "another round": (lambda c: remade(c, round="2019"), "bad_file", "本网没有这个批次"),
    "another edition": (lambda c: remade(c, standards={"national-2018": "0"}), "bad_file", "不是同一版"),
    "odd content": (lambda c: remade(c, submission="format: 1\nanswers: 3\n"), "bad_file", "answers"),
    "files left out": (lambda c: remade(c, without_files=True), "bad_file", "包里没有"),
    "a program": (lambda c: remade(c, extra=("material/x.pdf", b"MZ\x90", "x.pdf")), "bad_file_type", "x.pdf"),
    "a zip by another name": (
        lambda c: remade(c, extra=("material/x.docx", c, "x.docx")), "bad_file_type", "x.docx",
    ),
    "a number in a file's name": (
        lambda c: remade(c, extra=("material/x.pdf", PDF + b"%%EOF", "11010519491231002X.pdf")),
        "personal_identifier", "18位",
    ),
    "a file that no document names": (
        lambda c: remade(c, extra=("material/x.pdf", PDF + b"%%EOF", "另一份.pdf")), "bad_file", "没有一份材料写明",
    ),
    "a page by its name": (
        lambda c: remade(c, extra=("material/x.html", b"<script>1</script>", "x.html")), "bad_file_type", "x.html",
    ),
    "an unknown state": (lambda c: remade(c, procedure=procedure(c, state="lost")), "bad_file", "哪个环节"),
    "still being filled in": (
        lambda c: remade(c, procedure=procedure(c, state="draft", trail=[])), "bad_file", "上报以后",
    ),
    "returned by nobody": (
        lambda c: remade(c, procedure=gone_on(c, "prefecture_return", "returned")), "bad_file", "哪个环节",
    ),
    "a way that ends elsewhere": (
        lambda c: remade(c, procedure=procedure(c, state="prefecture_recommended")), "bad_file", "哪个环节",
    ),
    "a move that there is not": (
        lambda c: remade(c, procedure=gone_on(c, "province_recommend", "province_recommended")), "bad_file",
        "没有的办理环节",
    ),
    "a reviewer's words too early": (lambda c: remade(c, submission=FOUND.join(halves(c))), "bad_file", "还不能给出"),
    "another kind of county": (
        lambda c: remade(c, submission="has_prefecture: false".join(halves(c, "has_prefecture: true"))), "bad_file",
        "与行政区划不符",
    ),
    "a photo that tells where": (
        lambda c: remade(c, extra=("material/x.jpg", photo(), "x.jpg")), "bad_file", "拍摄时间、地点",
    ),
    "an opinion of tomorrow": (
        lambda c: remade(c, submission="2018-07-03".join(halves(c, "2018-06-29"))), "bad_file",
        "推荐意见的日期 2018-07-03 晚于今天",
    ),
    "a paper of tomorrow": (
        lambda c: remade(c, submission='"2018-07-03"\n    pages: 20'.join(halves(c, '"2018-06-30"\n    pages: 20'))),
        "bad_file", "晚于今天（2018-07-02）。请改为文件上的成文日期；还没有出具的，出具以后再登记。（用于指标 ",
    ),
    "a move of another age": (
        lambda c: remade(c, procedure=dated(c, "0001-01-01", "2018-07-02")), "bad_file", "早于1900年",
    ),
    "a move before the one it followed": (
        lambda c: remade(c, procedure=dated(c, "2018-07-02", "2018-06-30")), "bad_file", "早于它的前一步（2018-07-02）",
    ),
    "a move of next year": (
        lambda c: remade(c, procedure=dated(c, "2018-07-02", "2019-07-02")), "bad_file", "晚于今天（2018-07-02）",
    ),
    "a return of nothing": (
        lambda c: remade(c, procedure=gone_on(c, "prefecture_return", "returned", {"items": [["9.9.9", "?"]]})),
        "bad_file", "哪个环节",
    ),
}  # fmt: skip


def test_bad_packages_leave_the_store_untouched(office, above, released: int) -> None:
    content, before = packed(office, COORDINATOR, released), head(above)
    for name, (spoil, code, words) in BAD.items():
        with pytest.raises(Refused) as refused:
            taken(above, spoil(content))
        assert (name, refused.value.code, words in str(refused.value)) == (name, code, True), str(refused.value)
    assert head(above) == before
    assert not above.store.files.exists(DIGEST)


def test_what_comes_back_is_dated_after_it_went_up_from_here(office, above, released: int) -> None:
    number = taken_up(office, above, released)
    put_everywhere(above, number, review_content("prefecture"))
    move(above, PREFECTURE, number, "prefecture_recommend")
    back, before = packed(above, PROVINCE, number), head(office)
    content, found = halves(back, "findings:\n")
    early = remade(back, submission=f"{content}findings:\n{found.replace('2018-07-02', '2018-06-20', 1)}")
    with pytest.raises(Refused, match="早于县级人民政府首次上报的日期（2018-07-02）") as refused:
        plan_package(office, ADMINISTRATOR, io.BytesIO(early), NOW)
    assert "1.1.1" in str(refused.value)
    assert head(office) == before


def test_who_makes_and_who_takes(office, above, released: int) -> None:
    for who in (DEPARTMENT, GOVERNMENT, OBSERVER):
        with pytest.raises(Refused, match="由县级民政部门"):
            packed(office, who, released)
    content = packed(office, PREFECTURE, released)
    for who in (COORDINATOR, PREFECTURE, PROVINCE):
        with pytest.raises(Refused, match="系统管理员收入"):
            take_package(above, who, io.BytesIO(content), NOW)


def test_nothing_is_made_that_nobody_would_take(office, released: int) -> None:
    office.store.files.path(DIGEST).unlink()
    with pytest.raises(Refused, match="的文件读不出来"):
        packed(office, COORDINATOR, released)
    put_at(office, released, State.AWAITING_GOVERNMENT)
    with pytest.raises(Refused, match="上报以后才能制作"):
        packed(office, COORDINATOR, released)


@pytest.mark.parametrize("above_did", ["nothing", "found", "recommended"])
def test_a_withdrawal_is_told_to_the_other_network(office, above, released: int, above_did: str) -> None:
    number = taken_up(office, above, released)
    if above_did != "nothing":
        find_all(above, PREFECTURE, number, "prefecture")
    if above_did == "recommended":
        give_opinion(above, PREFECTURE, number, "prefecture")
        move(above, PREFECTURE, number, "prefecture_recommend")
    move(office, GOVERNMENT, released, "withdraw", reason="县里另有安排，本年不再申报")
    if above_did == "recommended":
        with pytest.raises(Refused, match="收回所办的"):
            taken(above, packed(office, COORDINATOR, released))
        move(above, PREFECTURE, number, "prefecture_take_back", reason="该县已经撤回申报，收回推荐")
    taken(above, packed(office, COORDINATOR, released))
    assert record_of(above, number).state == State.WITHDRAWN
    assert taken(above, packed(office, COORDINATOR, released)).changes_nothing


def test_what_the_county_may_not_see_yet_does_not_leave(office, released: int) -> None:
    put_everywhere(office, released, review_content("prefecture"))
    content = packed(office, PREFECTURE, released)
    assert "findings" not in open_package(io.BytesIO(content)).submission
    assert taken(office, content).changes_nothing  # nor does it take them away where it comes from
