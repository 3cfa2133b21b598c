"""The tidy tables: names, titles, columns. ``docs/tables.md`` tells them in the same words; a test compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from scoring.spreadsheets.tables import Column

Name = Literal["submissions", "verdicts", "figures", "evidence", "findings", "moves"]
_SUBMISSION = Column("submission", "count", means="申报编号，各表以它相连")
_ROUND = Column("round", means="批次编号")
_ROW = Column("row", means="指标编号，如 3.3.2；一票否决为 V1 至 V3")
_LEVEL = Column("level", means="哪一级：county 县级，prefecture 市级，province 省级")


@dataclass(frozen=True, slots=True)
class TidyTable:
    """``title``: in words; ``line``: what one line is; ``columns``: in order."""

    title: str
    line: str
    columns: tuple[Column, ...]


TIDY_TABLES: Mapping[Name, TidyTable] = {
    "submissions": TidyTable(
        "申报",
        "一行是一个县在一个批次的一份申报",
        (
            _SUBMISSION,
            _ROUND,
            Column("round_title", means="批次名称"),
            Column("demo", "truth", means="是否演示数据"),
            Column("division_code", means="行政区划代码，六位文字"),
            Column("division", means="县（市、区、旗）"),
            Column("prefecture", means="市（地、州、盟）；没有的写明由省直接管辖"),
            Column("province", means="省（自治区、直辖市）"),
            Column("state", means="环节的代码：draft、submitted 等"),
            Column("state_label", means="环节"),
            Column("state_since", "datetime", means="何时进入本环节"),
            Column("begun_at", "datetime", means="何时开始自评"),
            Column("readable", "truth", means="内容是否对制表人开放；不开放的（尚未上报、已撤回）只在本表有一行"),
            Column("apply_by", "date", means="本县的申报截止日，含延长和补正期限"),
            Column("returned", "count", means="退回补正的次数"),
            Column("eligible_county", "truth", means="按县级自评是否达到批次采用的全部标准；空为没有结论"),
            Column("eligible_prefecture", "truth", means="按市级认定是否达到；市级没有认定的为空"),
            Column("eligible_province", "truth", means="按省级认定是否达到；省级没有认定的为空"),
        ),
    ),
    "verdicts": TidyTable(
        "结论",
        "一行是一份申报在一级、按一个标准对一项指标的结论",
        (
            _SUBMISSION,
            _ROUND,
            _LEVEL,
            Column("standard", means="标准编号，如 national-2018"),
            _ROW,
            Column("section", means="项目编号，如 3；一票否决为空"),
            Column("consequence", means="required 须达标，veto 一票否决"),
            Column("verdict", means="结论的代码，如 met、unproven；一票否决为 clear、present 等"),
            Column("verdict_label", means="结论"),
            Column("passed", "truth", means="是否通过：达标、不适用、不存在"),
            Column("blocking", means="没有通过的原因的代码，以“、”分隔"),
            Column("in_making", "truth", means="这一级是否还在评价：还会变"),
        ),
    ),
    "figures": TidyTable(
        "数据",
        "一行是县里所填的一个数、一个选择或一项判断",
        (
            _SUBMISSION,
            _ROUND,
            Column("row", means="指标编号；县情为空"),
            Column("measure", means="指标点的编号；县情为县情的编号"),
            Column("label", means="指标点或县情的名称"),
            Column("kind", means="指标点的种类：count、rate、coverage 等；县情为 fact"),
            Column(
                "part",
                means="哪一部分：numerator、denominator、covered、whole、年份（如 2017、2017/covered）、所选项的代码；"
                "只有一个数的为空",
            ),
            Column("value", "number", means="数；是、已选、已做到为 1，否为 0"),
            Column("unit", means="单位；百分数写 %"),
            Column("text", means="不是数的：选项的代码，判断的理由"),
        ),
    ),
    "evidence": TidyTable(
        "佐证材料",
        "一行是一份登记的材料用于一项指标的一处；没有用到的材料也有一行",
        (
            _SUBMISSION,
            _ROUND,
            Column("evidence", means="材料编号，在一份申报之内，如 E01"),
            Column("row", means="用于哪项指标；没有用到的为空"),
            Column("requirement", means="用于哪一种建议材料；other 为其他，nil_return 为“无此情形”的证明"),
            Column("title", means="题名"),
            Column("kind", means="种类的代码，如 document、minutes"),
            Column("document_number", means="文号"),
            Column("issuer", means="责任者"),
            Column("date", "date", means="日期；只登记到月的为空，见 month"),
            Column("month", means="年月，如 2017-09"),
            Column("pages", "count", means="页数"),
            Column("holder", means="保管单位"),
            Column("box", means="盒号"),
            Column("sha256", means="文件的摘要；没有上传文件的为空。摘要相同就是同一个文件"),
        ),
    ),
    "findings": TidyTable(
        "认定",
        "一行是一级对一份申报一项指标的认定",
        (
            _SUBMISSION,
            _ROUND,
            _LEVEL,
            _ROW,
            Column(
                "finding",
                means="认定的代码：met、not_met、needs_correction 等；一票否决为 clear、present 等",
            ),
            Column("finding_label", means="认定"),
            Column("methods", means="评估方法的代码，以“、”分隔"),
            Column("reason", means="理由"),
            Column("date", "date", means="认定日期"),
            Column("evidence", means="所查材料的编号，以“、”分隔"),
            Column("by", means="认定人的用户名"),
            Column("at", "datetime", means="何时保存"),
        ),
    ),
    "moves": TidyTable(
        "办理",
        "一行是一份申报的一次办理",
        (
            _SUBMISSION,
            _ROUND,
            Column("number", "count", means="这份申报的第几次办理"),
            Column("move", means="办理的代码"),
            Column("move_label", means="办理"),
            Column("from_state", means="办理前的环节的代码"),
            Column("to_state", means="办理后的环节的代码"),
            Column("by", means="办理人的用户名；system 为命令行"),
            Column("at", "datetime", means="何时"),
            Column("reason", means="理由"),
        ),
    ),
}
