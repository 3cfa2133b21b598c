"""PyYAML's syntax errors in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

_MESSAGES = {
    "mapping values are not allowed in this context": "此处不应出现“: ”；请检查缩进，文字里含“: ”时整段加引号",
    "could not find expected ':'": "键后缺少“: ”（半角冒号加空格）；请补上",
    "did not find expected key": "缩进、引号或逗号不对，读不出下一个键；请与上下行对齐",
    "did not find expected '-' indicator": "列表的“-”没有对齐，或本行缩进得不够；请与上下各行对齐",
    "found unexpected ':'": "冒号这里缺了内容；花括号里写“键: 值”，冒号后空一格，请补上值",
    "found unexpected end of line": "本行没有写完；请补上",
    "did not find expected ',' or ']'": "方括号列表缺少“,”或“]”；请补上（须用半角）",
    "did not find expected ',' or '}'": "花括号缺少“,”或“}”；请补上（须用半角）",
    "found character that cannot start any token": "此处的字符不能开头（制表符、@、` 等）；缩进请用空格，文字请加引号",
    "found a tab character that violates indentation": "用制表符缩进了；缩进请用空格",
    "found a tab character where an indentation space is expected": "用制表符缩进了；缩进请用空格",
    "found unexpected end of stream": "引号没有闭合，文件就结束了；请补上引号",
    "found unexpected document indicator": "引号没有闭合就遇到了“---”；请补上引号",
    "did not find expected <document start>": "多出来的内容；请检查缩进，全文只能是一个整体",
    "found unknown escape character": "双引号里有不认识的“\\”写法；反斜杠本身请写“\\\\”",
    "found invalid Unicode character escape code": "“\\u”代码不是有效字符（多为不成对的代理项）；请改正",
    "did not find expected hexdecimal number": "“\\x”“\\u”后面应为十六进制数字；请改正",
    "did not find expected hexadecimal number": "“\\x”“\\u”后面应为十六进制数字；请改正",
    "block sequence entries are not allowed in this context": "此处不能开始“-”列表；请另起一行并缩进",
    "mapping keys are not allowed in this context": "此处不能开始新的键；请检查上一行",
    "did not find expected node content": "此处缺少内容；请补上值",
    "did not find expected alphabetic or numeric character": "“&”“*”开头的文字请加引号",
    "found undefined tag handle": "不支持“!”标签；请删去或把文字加引号",
    "did not find expected tag URI": "不支持“!”标签；请删去或把文字加引号",
    "did not find expected whitespace or line break": "此处缺少空格；请在符号后面补上",
    "found incompatible YAML document": "不支持的 YAML 版本；请删去“%YAML”一行",
}
_NO_COLON = "could not find expected ':'"
_OPEN_QUOTE = frozenset({"found unexpected end of stream", "found unexpected document indicator"})
_WIDE_COLON = re.compile(r"""(?:^|[\s{,，-])["']?[A-Za-z_]\w*["']?：""", re.ASCII)
_WIDE_COMMA = re.compile(r"""，\s*["']?[A-Za-z_]\w*["']?\s*[:：]""", re.ASCII)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_START = "found character that cannot start any token"
_STARTS = {
    "\t": "用制表符（Tab）缩进了；请改用空格",
    "@": "“@”不能开头；请把整段文字加引号",
    "`": "“`”不能开头；请把整段文字加引号",
    "%": "“%”不能开头；请把整段文字加引号",
}


def explain(error: yaml.YAMLError, text: str) -> tuple[int, int, str]:
    """``(line, col, message)`` of a syntax error, counted from 1."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "无法读取")
    line, col = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = text.splitlines()
    begun = getattr(error, "context_mark", None)
    if problem == _NO_COLON and begun is not None:  # the parser notices one line late
        line, col = begun.line, begun.column
    if problem in _OPEN_QUOTE and begun is not None:  # said where the quote begins, not where the file ends
        line, col = begun.line, begun.column
    quote = _quote_closed_late(text, (line, col)) if problem not in _OPEN_QUOTE else None
    if quote is not None:
        told = (
            f"YAML 语法错误：从这里开始的引号到第 {line + 1} 行才闭合，多半是本行漏了后引号；"
            f"请补上。本就跨行的，请检查第 {line + 1} 行引号之后"
        )
        return quote[0] + 1, quote[1] + 1, told
    at = lines[line][col : col + 1] if line < len(lines) else ""
    start = _STARTS.get(at) if problem == _NO_START else None
    message = f"YAML 语法错误：{start or _MESSAGES.get(problem, '无法读懂此处；请检查缩进、引号和冒号')}"
    return line + 1, col + 1, message + "".join(_full_width(message, lines[max(0, line - 1) : line + 1]))


def _quote_closed_late(text: str, at: tuple[int, int]) -> tuple[int, int] | None:
    """Where the quoted text begins that the error at ``at`` directly follows, if it runs over lines; counted from 0.

    Then the quote that closes it was most likely meant to open another text.
    """
    last: yaml.Token | None = None
    try:
        for token in yaml.scan(text, Loader=_LOADER):
            if (token.start_mark.line, token.start_mark.column) >= at:
                break
            last = token
    except yaml.YAMLError:
        pass  # 错误之前的部分已经读过
    if not isinstance(last, yaml.ScalarToken) or last.style not in {'"', "'"}:
        return None
    begins = last.start_mark.line, last.start_mark.column
    return begins if last.end_mark.line == at[0] > begins[0] else None


def _full_width(message: str, nearby: list[str]) -> Iterator[str]:
    """What a Chinese keyboard may have done nearby."""
    without = ":" in message and any("：" in part and ": " not in part for part in nearby)
    if without or any(_WIDE_COLON.search(part) for part in nearby):
        yield "。附近有全角冒号“：”，键后须用半角“:”加空格"
    if any(_WIDE_COMMA.search(part) for part in nearby):
        yield "。附近有全角逗号“，”，各项之间须用半角“,”"
    if any(mark in part for part in nearby for mark in "｛｝［］"):
        yield "。附近有全角括号，请改成半角 { } [ ]"
    if any(part.lstrip(" ")[:1] in {"\u3000", "\xa0"} for part in nearby):
        yield "。附近行首有全角空格或不换行空格，缩进请用半角空格"
