"""``python -m storage demo|user|round|submission``: Chinese words, exit codes, no traceback, passwords said once."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from indicators import load_library
from indicators.installation import OWN_RULES
from storage import open_store
from storage.__main__ import COMMANDS, REFUSALS
from storage.acts import RULES_SERVE
from storage.cli import run
from tests.instant import python_at
from tests.workflow.office_room import NOW, STANDARDS, office_at
from tests.workflow.office_room import add_round as put_round
from workflow.accounts.sign_in import sign_in
from workflow.errors import Refused
from workflow.office import Office
from workflow.rounds.repinning import begin_repin
from workflow.rounds.rules_served import difference_from_served, note_rules

PROJECT = Path(__file__).parents[2]


def command(capsys: pytest.CaptureFixture, *arguments: str | Path) -> tuple[int, str, str]:
    code = run([str(argument) for argument in arguments], COMMANDS, REFUSALS)
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, said.out, said.err


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path / "var"


def test_the_first_administrator_is_made_here_and_the_password_said_once(capsys, var) -> None:
    code, out, err = command(
        capsys, "user", "add", "root1", "--name", "管理员", "--role", "administrator", "--var", var
    )
    assert (code, err) == (0, "")
    password = re.search(r"初始密码：(\S+)", out)[1]
    office = office_at(var)
    assert sign_in(office, "root1", password, "127.0.0.1", NOW).must_change_password
    office.store.close()
    code, out, _ = command(capsys, "user", "list", "--var", var)
    assert (code, password in out) == (0, False)
    assert "root1\t管理员\t系统管理员\t全国" in out
    (account,) = json.loads(command(capsys, "user", "list", "--json", "--var", var)[1])["accounts"]
    assert (account["username"], account["role"], account["disabled"]) == ("root1", "administrator", False)
    assert not {"password_hash", "password"} & set(account)


def test_accounts_are_disabled_enabled_and_given_a_new_password(capsys, var) -> None:
    command(
        capsys,
        "user",
        "add",
        "zhang",
        "--name",
        "张三",
        "--role",
        "county_coordinator",
        "--division",
        "530125",
        "--var",
        var,
    )
    assert command(capsys, "user", "disable", "zhang", "--var", var)[0] == 0
    assert "已停用" in command(capsys, "user", "list", "--var", var)[1]
    assert command(capsys, "user", "enable", "zhang", "--var", var)[0] == 0
    assert "没有登录失败的记录" in command(capsys, "user", "unlock", "zhang", "--var", var)[1]
    office = office_at(var)
    with pytest.raises(Refused):
        sign_in(office, "zhang", "wrong-password", "127.0.0.1", NOW)
    office.store.close()
    assert "此前登录失败 1 次" in command(capsys, "user", "unlock", "zhang", "--var", var)[1]
    assert command(capsys, "user", "unlock", "li", "--var", var)[0] == 2
    code, out, _ = command(capsys, "user", "reset-password", "zhang", "--var", var)
    office = office_at(var)
    assert sign_in(office, "zhang", re.search(r"新密码：(\S+)", out)[1], "127.0.0.1", NOW)
    office.store.close()
    assert code == 0


def test_a_round_is_added_changed_listed_and_closed(capsys, var) -> None:
    code, out, _ = command(
        capsys, "round", "add", "2018", "--title", "首批", "--standard", "national-2018", "--standard", "yunnan-2018",
        "--from", "2017-01-01", "--to", "2018-06-30", "--apply-by", "2018-06-30", "--quota", "1", "--var", var,
    )  # fmt: skip
    assert code == 0
    assert len(re.findall(r"指纹 [0-9a-f]{64}", out)) == 2
    code, out, _ = command(capsys, "round", "change", "2018", "--apply-by", "2018-07-15", "--var", var)
    assert (code, "申报截止 2018-07-15" in out) == (0, True)
    assert command(capsys, "round", "close", "2018", "--var", var)[0] == 0
    assert "已结束" in command(capsys, "round", "list", "--var", var)[1]
    (listed,) = json.loads(command(capsys, "round", "list", "--json", "--var", var)[1])["rounds"]
    assert list(listed.pop("standards")) == ["national-2018", "yunnan-2018"]
    assert listed == {
        "id": "2018",
        "title": "首批",
        "period": {"from": "2017-01-01", "to": "2018-06-30"},
        "apply_by": "2018-07-15",
        "recommend_by": None,
        "quota_per_prefecture": 1,
        "second_reviewer": False,
        "demo": False,
        "closed": True,
        "differs_from_installed_rules": False,
    }


REFUSED = [
    (("user", "list"), "没有找到数据"),
    (("user", "disable", "nobody"), "没有找到数据"),
    (("user", "add", "1x", "--name", "名", "--role", "observer"), "用户名须以字母开头"),
    (("user", "add", "x1", "--name", "名", "--role", "county_department", "--division", "530125"), "须写明部门"),
    (
        ("round", "add", "2018", "--title", "首批", "--standard", "no", "--from", "2017-01-01", "--to", "2018-06-30"),
        "已安装的标准",
    ),
    (("submission", "list", "--as", "nobody"), "没有找到数据"),
    (("submission", "export", "9" * 20, "--as", "nobody", "-o", "x.json"), "无效，请照 submission list 的第一列写"),
    (
        ("submission", "export", "1", "--as", "nobody", "-o", "x.txt"),
        "请以 .yaml、.yml、.json、.xlsx 结尾",
    ),
    (("submission", "export", "1", "--as", "nobody", "-o", "x"), "“x”看不出格式，请以 .yaml、.yml、.json、.xlsx 结尾"),
    (("submission", "export", "1", "--as", "nobody", "-o", "/dev/null"), "没有找到数据"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_bad_input_is_refused_in_words_with_exit_2(capsys, var, arguments, words: str) -> None:
    code, out, err = command(capsys, *arguments, "--var", var)
    assert (code, out) == (2, "")
    assert words in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("user",),
        ("user", "add", "x1"),
        ("round", "add", "x", "--title", "x", "--standard", "x", "--from", "昨天"),
        ("nothing",),
    ],
)
def test_a_wrong_command_line_ends_with_exit_2(capsys, arguments) -> None:
    code, out, err = command(capsys, *arguments)
    assert (code, out) == (2, "")
    assert "命令行有误" in err
    assert "argument" not in err


@pytest.mark.day
def test_the_demo_is_told_to_other_programs(capsys, var) -> None:
    code, out, err = command(capsys, "demo", "--json", "--var", var)
    made = json.loads(out)
    assert (code, err) == (0, "")
    assert (made["made"], made["round"], made["counties"]["甲县"], made["skipped"]) == (True, "demo", "draft", [])
    accounts = {account["username"]: account for account in made["accounts"]}
    assert (accounts["guanliyuan"]["role"], accounts["bingqu_minzheng"]["division"]) == ("administrator", "990102")
    assert json.loads(command(capsys, "demo", "--json", "--var", var)[1]) == {"made": False}
    more = json.loads(command(capsys, "demo", "--json", "--counties", "9", "--var", var)[1])
    assert (more["made"], sum(more["province"].values()) >= 1, "counties" in more) == (True, True, False)


@pytest.mark.day
def test_the_demo_its_files_and_the_second_saying(capsys, var, tmp_path) -> None:
    code, out, err = command(capsys, "demo", "--var", var)
    assert (code, err) == (0, "")
    assert "甲县：自评填报" in out
    assert "jiaxian_minzheng" in out
    code, out, _ = command(capsys, "demo", "--var", var)
    assert (code, out) == (0, "演示数据已经建立，没有改动。\n")
    out = command(capsys, "submission", "list", "--as", "jiaxian_minzheng", "--var", var)[1]
    number = out.split("\t")[0]
    file = tmp_path / "甲县.yaml"
    assert command(capsys, "submission", "export", number, "--as", "jiaxian_minzheng", "-o", file, "--var", var)[0] == 0
    assert command(capsys, "submission", "export", number, "--as", "jiaxian_minzheng", "-o", file, "--var", var)[0] == 2
    code, out, err = command(
        capsys, "submission", "export", number, "--as", "jiaxian_minzheng", "-o", "-", "--var", var
    )
    assert (code, out, err) == (0, file.read_text(encoding="utf-8"), "")
    listed = json.loads(command(capsys, "submission", "list", "--json", "--as", "jiaxian_minzheng", "--var", var)[1])
    assert [record["division"]["name"] for record in listed["submissions"]] == ["甲县"]
    changed = file.read_text(encoding="utf-8").replace("甲县位于", "我县位于", 1)
    file.write_text(changed, encoding="utf-8")
    code, out, _ = command(capsys, "submission", "import", number, file, "--as", "jiaxian_minzheng", "--var", var)
    assert (code, "已导入 1 处" in out) == (0, True)
    book, mine = tmp_path / "公安.xlsx", ("--as", "jiaxian_minzheng", "--var", var)
    assert command(capsys, "submission", "export", number, "-o", book, "--department", "县公安局", *mine)[0] == 0
    assert "已导入 0 处" in command(capsys, "submission", "import", number, book, *mine)[1]
    code, _, err = command(capsys, "submission", "export", number, "-o", file, "--department", "公安", *mine)
    assert (code, "只用于离线填报表" in err) == (2, True)
    parcel = tmp_path / "甲县.zip"
    code, _, err = command(capsys, "package", "make", number, "-o", parcel, *mine)
    assert (code, "上报以后才能制作交换包" in err, parcel.exists()) == (2, True, False)
    its = ("--as", "dingshi_minzheng", "--var", var)
    released = command(capsys, "submission", "list", *its)[1].split("\t")[0]
    assert command(capsys, "package", "make", released, "-o", parcel, *its)[0] == 0
    code, out, _ = command(capsys, "package", "take", parcel, "--check", "--var", var)
    assert (code, "与本网现有的相同" in out, "没有收入" in out) == (0, True, True)
    for who in ("yanshizhou", "yixian_minzheng", "guanliyuan"):
        other = tmp_path / f"{who}.yaml"
        code, _, err = command(capsys, "submission", "export", number, "--as", who, "-o", other, "--var", var)
        assert (code, "没有这份申报" in err) == (2, True)
        assert not other.exists()
    file.write_bytes("甲县".encode("gb18030"))
    code, _, err = command(capsys, "submission", "import", number, file, "--as", "jiaxian_minzheng", "--var", var)
    assert (code, "UTF-8" in err) == (2, True)
    assert command(capsys, "verify", "--var", var)[0] == 0


def test_a_round_takes_the_installed_rules_after_a_look_and_with_a_reason(capsys, var) -> None:
    with open_store(var=var) as store, store.write("system", NOW) as tx:
        put_round(tx, fingerprints=dict.fromkeys(STANDARDS, "0" * 64))
    code, out, _ = command(capsys, "round", "repin", "2018", "--var", var)
    assert code == 0
    assert "指纹由 0000000000000000 变为 " in out
    assert "没有改动" in out
    preview = json.loads(command(capsys, "round", "repin", "2018", "--json", "--var", var)[1])
    assert (preview["done"], preview["refusals"], preview["counties"]) == (False, [], [])
    assert [(change["id"], change["pinned"]) for change in preview["standards"]] == [
        (standard, "0" * 64) for standard in STANDARDS
    ]
    code, out, err = command(capsys, "round", "repin", "2018", "--reason", " ", "--var", var)
    assert (code, out) == (2, "")
    assert "理由" in err
    code, out, _ = command(capsys, "round", "repin", "2018", "--reason", "规则更正", "--var", var)
    assert (code, "已换用现行规则" in out) == (0, True)
    code, out, err = command(capsys, "round", "repin", "2018", "--reason", "再来", "--var", var)
    assert (code, out) == (2, "")
    assert "就是现行规则" in err
    assert command(capsys, "verify", "--var", var)[0] == 0


def test_what_was_stopped_half_way_is_carried_on_by_the_same_command(capsys, var) -> None:
    with open_store(var=var) as store:
        with store.write("system", NOW) as tx:
            put_round(tx, fingerprints=dict.fromkeys(STANDARDS, "0" * 64))
        begin_repin(Office(store, load_library()), None, "2018", "规则更正", NOW)
    code, out, _ = command(capsys, "round", "repin", "2018", "--var", var)
    assert (code, "正在换用新规则，还没有换完" in out) == (0, True)
    code, out, err = command(capsys, "round", "repin", "2018", "--reason", "接着做", "--var", var)
    assert (code, "已换完" in out, "按当时的规则和理由接着做" in err) == (0, True, True)
    assert command(capsys, "verify", "--var", var)[0] == 0


@pytest.fixture
def served(monkeypatch, tmp_path, var) -> Path:
    """A rules folder other than the one the service was last started with; the store has a round to repin."""
    with open_store(var=var) as store:
        with store.write("system", NOW) as tx:
            put_round(tx, fingerprints=dict.fromkeys(STANDARDS, "0" * 64))
        note_rules(Office(store, load_library()), NOW)
    rules = Path(shutil.copytree(OWN_RULES, tmp_path / "rules", ignore=shutil.ignore_patterns("*.py", "__pycache__")))
    written = rules / "national-2018" / "standard.yaml"
    text = written.read_text(encoding="utf-8")
    written.write_text(text.replace("issuer: 民政部", "issuer: 另一机关", 1), encoding="utf-8")
    monkeypatch.setenv("RULES_DIR", str(rules))
    return rules


def test_rules_other_than_the_service_s_are_pinned_only_by_who_says_so(capsys, var, served, monkeypatch) -> None:
    repin = ("round", "repin", "2018", "--reason", "规则更正", "--var", var)
    add = (
        "round",
        "add",
        "2019",
        "--title",
        "二",
        "--standard",
        "national-2018",
        "--from",
        "2018-01-01",
        "--to",
        "2018-12-31",
    )
    for arguments in (repin, (*add, "--var", var)):
        code, out, err = command(capsys, *arguments)
        assert (code, out) == (2, "")
        for words in ("与服务最近一次启动时所用的不同", "内容不同：national-2018", "RULES_DIR", "--yes"):
            assert words in err
    for looking in (("round", "list"), ("round", "repin", "2018")):
        code, _, err = command(capsys, *looking, "--var", var)
        assert (code, err.startswith("注意：本命令读到的规则")) == (0, True)
    assert command(capsys, *repin, "--yes")[0] == 0
    monkeypatch.delenv("RULES_DIR")
    assert command(capsys, *add, "--var", var)[0] == 0  # the service's own: nothing to confirm
    assert command(capsys, "verify", "--var", var)[0] == 0


def test_the_service_notes_its_rules_once_and_again_when_they_change(var, served) -> None:
    with open_store(var=var) as store:
        for library, count in ((load_library(OWN_RULES), 1), (load_library(served), 2), (load_library(served), 2)):
            note_rules(Office(store, library), NOW)
            with store.read() as tx:
                assert len(tx.audit.entries(action=RULES_SERVE)) == count


def test_a_policy_document_of_other_contents_counts_as_other_rules(var) -> None:
    own = load_library(OWN_RULES)
    with open_store(var=var) as store:
        note_rules(Office(store, own), NOW)
        changed = replace(own.policies["xuchang-2017-38"], title="另一个题名")
        other = replace(own, policies={**own.policies, changed.id: changed})
        assert "内容不同：xuchang-2017-38）" in difference_from_served(Office(store, other))
        assert difference_from_served(Office(store, own)) == ""


def test_commands_stand_on_the_service_s_data_folder_and_scheme(capsys, var, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("DATA_DIR", str(var))
    command(capsys, "user", "add", "root1", "--name", "管理员", "--role", "administrator")
    assert "root1" in command(capsys, "user", "list")[1]
    assert (var / "store.db").is_file()
    assert "没有找到数据" in command(capsys, "user", "list", "--var", tmp_path / "other")[2]
    monkeypatch.setenv("SCHEME", "gold")
    code, _, err = command(capsys, "round", "list")
    assert (code, "环境变量 SCHEME" in err) == (2, True)


def test_it_runs_as_a_program(var) -> None:
    done = subprocess.run(
        python_at("storage", "user", "list", "--var", str(var)),
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
