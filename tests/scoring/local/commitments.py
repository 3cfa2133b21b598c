"""A commitment of a made-up document, checked for a made-up county."""

from __future__ import annotations

from dataclasses import replace

from indicators.model import Bound as Limit
from indicators.model import Clause, Commitment, Fact, Measure, Policy, Quantity, Require
from scoring.local.profile import local_profile
from scoring.submission import Local
from tests.scoring.small import row, standard, submission

GRANT = Commitment("grant", "助学金", "amount", "每人每年2000元", value=2000, unit="元/人·年")
FACTS = (
    Fact("villages", "村数", "number", unit="个"),
    Fact("places", "儿童之家数", "number", unit="个"),
    Fact("many", "较多", "judged"),
)
DIRECTORS = Measure("directors", "coverage", "有主任的村", ("每个村1名",), of=("villages",))
SHARE = Measure(
    "places",
    "coverage",
    "有儿童之家的村",
    ("90%",),
    of=("villages",),
    require=Require(at_least=Limit(90), unit="percent"),
)
MEETINGS = Measure("meetings", "count", "会议", ("两次",), unit="次", per="year", require=Require(at_least=Limit(2)))
MECHANISM = Measure("mechanism", "yes_no", "机制", ("机制",))
PROMPT = Measure("prompt", "judgement", "及时", ("及时",))
PAID = Measure("paid", "coverage", "发放", ("发放",), whole=Quantity("应发人数", "人"))
STANDARD = standard(row(DIRECTORS, SHARE, MEETINGS, MECHANISM, PROMPT, PAID), facts=FACTS)


def policy(*commitments: Commitment, divisions: tuple[str, ...] = ("9901",), **clause) -> Policy:
    text = "　".join(one.quote for one in commitments) or "由分管领导负责"
    return Policy(
        "act", "演示文件", None, "演示市", "2017-01", (Clause("一", "总", text, commitments=commitments, **clause),),
        divisions=divisions,
    )  # fmt: skip


def found(one: Commitment, answer=None, *, standards=None, more: tuple[Commitment, ...] = (), **given):
    """The check of one commitment, its answer given under ``local``."""
    answers = {} if answer is None else {"act": {one.id: answer}}
    county = submission(**given)
    county = replace(county, local=Local(("act",), answers))
    profile = local_profile(county, {"act": policy(one, *more)}, standards or [standard(row())])
    return next(check for check in profile.documents[0].checks if check.id == one.id)
