"""The value types of the rules files: texts, identifiers, days, figures, bounds and conditions, each strict.

Conditions and bounds come out as the model's own objects. Every refusal is a Chinese sentence.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from indicators.model import NEVER, Bound, Condition, Number
from indicators.reading.figures import figures
from indicators.reading.visible import visible

_READING = re.compile(r"[A-Za-z0-9.]+/[a-z][a-z0-9_]*")
_NEVER = "never"
CONDITION_TESTS = ("is", "in", "at_least", "at_most")
_NOT_A_NUMBER = "应为数字；请写阿拉伯数字，不加引号"
CONDITION_SHAPE = "条件请写作 {fact: …, is|in|at_least|at_most: …}、{all: […]} 或 {any: […]}"


def _fault(message: str) -> PydanticCustomError:
    # The message goes in as a value: braces in a template would be taken for placeholders.
    return PydanticCustomError("zh", "{text}", {"text": message})


def _trimmed(value: object) -> object:
    if isinstance(value, str) and value != value.strip():
        raise _fault("首尾有空白或换行；请删去（多行文字用“>-”或“|-”）")
    if isinstance(value, str) and visible(value) != value:
        at = next(i for i, character in enumerate(value) if visible(character) != character)
        raise _fault(f"“{value[max(0, at - 6) : at]}”后面有看不见的字符 {visible(value[at])}；请删去后重新输入")
    return value


def _in_the_calendar(text: str) -> str:
    """Dates are reckoned with when counties are judged: 2018-02-30 must not wait until then."""
    year, month, day = (*(int(part) for part in text.split("-")), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        raise _fault(f"日历上没有“{text}”；请核对原文后改正") from None
    return text


def _number(value: object) -> Number:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        meant = _meant(value) if isinstance(value, str) else None
        advice = f"应为数字；请写 {meant:f}，不加引号、单位和百分号" if meant is not None else _NOT_A_NUMBER
        raise _fault(advice)
    return value


def _meant(text: str) -> Decimal | None:
    """The number a text is, with at most a unit of one character after it: 90%, 九十, ９０, 50万, 2次; not 一半."""
    words = text.removeprefix("百分之")
    printed = figures(words)
    if len(printed) != 1 or printed[0].start or len(words) - printed[0].end > 1 or words[-1] in "半成":
        return None
    return printed[0].value.normalize()


def _natural(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _fault("应为不小于0的整数；请改写，不加引号")
    return value


def _bound(value: object) -> Bound:
    if isinstance(value, dict):
        if set(value) == {"fact"} and isinstance(value["fact"], str):
            return Bound(fact=value["fact"])
        raise _fault("限值请写数字或 {fact: 县情编号}")
    return Bound(number=_number(value))


def _condition(value: object) -> Condition:
    if value == _NEVER:
        return NEVER
    if not isinstance(value, dict) or not value:
        raise _fault(f"{CONDITION_SHAPE}；没有条件就删去这一项")
    keys = set(value)
    if keys in ({"all"}, {"any"}):
        op: Literal["all", "any"] = "all" if "all" in keys else "any"
        if not isinstance(value[op], list) or not value[op]:
            raise _fault(f"“{op}”后请写条件的列表，至少一条")
        return Condition(op=op, parts=tuple(_condition(part) for part in value[op]))
    tests = keys - {"fact"}
    if "fact" in keys and len(tests) == 1 and tests - set(CONDITION_TESTS):
        raise _fault(f"不认识的比较“{min(tests)}”；可写 {'、'.join(CONDITION_TESTS)}")
    if "fact" not in keys or not isinstance(value["fact"], str) or len(tests) != 1 or tests - set(CONDITION_TESTS):
        raise _fault(f"{CONDITION_SHAPE}；每个条件只比较一次")
    (test,) = tests
    return _fact_test(value["fact"], test, value[test])


def _fact_test(fact: str, test: str, against: object) -> Condition:
    if test == "is":
        if against in ("是", "否"):
            raise _fault(f"“{against}”请写 {'true' if against == '是' else 'false'}，不加引号")
        if not isinstance(against, (bool, str)):
            raise _fault("“is”后请写 true、false 或词表里的标识")
        return Condition(op="is", fact=fact, value=against)
    if test == "in":
        if not isinstance(against, list) or not against or not all(isinstance(option, str) for option in against):
            raise _fault("“in”后请写标识的列表，至少一个")
        return Condition(op="in", fact=fact, value=tuple(against))
    return Condition(op="at_least" if test == "at_least" else "at_most", fact=fact, value=_number(against))


def _whole_of_facts(value: object) -> tuple[str, ...]:
    if isinstance(value, dict) and set(value) == {"fact"} and isinstance(value["fact"], str):
        return (value["fact"],)
    if isinstance(value, dict) and set(value) == {"sum"}:
        parts = value["sum"]
        if isinstance(parts, list) and len(parts) > 1 and all(isinstance(part, str) for part in parts):
            return tuple(parts)
    raise _fault("全体请写作 {fact: 县情编号} 或 {sum: [县情编号, 县情编号]}")


def _reading(value: object) -> str:
    if not isinstance(value, str) or not _READING.fullmatch(value):
        raise _fault('请写作 "指标编号/测量项"，如 "5.3.2/villages_with_director"，或 "fact/县情编号"')
    return value


Text = Annotated[str, StringConstraints(strict=True, min_length=1), BeforeValidator(_trimmed)]
RowId = Annotated[Text, StringConstraints(pattern=r"^([0-9]+(\.[0-9]+)+|V[0-9]+)$")]
Identifier = Annotated[Text, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Slug = Annotated[Text, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Day = Annotated[
    Text,
    StringConstraints(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
    AfterValidator(_in_the_calendar),
]
PrintedNumber = Annotated[int | Decimal, PlainValidator(_number)]
Natural = Annotated[int, PlainValidator(_natural)]
Limit = Annotated[Bound, PlainValidator(_bound)]
When = Annotated[Condition, PlainValidator(_condition)]
ReadingText = Annotated[str, PlainValidator(_reading)]
Whole = Annotated[tuple[str, ...], PlainValidator(_whole_of_facts)]
