"""JSON's syntax errors in Chinese: a JSON file is told what JSON wants, not what YAML would."""

from __future__ import annotations

import json

_MESSAGES = {
    "Expecting property name enclosed in double quotes": "此处应为半角双引号括起的键；检查引号，以及前面是否多了逗号",
    "Illegal trailing comma before end of object": "最后一项后面多了逗号；请删去",
    "Illegal trailing comma before end of array": "最后一项后面多了逗号；请删去",
    "Expecting ':' delimiter": "键后缺少“:”；请补上（须用半角）",
    "Expecting ',' delimiter": "此处缺少“,”，或者括号没有闭合；请补上（须用半角）",
    "Expecting value": "此处缺少值；文字须加半角双引号，检查是否多了逗号",
    "Unterminated string starting at": "双引号没有闭合；请补上",
    "Invalid control character at": "文字里有换行或制表符；请写作 \\n、\\t",
    "Invalid \\escape": "双引号里有不认识的“\\”写法；反斜杠本身请写“\\\\”",
    "Invalid \\uXXXX escape": "“\\u”后面应为四位十六进制数字；请改正",
    "Extra data": "多出来的内容；全文只能是一个整体",
}


def is_json_name(name: str, looks_like_it: bool) -> bool:
    """Whether a file is to be spoken of as JSON: by its ending, and without a telling one by how it opens."""
    ending = name.lower().rpartition(".")[2]
    return ending == "json" or (looks_like_it and ending not in {"yaml", "yml"})


def explain_json(text: str) -> tuple[int, int, str] | None:
    """``(line, col, message)`` of the first syntax error, counted from 1; None where it is good JSON."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        known = next((words for start, words in _MESSAGES.items() if error.msg.startswith(start)), None)
        words = known or f"无法读懂此处（{error.msg}）；检查引号、逗号和括号"
        return error.lineno, error.colno, f"JSON 语法错误：{words}"
    except (ValueError, RecursionError):
        return None
    return None
