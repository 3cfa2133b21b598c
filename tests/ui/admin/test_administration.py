"""批次、账号、操作日志: what an administrator does, and nobody else."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

from storage.clock import now
from tests.ui.seeded import Screen, submission
from workflow.accounts.accounts import accounts, failures_today
from workflow.accounts.passwords import matches
from workflow.rounds.rounds import rounds

OTHERS = ["jiaxian_minzheng", "jiaxian_gongan", "jiaxian_zhengfu", "yanshizhou", "yanshisheng", "guanchayuan"]


ELSEWHERE = [
    *((username, screen) for username in OTHERS for screen in ("rounds", "audit_log")),
    *((username, "accounts") for username in ("jiaxian_gongan", "jiaxian_zhengfu", "guanchayuan")),
]


@pytest.mark.parametrize(("username", "screen"), ELSEWHERE)
def test_nobody_else_gets_these_pages(office, username, screen):
    seen = Screen(office, username, screen)
    assert re.search("本页供.*系统管理员使用", seen.text)
    assert not seen.app.button
    assert not seen.app.dataframe


@pytest.mark.day
def test_a_round_is_added_with_its_standards_deadlines_and_quota(office):
    screen = Screen(office, "guanliyuan", "rounds")
    assert "演示批次" in screen.text
    screen.fill("text_input", "round-+-id", "2027")
    screen.fill("text_input", "round-+-title", "2027年批次")
    screen.fill("multiselect", "round-+-standards", ["national-2018"])
    screen.fill("date_input", "round-+-first", date(2026, 1, 1))
    screen.fill("date_input", "round-+-last", date(2026, 12, 31))
    screen.fill("date_input", "round-+-apply", date(2027, 3, 1))
    screen.fill("text_input", "round-+-quota", "2")
    screen.press("round-save")
    made = next(record for record in rounds(office) if record.id == "2027")
    assert made.standards == ("national-2018",)
    assert (made.apply_by, made.recommend_by, made.quota_per_prefecture) == (date(2027, 3, 1), None, 2)
    assert "已保存：新增批次“2027年批次”" in screen.text
    assert "2027年批次" in screen.text


@pytest.mark.day
def test_a_round_with_faults_names_all_of_them_and_keeps_the_typing(office):
    screen = Screen(office, "guanliyuan", "rounds")
    screen.fill("text_input", "round-+-id", "a b")
    screen.fill("date_input", "round-+-first", date(2026, 12, 31))
    screen.fill("date_input", "round-+-last", date(2026, 1, 1))
    screen.press("round-save")
    for words in ("批次编号须为", "请填写批次名称", "采用的标准须从", "申报期起始日晚于截止日"):
        assert words in screen.text
    assert screen.field("text_input", "round-+-id").value == "a b"
    assert len(rounds(office)) == 1


@pytest.mark.day
def test_a_round_is_closed_only_when_sure(office):
    screen = Screen(office, "guanliyuan", "rounds")
    assert screen.field("button", "round-close").disabled
    screen.fill("checkbox", "round-sure-demo", value=True)
    screen.press("round-close")
    assert rounds(office)[0].closed_at is not None
    assert "没有进行中的批次" in screen.text


def test_an_account_is_added_and_its_password_shown_once(office):
    screen = Screen(office, "guanliyuan", "accounts")
    screen.fill("text_input", "account-+-username", "bingqu_gongan")
    screen.fill("text_input", "account-+-display_name", "丙区公安分局")
    screen.fill("selectbox", "account-+-role", "county_department")
    screen.fill("text_input", "account-+-division-words", "丙区")
    screen.fill("selectbox", "account-+-unit/990102", "丙区公安局")
    assert "还没有分给它的指标；建议分给它" in screen.text
    screen.press("account-save")
    made = next(account for account in accounts(office, None) if account.username == "bingqu_gongan")
    assert (made.division_code, made.unit, made.must_change_password) == ("990102", "丙区公安局", True)
    shown = screen.app.code[0].value
    password = shown.rpartition("密码")[2].strip()
    assert matches(password, made.password_hash)
    screen.run()
    assert screen.app.code[0].value == shown, "no press of another button loses it"
    screen.press("first-password-noted")
    assert not screen.app.code


def test_an_account_of_the_wrong_level_is_refused_with_the_reason(office):
    screen = Screen(office, "guanliyuan", "accounts")
    screen.fill("text_input", "account-+-username", "Ä")
    screen.fill("selectbox", "account-+-role", "province_reviewer")
    screen.fill("text_input", "account-+-division-words", "990121")
    screen.press("account-save")
    for words in ("用户名须以字母开头", "请填写姓名或单位名称", "甲县不是"):
        assert words in screen.text
    assert not screen.app.code


def test_an_account_is_shut_out_and_let_in_again(office):
    screen = Screen(office, "guanliyuan", "accounts")
    screen.fill("selectbox", "account-chosen", "yanshizhou")
    assert screen.field("button", "account-toggle").disabled
    screen.fill("checkbox", "停用-yanshizhou", value=True)
    screen.press("account-toggle")
    assert next(account for account in accounts(office, None) if account.username == "yanshizhou").disabled
    assert "账号 yanshizhou 已停用" in screen.text
    screen.fill("checkbox", "启用-yanshizhou", value=True)
    screen.press("account-toggle")
    assert not next(account for account in accounts(office, None) if account.username == "yanshizhou").disabled


@pytest.mark.day
def test_deadlines_of_an_open_round_are_changed_with_a_reason(office):
    screen = Screen(office, "guanliyuan", "rounds")
    screen.fill("text_input", "round-demo-quota", "3")
    screen.press("round-change")
    assert "理由没有写" in screen.text
    screen.fill("text_area", "round-demo-reason", "省里通知每市可以推荐三个")
    screen.press("round-change")
    assert "已保存：批次" in screen.text
    with office.store.read() as tx:
        assert tx.rounds.get("demo").quota_per_prefecture == 3


def test_the_wait_after_wrong_passwords_is_shown_and_lifted(office):
    screen = Screen(office, "guanliyuan", "accounts")
    screen.fill("selectbox", "account-chosen", "yanshizhou")
    assert screen.field("button", "account-unlock").disabled
    with office.store.write("anonymous", now()) as tx:
        for number in range(12):
            tx.attempts.add("yanshizhou", f"203.0.113.{number}", succeeded=False)
    screen.run()
    assert re.search(r"一日内登录失败 12 次（[0-9-]+ \d\d时 12 次）；在没有登录过的电脑上须等 4 分钟", screen.text)
    (listed,) = (row for row in screen.app.dataframe[0].value.to_dict("records") if row["用户名"] == "yanshizhou")
    assert re.fullmatch(r"登录受限，至 \d\d:\d\d", listed["状态"])
    assert listed["一日内登录失败"] == "12 次"
    screen.press("account-unlock")
    assert "账号 yanshizhou 的登录限制已解除" in screen.text
    assert screen.field("button", "account-unlock").disabled
    assert failures_today(office, None, "yanshizhou", now()).count == 0


def test_nobody_shuts_themselves_out(office):
    screen = Screen(office, "guanliyuan", "accounts")
    screen.fill("selectbox", "account-chosen", "guanliyuan")
    screen.fill("checkbox", "停用-guanliyuan", value=True)
    for button in ("account-toggle", "account-reset"):
        assert screen.field("button", button).disabled
    assert "这是您自己的账号：不能停用" in screen.text


def test_accounts_are_found_by_any_word(office):
    screen = Screen(office, "guanliyuan", "accounts")
    screen.fill("text_input", "account-filter", "丁市 人民政府")
    assert list(screen.app.dataframe[0].value["用户名"]) == ["dingshi_zhengfu"]
    screen.fill("text_input", "account-filter", "没有这个")
    assert "没有符合条件的账号" in screen.text


def test_the_log_is_filtered_by_actor_action_submission_and_day(office):
    screen = Screen(office, "guanliyuan", "audit_log")
    screen.fill("text_input", "audit-actor", "yanshizhou")
    assert set(screen.app.dataframe[0].value["办理人"]) == {"演示州民政局（yanshizhou）"}
    screen.fill("selectbox", "audit-action", "return.open")
    table = screen.app.dataframe[0].value
    assert list(table["操作"]) == ["退回补正"]
    assert list(table["对象"]) == ["第 1 次退回补正"]
    assert "丙区 演示批次" in table["县和批次"][0]
    assert "市级退回，列明 3 项" in table["说明"][0]
    screen.fill("text_input", "audit-county", "甲县")
    assert "没有符合条件的记录" in screen.text
    screen.fill("text_input", "audit-county", "990102")
    assert list(screen.app.dataframe[0].value["对象"]) == ["第 1 次退回补正"]
    screen.fill("text_input", "audit-submission", "999")
    assert "没有符合条件的记录" in screen.text
    screen.fill("text_input", "audit-submission", "三")
    assert "申报编号是不超过15位的数字" in screen.text
    screen.fill("text_input", "audit-submission", "9" * 30)
    assert "申报编号是不超过15位的数字" in screen.text
    screen.fill("date_input", "audit-last", date(2020, 1, 1))
    assert "没有符合条件的记录" in screen.text


def test_the_log_calls_a_state_as_the_county_s_own_pages_do(office):
    """戊县 has no prefecture: its province appraises it at once."""
    screen = Screen(office, "guanliyuan", "audit_log")
    screen.fill("text_input", "audit-submission", str(submission(office, "戊县").id))
    screen.fill("selectbox", "audit-action", "submission.move")
    told = "".join(screen.app.dataframe[0].value["说明"])
    assert "待县政府意见 → 省级评价（无地市级）" in told
    assert "市级基础评价" not in told


def test_the_log_speaks_no_program_s_words_and_shows_the_record_on_demand_only(office):
    screen = Screen(office, "guanliyuan", "audit_log")
    rows = []
    while True:
        rows.append(screen.app.dataframe[0].value)
        if screen.field("button", "audit-older").disabled:
            break
        screen.press("audit-older")
    table = pd.concat(rows)
    listed_words = "\n".join("\n".join(table[name]) for name in ("操作", "对象", "说明"))
    for program in (
        "{",
        "sha256",
        "county_",
        "null",
        "finding.",
        "opinion.",
        "answer/",
        "entry.",
        "其他内容",
        "其他操作",
    ):
        assert program not in listed_words, program
    for words in (
        "指标 3.3.2",
        "县情 ",
        "一次保存，第 ",
        "县级人民政府推荐意见",
        "自评填报 → 待县政府意见",
        "县级民政部门（牵头填报）",
    ):
        assert words in listed_words, words
    assert not screen.app.code
    screen.field("selectbox", "-1").select(1)
    screen.run()
    assert '"action": "account.add"' in screen.app.code[0].value


def test_the_log_is_read_page_by_page_to_its_beginning(office):
    screen = Screen(office, "guanliyuan", "audit_log")
    seen: list[int] = []
    while True:
        listed = screen.app.dataframe[0].value
        for number, more in zip(listed["序号"], listed["说明"], strict=True):
            together = re.fullmatch(r"一次保存，第 (\d+) 至 \d+ 条", more)
            seen += range(int(number), int(together[1]) - 1 if together else int(number) - 1, -1)
        if screen.field("button", "audit-older").disabled:
            break
        screen.press("audit-older")
    assert seen == list(range(seen[0], 0, -1))
    screen.press("audit-newest")
    assert int(screen.app.dataframe[0].value["序号"][0]) == seen[0]


def test_the_chain_is_checked_and_a_forged_entry_found(office):
    screen = Screen(office, "guanliyuan", "audit_log")
    screen.press("audit-verify")
    assert "首尾相接，没有改动" in screen.text
    with office.store.engine.begin() as connection:  # as someone with the database file would
        connection.exec_driver_sql("drop trigger audit_no_update")
        connection.exec_driver_sql("update audit set actor = 'somebody' where seq = 5")
    screen.press("audit-verify")
    assert "第 5 条起不可信" in screen.text.replace("\\", "")


@pytest.mark.day
def test_a_record_that_does_not_fit_its_cell_can_be_read_whole(office):
    reason = "更正医疗救助比例" + "，并按省级文件逐条核对各县填报口径" * 8
    with office.store.write("guanliyuan", now()) as tx:
        (record,) = tx.rounds.all()
        entry = tx.audit.append("round.repin", f"round/{record.id}", {"reason": reason})
    screen = Screen(office, "guanliyuan", "audit_log")
    chosen = next(box for box in screen.app.selectbox if box.key.startswith("audit-raw"))
    chosen.set_value(entry.seq)
    screen.run()
    assert reason in screen.html
