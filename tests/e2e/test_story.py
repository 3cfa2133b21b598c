"""The story in a real browser: choose, read, change, see it change, take it away; and nothing else happens."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pypdf
import pytest
from playwright.sync_api import expect

from indicators import load_library
from scoring.exchange.reading import read_submission_file
from scoring.submission import Part
from tests.e2e.conftest import COORDINATOR
from tests.instant import python_at
from ui.navigation import ASSESS, JUDGE, PAGES, TRIAL
from ui.rules import SAMPLES
from workflow.demo.seed import DEMO_PASSWORD

pytestmark = pytest.mark.browser
_ELIGIBLE = "01-fully-eligible"
_TRIAL_PAGES = [page for page in PAGES if page.group == TRIAL]
_REIMBURSEMENT = re.compile("医疗救助支付金额")


def _download(visit, name: str, folder: Path, role: str = "button") -> Path:
    with visit.page.expect_download() as started:
        visit.page.get_by_role(role, name=name, exact=True).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    visit.settle()
    return path


def test_from_a_sample_to_a_changed_verdict_and_a_printed_form(visit, tmp_path):
    page = visit.page
    visit.open_sample(_ELIGIBLE)
    expect(page.get_by_text("总体结论：符合申报条件")).to_be_visible()
    submission = read_submission_file(SAMPLES / f"{_ELIGIBLE}.yaml", load_library())

    visit.go("逐项填报")
    page.get_by_role("combobox", name="选择指标").fill("3.3.2")
    page.get_by_role("option", name=re.compile("^3.3.2")).click()
    visit.settle()
    statement = load_library().standards["national-2018"].row("3.3.2").statement
    expect(page.get_by_text(statement, exact=True)).to_be_visible()
    # 69.9 %, just below 报销比例不低于70%
    page.get_by_label(_REIMBURSEMENT).fill("699")
    page.get_by_label(re.compile("自负费用总额")).fill("1000")
    page.get_by_label(re.compile("自负费用总额")).press("Tab")
    visit.settle()
    expect(page.get_by_text("有尚未保存的修改")).to_be_visible()
    page.get_by_role("button", name="保存修改").click()
    visit.settle()
    expect(page.locator(".dc-saved")).to_contain_text("符合申报条件 → 尚不符合申报条件")
    expect(page.locator(".dc-saved")).to_contain_text("数据与自评不符")
    expect(page.get_by_text(re.compile("69.9%")).first).to_be_visible()

    visit.go("评估结果")
    expect(page.get_by_text("总体结论：尚不符合申报条件")).to_be_visible()
    expect(page.get_by_text("已保存的修改尚未下载")).to_be_visible()
    saved = _download(visit, "下载 YAML", tmp_path)
    expect(page.get_by_text("已保存的修改尚未下载")).to_have_count(0)
    changed = read_submission_file(saved, load_library())
    assert changed.answers["3.3.2"].measures["out_of_pocket_reimbursement"] == Part(699, 1000)
    assert {row: changed.answers[row] for row in changed.answers if row != "3.3.2"} == {
        row: submission.answers[row] for row in submission.answers if row != "3.3.2"
    }
    judged = subprocess.run(
        python_at("scoring", str(saved)), capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert judged.returncode == 0
    assert "69.9%" in judged.stdout

    visit.go("申报表试印")
    expect(page.get_by_text("申报表将印有“草稿”字样")).to_be_visible()
    page.get_by_role("button", name="生成申报表").click()
    visit.settle()
    expect(page.get_by_text("已生成，共")).to_be_visible()
    printed = _download(visit, "下载申报表", tmp_path, role="link")
    assert printed.name == f"{submission.division.name}-{submission.round.id}-申报表-县级.pdf"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(printed).pages)
    assert submission.form.unit_name in text.replace("\n", "")
    assert "申报表" in text
    assert "草稿" in text


def test_a_bad_file_shows_its_lines_and_keeps_what_was_loaded(visit, tmp_path):
    visit.open_sample(_ELIGIBLE)
    bad = tmp_path / "坏文件.yaml"
    bad.write_text(
        'format: 1\nround: {id: "2018"}\ndivision: {code: 990121, name: 甲县}\nanswer: {}\n', encoding="utf-8"
    )
    visit.page.get_by_text("更换样例、新建或载入其他文件").click()
    county = visit.page.locator(".dc-masthead h1").inner_text()
    visit.page.set_input_files("input[type=file]", bad)
    visit.settle()
    lines = visit.page.locator(".dc-problems tbody tr")
    expect(lines.first).to_contain_text("坏文件.yaml")
    assert lines.count() >= 3
    expect(visit.page.get_by_text("原来载入的材料没有改动")).to_be_visible()
    expect(visit.page.locator(".dc-masthead h1")).to_have_text(county)


def test_a_row_of_the_table_opens_its_indicator(visit):
    visit.open_sample(_ELIGIBLE)
    table = visit.page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    # The grid is a canvas: third row, in the column of verdicts.
    table.click(position={"x": 330, "y": 35 * 3 + 17})
    visit.settle()
    expect(visit.page.get_by_text("指标 1.1.3（③）")).to_be_visible()
    visit.go("评估结果")
    expect(visit.page.get_by_text("总体结论：符合申报条件")).to_be_visible()


def test_no_english_on_any_page(visit):
    assert visit.english() == []
    visit.open_sample("04-figures-against-claim")
    for page in _TRIAL_PAGES:
        visit.go(page.title)
        for table in visit.page.get_by_test_id("stDataFrame").all():
            if table.is_visible():
                table.hover()
                visit.page.get_by_test_id("stElementToolbarButton").first.hover()
                visit.page.wait_for_timeout(600)
        assert visit.english() == [], page.title
    visit.go("评估结果")
    visit.page.get_by_role("tab").nth(1).click()
    assert visit.english() == []
    visit.go("逐项填报")
    chooser, nothing = visit.page.get_by_role("combobox", name="选择指标"), visit.page.get_by_text("没有匹配项")
    seen, english = False, []
    for number in range(30):  # a run of the page that comes late closes the list; only other words open it again
        chooser.fill(f"没有这个{number}")
        visit.page.wait_for_timeout(500)
        seen = nothing.is_visible()
        english += visit.english()
        if seen:
            break
    assert (seen, english) == (True, [])


def test_hostile_text_stays_text(visit, tmp_path):
    hostile = (
        '<img src="http://outside.example/a.png" onerror="document.title=1"> '
        "![x](http://outside.example/b.png) $x$ :smile:"
    )
    source = (SAMPLES / f"{_ELIGIBLE}.yaml").read_text(encoding="utf-8")
    name = re.search(r"name: (.+?)[}\n]", source).group(1).strip()
    path = tmp_path / "hostile.yaml"
    quoted = "'" + hostile + "'"
    text = source.replace(f"name: {name}", f"name: {quoted}", 1)
    text = re.sub(r"title: [^,\n}]+", f"title: {quoted}", text, count=1)
    path.write_text(text, encoding="utf-8")
    visit.page.set_input_files("input[type=file]", path)
    visit.settle()
    expect(visit.page.locator(".dc-masthead h1")).to_have_text(hostile)
    for page in _TRIAL_PAGES:
        visit.go(page.title)
        assert visit.page.locator("img[src*='outside'], .katex").count() == 0
    assert "评估" in visit.page.title()


def test_a_deep_link_goes_through_the_menu(at_the_gate, server):
    at_the_gate.pass_the_form(server, COORDINATOR)
    for page in _TRIAL_PAGES:
        if page is not JUDGE:
            at_the_gate.page.goto(f"{server}/{page.path}")
            expect(at_the_gate.page.get_by_text("还没有载入申报材料")).to_be_visible()
            expect(at_the_gate.page.get_by_test_id("stTopNavSection").filter(has_text=TRIAL)).to_be_visible()


def test_a_page_opened_by_its_address_finds_its_server_at_once(at_the_gate, server):
    answers: list[tuple[str, int]] = []
    at_the_gate.pass_the_form(server, COORDINATOR)
    at_the_gate.page.on("response", lambda answer: answers.append((urlsplit(answer.url).path, answer.status)))
    at_the_gate.page.goto(f"{server}/{ASSESS.path}")
    expect(at_the_gate.page.get_by_role("heading").first).to_be_visible()
    at_the_gate.settle()
    assert [(path, status) for path, status in answers if path.endswith("/health")] == [("/_stcore/health", 200)]
    assert [(path, status) for path, status in answers if status >= 400] == []


def test_addresses_of_the_running_server(server):
    assert httpx.get(f"{server}/healthz", timeout=60).json()["status"] == "ok"
    with httpx.Client(base_url=server, timeout=60) as browser:
        form = {"username": COORDINATOR, "password": DEMO_PASSWORD}
        browser.post("/login", data=form, headers={"Origin": server})
        for address in ("/_stcore/metrics", "/nothing", "/_stcore/agent/openapi.json", "/ui/main.py", "/index.html"):
            assert httpx.get(f"{server}{address}", timeout=60).status_code == 401, address
            assert browser.get(address).status_code == 404, address
        answer = browser.get("/")
    assert "unsafe-eval" not in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"
    assert 'lang="zh-CN"' in answer.text
