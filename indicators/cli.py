"""``python -m indicators``: list the rules, check them, compare two standards."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from indicators.arguments import ChineseParser, UsageError
from indicators.building.build import VETO_SECTION
from indicators.comparing.row_difference import standard_difference
from indicators.comparing.told import difference_lines
from indicators.installation import installed_rules
from indicators.library import load_library, shown_folder
from indicators.listing import standard_as_json, standards_as_json
from indicators.model import Indicator, Library, Standard
from indicators.model.rule_changes import texts
from indicators.program import REFUSED, add_version, called
from indicators.reading.problems import Problem, ProblemsError
from indicators.wording import Wording

OK, BROKEN_RULES = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status (0 good, 1 `check` found faults, 2 bad input or broken rules)."""
    try:
        options = _parser().parse_args(arguments)
        status: int = options.run(options)
    except (ProblemsError, UsageError) as error:
        print(error, file=sys.stderr)
        return REFUSED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = ChineseParser(prog=called("indicators", "county-rules"), description="查看、检查和比较指导标准")
    add_version(parser)
    commands = parser.add_subparsers(required=True, metavar="list|check|diff")
    _command(commands.add_parser("list", help="列出标准，或一个标准的全部内容"), _list)
    _command(commands.add_parser("check", help="检查规则文件"), _check)
    _command(commands.add_parser("diff", help="逐条比较两个标准"), _diff)
    listing, diff = commands.choices["list"], commands.choices["diff"]
    listing.add_argument("standard", nargs="?", metavar="STANDARD", help="标准编号")
    diff.add_argument("first", metavar="A", help="标准编号")
    diff.add_argument("second", metavar="B", help="标准编号")
    return parser


def _command(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument("--rules", type=Path, metavar="DIR", help="规则文件夹；默认为环境变量 RULES_DIR 所指的或自带的")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def _check(options: argparse.Namespace) -> int:
    if options.rules is not None and not options.rules.is_dir():
        print(f"规则文件夹不存在：{options.rules}", file=sys.stderr)
        return REFUSED
    try:
        library = load_library(options.rules)
    except ProblemsError as error:
        if options.json:
            _print_json({"problems": [_problem(problem) for problem in error.problems]})
        else:
            print(error, file=sys.stderr)
        return BROKEN_RULES
    if options.json:
        _print_json({"problems": []} | standards_as_json(library))
        return OK
    checked = options.rules or installed_rules()
    print(f"规则无误（{shown_folder(checked)}）：")
    for standard in library.standards.values():
        print(f"  {_headline(standard)}")
    clauses = sum(len(policy.clauses) for policy in library.policies.values())
    print(f"  政策文件{len(library.policies)}份、条款{clauses}条；计分办法{len(library.schemes)}种")
    return OK


def _problem(problem: Problem) -> dict[str, object]:
    place = {"file": problem.file, "line": problem.line, "col": problem.col}
    return place | {"where": problem.where, "message": problem.message}


def _list(options: argparse.Namespace) -> int:
    library = load_library(options.rules)
    if options.standard is None:
        if options.json:
            _print_json(standards_as_json(library))
        else:
            for standard in library.standards.values():
                print(_headline(standard))
        return OK
    chosen = _find(library, options.standard)
    if chosen is None:
        return REFUSED
    if options.json:
        _print_json(standard_as_json(chosen))
    else:
        for line in _lines(chosen, library):
            print(line)
    return OK


def _diff(options: argparse.Namespace) -> int:
    library = load_library(options.rules)
    first, second = _find(library, options.first), _find(library, options.second)
    if first is None or second is None:
        return REFUSED
    lines = list(difference_lines(standard_difference(first, second, library.vocabulary, library.policies)))
    if options.json:
        rows, head = [], ""
        for line in lines:
            head = head if line.depth else line.name
            if line.depth:
                rows.append({"row": head, "what": line.name, "a": line.old, "b": line.new})
        _print_json({"a": first.id, "b": second.id, "differences": rows})
        return OK
    print(f"甲 {first.id}  {first.title}")
    print(f"乙 {second.id}  {second.title}")
    for text in texts(lines, ("甲", "乙")) or ["两个标准的内容相同。"]:
        print(text)
    return OK


def _find(library: Library, standard_id: str) -> Standard | None:
    standard = library.standards.get(standard_id)
    if standard is None:
        print(f"没有标准“{standard_id}”；现有：{'、'.join(library.standards)}", file=sys.stderr)
    return standard


def _headline(standard: Standard) -> str:
    extends = f"，叠加于 {standard.extends}" if standard.extends else ""
    counts = f"{len(standard.indicators)}条指标" + (f"、{len(standard.vetoes)}条一票否决" if standard.vetoes else "")
    return f"{standard.id}  {standard.title}（{counts}{extends}）指纹 {standard.fingerprint[:16]}"


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _lines(standard: Standard, library: Library) -> Iterator[str]:
    words = Wording(standard, library.vocabulary)
    yield _headline(standard)
    for section in standard.sections:
        yield ""
        yield f"{section.id} {section.title}"
        for topic in section.topics:
            yield f" {topic.id} {topic.title}"
            for row in standard.indicators:
                if row.topic == topic.id:
                    yield from _row_lines(row, words)
    yield ""
    yield VETO_SECTION
    for row in standard.vetoes:
        yield from _row_lines(row, words)
    if standard.cross_checks or standard.never_together or standard.distinct_documents:
        yield ""
        yield "互核（本工具读法；除写明的以外，不符的只提示）"
        yield from (f"  {check.id} {words.cross_check(check)}" for check in standard.cross_checks)
        yield from (f"  {check.id} {words.never(check)}" for check in standard.never_together)
        yield from (f"  {check.id} {words.distinct(check)}" for check in standard.distinct_documents)


def _row_lines(row: Indicator, words: Wording) -> Iterator[str]:
    yield f"  {row.id} {row.label} {row.statement}"
    if row.methods:
        inherited = "（承上）" if row.methods_inherited else ""
        yield f"      评估方法：{'、'.join(words.label('methods', method) for method in row.methods)}{inherited}"
    if row.responsible_units:
        yield f"      责任单位：{'、'.join(row.responsible_units)}"
    if row.applies_when is not None:
        yield f"      适用条件：{words.condition(row.applies_when)}（不符合的可报“不适用”）"
    for measure in row.measures:
        yield f"      · {words.measure(measure)}"
    for evidence in row.evidence:
        need = "必需" if evidence.required else "可选"
        yield f"      建议材料：{evidence.label}（{need}，{words.dated(row, evidence)}）"
