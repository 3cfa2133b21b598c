"""/check: open to anybody with a paper, one of three words and nothing of the county."""

from __future__ import annotations

import pytest

from ui.settings import BadSetting, settings
from workflow.submission.printing import print_form


def test_a_phone_that_reads_the_code_sees_the_answer_and_nothing_of_the_county(world, papers, monkeypatch):
    monkeypatch.setattr("ui.web.papers.checking.now", world.clock)
    code = print_form(world.office, world.person("jia"), papers.submission_id, world.clock())[1].code[:16]
    phone = world.browser()
    empty = phone.get("/check")
    assert empty.status_code == 200
    assert "<h1>核对纸质申报表</h1>" in empty.text
    agrees = phone.get(f"/check?code={code}&division=990121")
    assert agrees.status_code == 200
    assert "与系统记录一致" in agrees.text
    assert agrees.headers["cache-control"] == "no-store"
    assert "甲县" not in agrees.text
    differs = phone.get(f"/check?code={code[::-1]}&division=990121")
    assert "与系统记录不一致" in differs.text
    nowhere = phone.get(f"/check?code={code[::-1]}&division=990199")
    assert differs.text == nowhere.text.replace("990199", "990121")  # whether the county is there is not told


def test_what_is_typed_stays_text(world):
    answer = world.browser().get('/check?code="><script>1</script>&division=1')
    assert answer.status_code == 422
    assert "<script" not in answer.text
    assert "校验码是 16 位" in answer.text


@pytest.mark.parametrize(("address", "good"), [("https://sfx.example:8443/sfx/", True), ("sfx.example", False)])
def test_the_public_address_is_an_address(monkeypatch, address, good):
    monkeypatch.setenv("PUBLIC_ADDRESS", address)
    if good:
        assert settings()
        return
    with pytest.raises(BadSetting, match="PUBLIC_ADDRESS"):
        settings()
