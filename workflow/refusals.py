"""What is refused: one table of codes, what each means, and its sentence where every use says the same.

A refusal is told to people in whole Chinese sentences: what is wrong, where, what to do. Codes are for programs and
tests: they stay as they are. `workflow.errors.Refused` is made with a code of this table only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Code = Literal[
    # permission
    "wrong_role",
    "foreign_division",
    "not_found",
    "wrong_state",
    "round_closed",
    "repinning",
    "not_opened",
    "not_assigned",
    "own_work",
    "own_findings",
    "directly_under_province",
    "not_given",
    "given_above",
    "given_otherwise",
    # what was written
    "malformed",
    "too_long",
    "personal_identifier",
    "unknown_kind",
    "file_not_held",
    "nothing_to_assign",
    # files
    "empty_file",
    "too_large",
    "bad_file_type",
    "file_missing",
    "bad_file",
    "other_county",
    "other_period",
    "other_round",
    # accounts
    "bad_account",
    "bad_list",
    "bad_department",
    "no_account",
    "own_account",
    "demo_account",
    "weak_password",
    "wrong_password",
    "not_the_same",
    "throttled",
    # rounds and their rules
    "bad_round",
    "no_round",
    "already_started",
    "already_carried",
    "demo_mixed",
    "rules_missing",
    "rules_changed",
    "unknown_scheme",
    "no_reason",
    "not_now",
    "seen_otherwise",
    "other_rules",
    # the demonstration
    "already_seeded",
    "not_fresh",
    "no_demo_rules",
    "bad_counties",
    # moves: these two, and the first guard that does not hold (`workflow.procedure.transitions.Guard`)
    "no_such_move",
    "stale",
    "before_apply_deadline",
    "before_recommend_deadline",
    "round_open",
    "form_complete",
    "facts_complete",
    "eligible_at_county",
    "eligible_at_prefecture",
    "eligible_at_province",
    "all_found_by_prefecture",
    "all_found_by_province",
    "county_opinion",
    "prefecture_opinion",
    "province_opinion",
    "no_open_doubt",
    "site_visit",
    "quota_free",
    "has_prefecture",
    "no_prefecture",
    "reason_given",
    "items_numbered",
    "due_given",
    "return_is_ours",
    "return_overdue",
    "return_items_met",
    "not_own_work",
    "not_own_findings",
    "decision_is_ours",
    "next_level_idle",
    "county_idle",
]


@dataclass(frozen=True, slots=True)
class Refusal:
    """``means``: for engineers. ``says``: the sentence, with ``{fields}``; empty where each use has its own."""

    means: str
    says: str = ""


REFUSALS: Mapping[Code, Refusal] = {
    "wrong_role": Refusal("the person's role may not do this; the sentence says whose it is"),
    "foreign_division": Refusal(
        "the submission lies outside the person's area", "该县不在您的辖区内，不能办理。请核对登录账号。"
    ),
    "not_found": Refusal(
        "no such submission, or one this person may not read: both look alike",
        "没有这份申报，或不在您的辖区内。请从工作台重新进入。",
    ),
    "wrong_state": Refusal(
        "the entry may not be written in the submission's state",
        "申报现处于“{state}”环节，此项内容已不能修改。{way}",
    ),
    "round_closed": Refusal("the round is over", "本批次已经结束，内容只能查看，不能再修改。"),
    "repinning": Refusal(
        "the round is taking other rules, county by county",
        "本批次正在换用新规则，内容暂时只能查看，不能修改和办理。请过几分钟再试；暂存的内容不会丢失。",
    ),
    "not_opened": Refusal(
        "an open return opens the entry neither by name nor beside what it names",
        "退回补正只开放退回时列明的内容和与其有关的各处，“{entry}”不在其中。请只修改开放的各项。",
    ),
    "not_assigned": Refusal("the entry is another department's, or the coordinator's"),
    "own_work": Refusal(
        "the reviewer filled in this county's submission",
        "您参与过本县的填报，或者是本县申报表上的负责人、联系人，不能评价本县。请由其他评审人员办理。",
    ),
    "own_findings": Refusal(
        "the round wants the level's opinion from somebody whose findings it does not rest on",
        "本批次要求认定与推荐意见由两人分别办理，您作出过本级认定，不能写推荐意见。请由本单位没有作出过认定的人员填写。"
        "没有这样的人员的，请上级民政部门或系统管理员在“账号”页增设一个评审账号。",
    ),
    "directly_under_province": Refusal(
        "a prefecture's finding on a county that has no prefecture", "该县没有上级地级市，由省级民政部门直接评价。"
    ),
    "not_given": Refusal(
        "printing at a level whose opinion this person may not see yet",
        "该级意见尚未作出，现在还不能按该级打印。",
    ),
    "given_above": Refusal(
        "a fact that prefecture or province have given is no longer the county's to fill in",
        "县情的这一项已由上级民政部门给出，直接采用，不需填写。有误的，请与给出的部门联系。",
    ),
    "given_otherwise": Refusal(
        "another account of the office gave the figure after this person looked at it",
        "这些数已由本单位的另一账号改动。请刷新页面，核对后再保存。",
    ),
    "malformed": Refusal("an entry's body is not what its kind wants; every fault is listed"),
    "too_long": Refusal("a text is longer than its limit"),
    "personal_identifier": Refusal("a text holds an identity or mobile number; never quoted back"),
    "unknown_kind": Refusal("no such kind of entry", "没有“{kind}”这类内容。请刷新页面后重试。"),
    "file_not_held": Refusal(
        "an entry names bytes that were never uploaded to the submission",
        "{item}写明的文件没有上传到本申报，不能保存。请上传或者重新选择这份文件后再保存。",
    ),
    "nothing_to_assign": Refusal("no proposal is left to accept"),
    "empty_file": Refusal("an uploaded file of 0 bytes", "文件“{file}”是空的（0字节）。请重新选择。"),
    "too_large": Refusal("an uploaded file or picture beyond the limit"),
    "bad_file_type": Refusal("an uploaded file's content is none of the accepted kinds, or not what its name says"),
    "file_missing": Refusal(
        "the store has lost a file's bytes", "材料“{file}”的文件读不出来。请联系系统管理员核验存储。"
    ),
    "bad_file": Refusal("a submission file that cannot be read; every located line is listed"),
    "other_county": Refusal(
        "the submission file is another county's",
        "文件是{theirs}（{their_code}）的，本申报属于{ours}（{our_code}）。请选择本县的文件。",
    ),
    "other_period": Refusal(
        "the submission file covers another period",
        "文件的申报期是{theirs}，本批次是{ours}。请使用本批次导出的文件。",
    ),
    "other_round": Refusal(
        "the submission file belongs to another round",
        "文件属于批次 {theirs}，本申报属于批次 {ours}。请选择本批次的文件。",
    ),
    "bad_account": Refusal("a new account's fields are wrong; every fault is listed"),
    "bad_list": Refusal("a list of accounts cannot be read, or some of them cannot be made; every fault is listed"),
    "bad_department": Refusal("a department of the county's list cannot stand so; every fault is listed"),
    "no_account": Refusal("no account of that username", "没有用户名为“{username}”的账号。请核对。"),
    "own_account": Refusal("administrators shutting out themselves", "不能停用自己的账号。请由其他管理员办理。"),
    "demo_account": Refusal(
        "a demonstration account's password, which the sign-in page shows", "演示账号的密码公开，不能{act}。"
    ),
    "weak_password": Refusal("a new password breaks a rule; every one is listed"),
    "wrong_password": Refusal("the name or the password is wrong: both look alike"),
    "not_the_same": Refusal("a new password typed twice, not alike", "两次输入的新密码不一致。请重新输入。"),
    "throttled": Refusal("too many failed tries; the sentence says how long to wait"),
    "bad_round": Refusal("a round's fields are wrong; every fault is listed"),
    "no_round": Refusal("no round of that id", "没有编号为“{round_id}”的批次。请核对。"),
    "already_started": Refusal("the county has a submission in the round"),
    "already_carried": Refusal("something was carried over into the submission before"),
    "demo_mixed": Refusal(
        "a real county in a demonstration round, or the reverse",
        "演示批次只供演示行政区划使用，正式批次不收演示数据。请选择对应的批次。",
    ),
    "rules_missing": Refusal(
        "what the round pins is neither installed nor kept",
        "本批次采用的标准 {standard} 没有安装，批次开始时的内容也没有保存，不能继续判断。"
        "已填内容没有丢失，仍可导出。请联系系统管理员恢复原来的规则。",
    ),
    "rules_changed": Refusal(
        "the installed standard has another fingerprint than the round pins, and the pinned text was not kept",
        "标准 {standard} 的内容与本批次开始时不同（指纹不符），批次开始时的内容没有保存，不能继续判断。"
        "已填内容没有丢失，仍可导出。请系统管理员在“批次”页办理“换用现行规则”，或恢复原来的规则。",
    ),
    "unknown_scheme": Refusal(
        "the environment variable SCHEME names no installed scheme",
        "环境变量 SCHEME：{fault}。请改正，或删去以采用默认的计分办法。",
    ),
    "no_reason": Refusal(
        "a round takes other rules without a reason",
        "请写明换用现行规则的理由（不超过{longest}字）。理由记入操作日志。",
    ),
    "not_now": Refusal("a round may not take other rules now; every obstacle is listed"),
    "seen_otherwise": Refusal(
        "what taking other rules would do has changed since it was looked at",
        "查看影响之后，各县的填报或认定又有变动，换用的影响已不相同。请重新查看，再换用。",
    ),
    "other_rules": Refusal(
        "a command reads other rules than the service serves",
        "{different}没有改动。请先把环境变量 RULES_DIR 设成与服务的一样；刚升级程序或改了规则的，先重新启动服务；"
        "确要用本命令读到的规则，请加 --yes。",
    ),
    "already_seeded": Refusal(
        "the demonstration stands already",
        "演示数据已经建立，没有改动。要重新建立，请另用一个空的数据目录（--var）。",
    ),
    "not_fresh": Refusal(
        "the store holds real accounts or rounds",
        "数据中已有正式账号或批次，不能混入演示数据。请另用一个空的数据目录（--var）。",
    ),
    "bad_counties": Refusal(
        "so many counties the demonstration cannot have",
        "演示省可有 {least} 至 {most} 个县（含有故事的几个县）。请改 --counties 后重试。",
    ),
    "no_demo_rules": Refusal(
        "the demonstration's standards are not installed",
        "演示数据采用标准 {wanted}，规则文件夹里没有 {missing}。"
        "请把自带的标准一并放进规则文件夹，或正式运行（DEMO=0）。",
    ),
    "no_such_move": Refusal(
        "the transition table has no such move from this state",
        "申报现在的环节不能办理此项。请刷新页面查看最新状态。",
    ),
    "stale": Refusal(
        "somebody moved the submission first", "{county}的申报已由他人办理，环节已变。请刷新页面后再办理。"
    ),
    "before_apply_deadline": Refusal("guard: the county's deadline, or that of its return, is over"),
    "before_recommend_deadline": Refusal("guard: the deadline for recommending is over"),
    "round_open": Refusal("guard: the round is over"),
    "form_complete": Refusal("guard: fields of the 申报表 are empty"),
    "facts_complete": Refusal("guard: facts of the county that a cross-check reads are not given"),
    "eligible_at_county": Refusal("guard: not eligible by the county's own answers; every blocking point is listed"),
    "eligible_at_prefecture": Refusal("guard: not eligible by the prefecture's findings"),
    "eligible_at_province": Refusal("guard: not eligible by the province's findings"),
    "all_found_by_prefecture": Refusal("guard: rows without the prefecture's finding"),
    "all_found_by_province": Refusal("guard: rows without the province's finding"),
    "county_opinion": Refusal("guard: the county government's opinion or its date is missing"),
    "prefecture_opinion": Refusal("guard: the prefecture's opinion or its date is missing"),
    "province_opinion": Refusal("guard: the province's opinion or its date is missing"),
    "no_open_doubt": Refusal("guard: the level's own doubts about rows are not resolved"),
    "site_visit": Refusal("guard: no visit of the province on record"),
    "quota_free": Refusal("guard: the prefecture has recommended as many counties as the round allows"),
    "has_prefecture": Refusal("guard: the county has no prefecture, its province reviews it directly"),
    "no_prefecture": Refusal("guard: the county has a prefecture, whose review comes first"),
    "reason_given": Refusal("guard: the move wants a reason"),
    "items_numbered": Refusal("guard: a return wants items of known rows, each with its reason, and a date"),
    "due_given": Refusal("guard: a date for the correction is missing, past or too far off"),
    "return_is_ours": Refusal("guard: another level made the open return"),
    "return_overdue": Refusal("guard: the date of the open return is not past"),
    "return_items_met": Refusal("guard: items of the open return were neither changed nor explained"),
    "decision_is_ours": Refusal("guard: the other level declined the county"),
    "next_level_idle": Refusal("guard: the level it was handed to has begun to act"),
    "county_idle": Refusal("guard: the county has begun to correct"),
    "not_own_work": Refusal("guard: the reviewer filled in this county's submission"),
    "not_own_findings": Refusal("guard: recommending, or the opinion, is by one whose findings it rests on"),
}
