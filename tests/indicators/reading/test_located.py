"""Reading with places: what each spelling means, where it stands, and what is refused."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from indicators.reading.located import MAX_BYTES, read_located, read_located_file
from indicators.reading.problems import Problem, ProblemsError


def read(text: str) -> object:
    return read_located(text, "a.yaml").value


def refusal(text: str) -> str:
    with pytest.raises(ProblemsError) as caught:
        read_located(text, "a.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("-7", -7),
        ("0", 0),
        ("0.10", Decimal("0.10")),
        (".5", Decimal("0.5")),
        ("1e3", Decimal("1e3")),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ('"true"', "true"),
        ("'2018-06-30'", "2018-06-30"),
        ("V1", "V1"),
        ("e5", "e5"),
        ("12345、12355", "12345、12355"),
        ("90%", "90%"),
        ("y", "y"),
    ],
)
def test_a_plain_word_means_what_it_looks_like(text: str, value: object) -> None:
    got = read(f"a: {text}\n")
    assert got == {"a": value}
    assert type(got["a"]) is type(value)  # type: ignore[index]


def test_a_figure_keeps_the_digits_it_was_written_with() -> None:
    assert str(read("a: 1.10\n")["a"]) == "1.10"  # type: ignore[index]


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", "NO", "On", "OFF", "True", "FALSE", "Null"])
def test_words_that_yaml_would_turn_into_something_else_are_refused(word: str) -> None:
    assert f"a.yaml:1:4 a: “{word}”含义不明" in refusal(f"a: {word}\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2018-06-30", "日期须加引号"),
        ("2018-06-30 10:00:00", "日期须加引号"),
        ("2018-06", '年月、编号须加引号；请写作 "2018-06"'),
        ("3.3.2", "编号须加引号"),
        ("007", "可能被当作数字"),
        ("0x1F", "可能被当作数字"),
        ("12:30", "可能被当作数字"),
        ("1_000", "可能被当作数字"),
        (".inf", "不是数字"),
        ("-.INF", "不是数字"),
        ("NaN", "不是数字"),
        ("1e400", "数字过大或过小"),
        ("1" * 31, "数字太长"),
    ],
)
def test_ambiguous_spellings_are_refused_with_what_to_write(text: str, words: str) -> None:
    assert f"a.yaml:1:4 a: {words}" in refusal(f"a: {text}\n") or words in refusal(f"a: {text}\n")


@pytest.mark.parametrize("key", ["1.10", "2017", "2018-06-30", "3.3.2", "true", "no", "null", "007"])
def test_keys_that_are_not_text_are_refused(key: str) -> None:
    assert refusal(f"{key}: 1\n").startswith(f"a.yaml:1:1 {key}: 键须为文字")


def test_a_quoted_number_is_a_key_like_any_other() -> None:
    assert read('"2017": 1\n"1.10": 2\n') == {"2017": 1, "1.10": 2}


def test_every_problem_of_a_file_is_reported_in_order() -> None:
    text = "a: 1\na: 2\nb: &x [1]\nc: *x\nd: !!str 3\n1.10: 4\ne: yes\n"
    with pytest.raises(ProblemsError) as caught:
        read_located(text, "a.yaml")
    assert [(one.line, one.col) for one in caught.value.problems] == [(2, 1), (3, 4), (4, 4), (5, 4), (6, 1), (7, 4)]


def test_problems_before_a_syntax_error_are_reported_with_it() -> None:
    lines = refusal("a: yes\nb: [1\nc: 2\n").splitlines()
    assert lines[0].startswith("a.yaml:1:4 a: “yes”")
    assert "YAML 语法错误" in lines[1]


def test_a_problem_names_entries_of_a_list_by_their_id() -> None:
    text = "indicators:\n  - id: '3.3.2'\n    measures:\n      - {id: aid, label: yes}\n"
    assert refusal(text).startswith("a.yaml:4:26 3.3.2 measures.aid.label: ")


def test_positions_of_values_keys_and_absent_parts() -> None:
    located = read_located("a: {b: [1, {c: x}]}\nd:\n  e: 5\n", "a.yaml")
    assert located.position(("a", "b", 1, "c")) == (1, 16)
    assert located.position(("a", "b", 1, "c"), key=True) == (1, 13)
    assert located.position(("d", "e")) == (3, 6)
    assert located.position(("d", "missing", "deeper")) == (3, 3)


def test_depth_is_limited() -> None:
    assert "嵌套超过" in refusal("[" * 200 + "]" * 200)


def test_size_is_limited_before_anything_is_parsed(tmp_path: Path) -> None:
    assert "文件超过 4 MB" in refusal("a" * (MAX_BYTES + 1))
    path = tmp_path / "big.yaml"
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(ProblemsError, match="文件超过 4 MB"):
        read_located_file(path)


def test_a_flood_of_problems_is_cut_and_says_so() -> None:
    lines = refusal("".join(f"- yes # {n}\n" for n in range(1000))).splitlines()
    assert len(lines) <= 202
    assert "其后的未再列出" in lines[-1] or any("其后的未再列出" in line for line in lines)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\u2028", "\u2029", "\ufffe"])
def test_raw_control_characters_are_refused_at_their_place(character: str) -> None:
    assert refusal(f"a: 1\nb: x{character}y\n").startswith(f"a.yaml:2:5: 有不可见的控制字符（U+{ord(character):04X}）")


class TestJson:
    def test_json_is_read_by_the_same_road(self) -> None:
        value = {"a": [1, True, None, "x"], "b": {"": "空键"}, "c": '引号"反斜杠\\斜杠/换行\n制表\t'}
        assert read(json.dumps(value, ensure_ascii=False)) == value
        assert read(json.dumps(value, ensure_ascii=True, indent="\t")) == value

    def test_numbers_stay_exact(self) -> None:
        assert read('{"a": 0.10, "b": -2e3, "c": 812000}') == {"a": Decimal("0.10"), "b": Decimal("-2e3"), "c": 812000}

    def test_surrogate_pairs_become_their_character(self) -> None:
        assert read('{"a": "\\ud842\\udfb7野家"}') == {"a": "𠮷野家"}

    @pytest.mark.parametrize("lone", ["\\ud842", "\\udfb7", "\\ud842x\\udfb7"])
    def test_lone_surrogates_are_refused(self, lone: str) -> None:
        assert "不是有效字符" in refusal(f'{{"a": "{lone}"}}')

    def test_line_separators_inside_strings_are_kept(self) -> None:
        value = {"a": "一\u2028二\u2029三\x85四"}
        assert read(json.dumps(value, ensure_ascii=False)) == value

    def test_places_are_those_of_the_file_even_after_repairs(self) -> None:
        text = '{"a": "\\ud842\\udfb7\u2028", "b": 1, "b": 2}'
        assert refusal(text).startswith(f"a.yaml:1:{text.rindex(chr(34) + 'b') + 1} b: 键“b”重复")

    def test_what_looks_like_an_escape_inside_an_escaped_backslash_is_left_alone(self) -> None:
        assert read('{"a": "\\\\ud842\\\\udfb7"}') == {"a": "\\ud842\\udfb7"}

    @pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
    def test_what_json_does_not_know_is_refused(self, word: str) -> None:
        assert "不是数字" in refusal(f'{{"a": {word}}}')


class TestFiles:
    def test_a_bom_is_dropped(self, tmp_path: Path) -> None:
        path = tmp_path / "a.yaml"
        path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
        assert read_located_file(path).value == {"a": 1, "b": 2}

    def test_gbk_is_refused_at_the_first_bad_byte(self, tmp_path: Path) -> None:
        path = tmp_path / "a.yaml"
        path.write_bytes("a: 1\nb: 中文\n".encode("gbk"))
        with pytest.raises(ProblemsError) as caught:
            read_located_file(path, "a.yaml")
        assert str(caught.value) == "a.yaml:2:4: 不是 UTF-8 编码（可能存成了 GBK/ANSI）；请另存为 UTF-8"

    def test_utf_16_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "a.yaml"
        path.write_bytes("a: 1\n".encode("utf-16"))
        with pytest.raises(ProblemsError, match="UTF-16"):
            read_located_file(path)

    def test_a_missing_file_and_a_folder_are_named(self, tmp_path: Path) -> None:
        for path in (tmp_path / "missing.yaml", tmp_path):
            with pytest.raises(ProblemsError, match=r":1:1: 文件(不存在|无法打开)"):
                read_located_file(path)


def test_a_problem_prints_as_one_line() -> None:
    assert str(Problem("a.yaml", 3, 5, "3.3.2 label", "缺少；请补上")) == "a.yaml:3:5 3.3.2 label: 缺少；请补上"
    assert str(Problem("a.yaml", 3, 5, "", "缺少；请补上")) == "a.yaml:3:5: 缺少；请补上"


@pytest.mark.parametrize(
    ("text", "line", "col", "words"),
    [
        ("{'a': 1, \"b\" 2}", 1, 2, "键；检查引号，以及前面是否多了逗号"),
        ('{"a": 1\n "b": 2}', 2, 2, "此处缺少“,”"),
        ('{"a" 1}', 1, 6, "键后缺少“:”"),
        ('{"a": , "b" 1}', 1, 7, "此处缺少值"),
        ('{"a": "开头}', 1, 7, "双引号没有闭合"),
        ('{"a": "\\q"}', 1, 8, "反斜杠本身"),
        ('{"a": [1, 2}', 1, 12, "括号没有闭合"),
    ],
)
def test_a_json_file_is_told_what_json_wants(text: str, line: int, col: int, words: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        read_located(text, "甲县.json")
    (problem,) = caught.value.problems
    assert "JSON 语法错误" in problem.message
    assert words in problem.message
    assert (problem.line, problem.col) == (line, col)
    assert "YAML" not in problem.message


def test_a_yaml_file_in_braces_is_told_what_yaml_wants() -> None:
    with pytest.raises(ProblemsError, match="YAML 语法错误"):
        read_located("{a: 1, b: [2}", "甲县.yaml")


def test_a_text_of_no_known_kind_is_spoken_of_by_how_it_opens() -> None:
    with pytest.raises(ProblemsError, match="JSON 语法错误"):
        read_located('{"a": 1 "b": 2}', "粘贴的内容")


def test_what_is_no_regular_file_is_not_waited_for(tmp_path):
    pipe = tmp_path / "甲县.yaml"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(ProblemsError, match="不是普通文件") as caught:
            read_located_file(path)
        assert str(caught.value).startswith(f"{path}:1:1")


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path):
    with pytest.raises(ProblemsError, match="这是一个文件夹"):
        read_located_file(tmp_path)
