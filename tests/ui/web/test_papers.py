"""Evidence files and printed forms: whose they are, how they are sent, and one answer for absent and foreign."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from tests.ui.web.conftest import Papers, picture
from workflow.submission.uploads import safe_name

_ELSE = "f" * 64


def _file(papers: Papers) -> str:
    return f"/files/{papers.submission_id}/{papers.sha256}"


def _form(papers: Papers, level: str = "") -> str:
    return f"/papers/{papers.submission_id}/form.pdf" + (f"?level={level}" if level else "")


def test_own_file_comes_as_something_to_save(world, papers):
    answer = world.signed_in("jia").get(_file(papers))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content[:3] == picture()[:3]
    kind, _, names = answer.headers["content-disposition"].partition("; ")
    assert kind == "attachment"
    assert unquote(re.search(r"filename\*=UTF-8''(\S+)", names).group(1)) == safe_name('文件"一".jpg')
    assert 'filename="file.jpg"' in names


def _chasing(papers: Papers) -> str:
    return f"/papers/{papers.submission_id}/chasing"


def test_the_chasing_list_to_be_printed_is_the_countys_own(world, papers):
    answer = world.signed_in("jia").get(_chasing(papers))
    assert answer.status_code == 200
    assert "<h1>尚未分配</h1>" in answer.text
    assert world.signed_in("jia_gov").get(_chasing(papers)).status_code == 200


@pytest.mark.day_shown
def test_the_report_comes_to_those_who_see_the_submission_and_stays_nowhere(world, papers):
    address = f"/papers/documents/report.%s?s={papers.submission_id}&level=%s"
    for ending, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = world.signed_in("jia").get(address % (ending, "county"))
        assert (answer.status_code, answer.content[:4].startswith(begins)) == (200, True)
        assert answer.headers["cache-control"] == "no-store"
        assert f"-自评报告-县级.{ending}" in unquote(answer.headers["content-disposition"])
    assert world.signed_in("jia").get(address % ("pdf", "province")).status_code == 409
    for who, ending, level in (("yi", "pdf", "county"), ("jia", "xlsx", "county"), ("jia", "pdf", "town")):
        assert world.signed_in(who).get(address % (ending, level)).status_code == 404


def _table(papers: Papers, ending: str = "xlsx") -> str:
    return f"/papers/tables/register.{ending}?s={papers.submission_id}"


@pytest.mark.day_shown
def test_a_table_comes_as_something_to_save_and_stays_nowhere(world, papers):
    for ending, begins in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        answer = world.signed_in("jia").get(_table(papers, ending))
        assert (answer.status_code, answer.content[: len(begins)]) == (200, begins)
        assert answer.headers["cache-control"] == "no-store"
        name = unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])
        assert re.fullmatch(rf"佐证材料目录-甲县-[0-9-]{{10}}\.{ending}", name)
    assert world.signed_in("jia").get(_table(papers, "ods")).status_code == 404
    assert world.signed_in("jia").get("/papers/tables/log.csv").status_code == 404


@pytest.mark.day_shown
def test_a_round_s_papers_are_its_reviewers_and_nobody_else_s(world, papers):
    for name in ("summary.pdf", "matrix.xlsx", "decisions.pdf"):
        answer = world.signed_in("zhou").get(f"/papers/documents/{name}?round=2018")
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert world.signed_in("jia").get(f"/papers/documents/{name}?round=2018").status_code == 404
        assert world.signed_in("zhou").get(f"/papers/documents/{name}?round=2019").status_code == 404
    assert world.signed_in("zhou").get("/papers/documents/summary.docx?round=2018").status_code == 404


def test_what_people_uploaded_cannot_act_in_our_name(world, papers):
    headers = world.signed_in("jia").get(_file(papers)).headers
    assert headers.get_list("content-security-policy") == ["sandbox; default-src 'none'; frame-ancestors 'none'"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_a_picture_is_shown_on_our_page_and_nowhere_else(world, papers):
    answer = world.signed_in("jia").get(f"{_file(papers)}?shown=1")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("inline; ")
    assert answer.headers["content-type"] == "image/jpeg"
    (policy,) = answer.headers.get_list("content-security-policy")
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers.get_list("x-frame-options") == ["SAMEORIGIN"]
    assert world.signed_in("yi").get(f"{_file(papers)}?shown=1").status_code == 404


def test_the_countys_own_people_get_it(world, papers):
    assert world.signed_in("jia_gov").get(_file(papers)).status_code == 200


@pytest.mark.parametrize("who", ["yi", "zhou", "admin"])
@pytest.mark.parametrize("address", [_file, _form, _chasing, _table])
def test_others_learn_no_more_than_that_there_is_nothing(world, papers, who, address):
    """乙县 is foreign, the prefecture has not been given it yet, the administrator keeps accounts only."""
    browser = world.signed_in(who)
    foreign, absent = browser.get(address(papers)), browser.get(address(Papers(4711, _ELSE)))
    assert foreign.status_code == absent.status_code == 404
    assert foreign.text == absent.text


@pytest.mark.parametrize(
    "address",
    [
        "/files/{id}/" + _ELSE,
        "/files/{other}/{sha}",
        "/files/{id}/{sha}x",
        "/files/{id}/{SHA}",
        "/files/{id}/..%2f..%2fstore.db",
        "/files/{id}/../../store.db",
        "/files/{id}/%00",
        "/files/-1/{sha}",
        "/files/99999999999999999999999999/{sha}",
        "/files/{id}",
        "/files/{id}/{sha}/x",
        "/files/a/{sha}",
        "/papers/{id}/form.pdf?level=country",
        "/papers/{id}/form.pdf/",
        "/papers/{id}/other.pdf",
        "/papers/99999999999999999999999999/form.pdf",
    ],
)
def test_addresses_that_name_nothing(world, papers, address):
    path = address.format(id=papers.submission_id, other=papers.submission_id + 1, sha=papers.sha256, SHA="A" * 64)
    answer = world.signed_in("jia").get(path)
    assert answer.status_code == 404 or "behind" in answer.json()
    assert b"SQLite" not in answer.content


def test_file_of_another_submission_is_not_reached_through_ones_own(world, papers):
    from workflow.rounds.rounds import start_submission  # noqa: PLC0415 - only here

    own = start_submission(world.office, world.person("yi"), "2018", world.clock()).id
    browser = world.signed_in("yi")
    assert browser.get(f"/files/{own}/{papers.sha256}").status_code == 404
    assert browser.get(f"/papers/{own}/form.pdf").status_code == 200


def test_file_that_has_gone_from_the_disk_is_said_to_be_so(world, papers):
    world.office.store.files.path(papers.sha256).unlink()
    answer = world.signed_in("jia").get(_file(papers))
    assert answer.status_code == 503
    assert "读不出来" in answer.text


def test_form_of_a_county_that_has_just_begun_is_a_draft(world, papers):
    answer = world.signed_in("jia").get(_form(papers))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert unquote(answer.headers["content-disposition"]).endswith("甲县-演示批次-申报表-县级.pdf")
    assert answer.content == world.signed_in("jia_gov").get(_form(papers, "county")).content


@pytest.mark.parametrize("level", ["prefecture", "province"])
def test_a_level_that_has_not_spoken_is_not_printed(world, papers, level):
    answer = world.signed_in("jia").get(_form(papers, level))
    assert answer.status_code == 409
    assert "尚未作出" in answer.text
