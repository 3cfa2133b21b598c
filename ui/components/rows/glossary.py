"""What words of the standards mean, for who meets them for the first time: ours, put beside the rows that use them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ui.components import labels, verbatim
from ui.components.rows.row_page import fold

# 词 → 通行的解释（本工具所写，不是标准的文字；文件另有规定的以文件为准）。
TERMS: Mapping[str, str] = {
    "农村留守儿童": "父母双方外出务工，或一方外出务工、另一方没有监护能力，不满16周岁的农村未成年人。",
    "困境儿童": "因家庭贫困、自身残疾，或者家庭监护缺失、监护不当，在生活、就医、就学、康复、安全等方面有困难的儿童。",
    "孤儿": "失去父母，或查找不到生父母的未满18周岁的未成年人。",
    "儿童之家": "村（社区）里有固定场地、有人管理，给儿童开展活动、辅导和关爱服务的地方。",
    "儿童督导员": "乡镇（街道）负责儿童工作的人，指导本辖区的儿童主任。",
    "儿童主任": "村（社区）负责儿童工作的人，走访、登记、报告情况，可以专职，也可以兼职。",
    "社会工作": "用专业方法帮助有困难的人和家庭的服务；儿童社会工作者专做儿童服务，可以设岗，也可以购买服务配备。",
    "强制报告": "学校、医院、村（居）民委员会等及其工作人员，发现儿童受侵害、脱离监护等情形，必须及时向公安机关报告。",
    "会商": "几个部门坐在一起研究一个儿童的情况，定下谁做什么。材料只写编号，不写姓名。",
    "个案": "一个儿童（或一个家庭）的一件事，从发现、评估、帮扶到结束单独办理。材料只写编号和件数。",
    "撤销监护权": "监护人严重侵害儿童或不履行责任的，由法院依申请撤销其监护人资格，另行指定监护人。",
    "训诫": "公安机关对监护人当面批评教育，责令改正，一般有文书。",
    "委托监护": "父母外出时，把子女托给有监护能力的亲属或其他成年人照料。",
    "临时监护": "监护人一时不能履行责任时，由民政部门或有关机构暂时照料。",
    "收养": "经民政部门登记成立的收养关系，登记前须评估。",
    "家庭寄养": "经规定程序，把民政部门监护的儿童放在符合条件的家庭中养育，监护仍在民政部门。",
    "儿童福利机构": "民政部门设立的收留抚养孤儿、弃婴等儿童的机构，如儿童福利院、设有儿童部的社会福利院。",
    "未成年人保护中心": "接收、临时照料和帮助需要保护的未成年人的机构，不少由流浪未成年人救助保护中心更名而来。",
    "一门受理、协同办理": "乡镇（街道）只设一个窗口接申请，由窗口转给有关部门办，群众不必跑几处。",
    "政府购买社会服务": "政府出钱，由社会组织等承担服务，一般有目录、合同和验收。",
    "医疗救助": "基本医疗保险、大病保险等报销以后，对困难对象仍要自己负担的费用再给的补助。",
    "封顶线": "一年里医疗救助最多支付的金额。",
    "自负费用": "各种保险报销以后，仍由个人负担的费用。",
    "建档立卡": "按国家标准识别、登记入册的贫困家庭。",
    "最低生活保障": "低保：家庭人均收入低于当地标准的，按月补差。",
    "特困": "无劳动能力、无生活来源，也没有能履行义务的赡养、抚养、扶养人的人员，由政府供养。",
    "随班就读": "残疾儿童在普通学校的普通班上学。",
    "辍学": "没有完成义务教育就离开学校。辍学率按学籍人数计算。",
    "志愿": "志愿者自愿、不取报酬的服务，一般有登记和时数。",
    "热线": "向社会公布号码，接受儿童保护方面求助、报告的电话，有接听、登记、转办的记录。",
}


def terms_in(texts: Iterable[str]) -> dict[str, str]:
    """The terms that occur, in the glossary's order."""
    whole = "\n".join(texts)
    return {term: meaning for term, meaning in TERMS.items() if term in whole}


def terms_fold(texts: Iterable[str]) -> str:
    """HTML of their meanings, folded away; empty where none occurs."""
    found = terms_in(texts)
    if not found:
        return ""
    lines = "".join(
        f"<dt>{verbatim.markup(term)}</dt><dd>{verbatim.markup(meaning)}</dd>" for term, meaning in found.items()
    )
    inner = f'<div class="dc-ours"><dl class="dc-facts">{lines}</dl></div>'
    return fold("terms", "名词", inner, is_open=False, marks=labels.tag("本工具解释，非文件规定", "tool"))
