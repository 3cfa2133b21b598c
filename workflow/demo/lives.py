"""The lives of invented counties: each a list of steps by the hand of whoever takes them, up to where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from indicators.model import Indicator, Standard
from scoring.submission import OpinionLevel, ReviewLevel
from storage.clock import local_date
from storage.records import ReturnItem, RoundRecord
from storage.store import Transaction
from workflow.demo.content import renamed
from workflow.demo.figures import Content, unfinished, varied
from workflow.divisions import has_prefecture, place, prefecture_of
from workflow.rounds.giving import given_in
from workflow.states import State
from workflow.submission.printed_rows import printed_rows
from workflow.targets import Target

PROVINCE_REVIEWER = "yanshisheng"
_WANTING = (
    "所附汇总未列分月明细，请补充后核对",
    "花名册与填报数不一致，请核对人数",
    "文件未附正文，只有标题，请补齐",
    "活动记录缺一个季度，请补充",
)
_DOUBTFUL = 0.04


class Step(NamedTuple):
    """Something done by somebody at a moment."""

    at: datetime
    actor: str
    write: Callable[[Transaction], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """What every county is made from: content in the demo's years, findings and visits, the round's standards."""

    content: Content
    reviews: Content
    standards: Sequence[Standard]
    round: RoundRecord

    @property
    def rows(self) -> tuple[Indicator, ...]:
        """Of all its standards."""
        return printed_rows(self.standards)


@dataclass(slots=True)
class Life:
    """A county on its way to ``stage``. ``id`` is its submission's, once it has begun."""

    code: str
    stage: State
    sample: Sample
    rng: Random
    now: datetime
    id: int = 0
    _version: int = 1
    _level: ReviewLevel = "prefecture"
    _wanting: tuple[str, ...] = ()
    _answers: Content = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The county's."""
        found = place(self.code)
        return self.code if found is None else found.name

    @property
    def coordinator(self) -> str:
        """Username."""
        return f"xian{self.code}"

    @property
    def government(self) -> str:
        """Username."""
        return f"zhengfu{self.code}"

    def steps(self) -> list[Step]:
        """All of them, evenly over the last weeks; the actors work by day."""
        self._level = "prefecture" if has_prefecture(self.code) else "province"
        todo = list(self._todo())
        first, last = self.rng.uniform(34, 57), self.rng.uniform(1, 9)
        each = (first - last) / max(1, len(todo) - 1)
        return [Step(self._at(first - number * each), actor, write) for number, (actor, write) in enumerate(todo)]

    def _at(self, days_ago: float) -> datetime:
        day = self.now - timedelta(days=days_ago)
        return day.replace(hour=self.rng.randint(1, 8), minute=self.rng.randint(0, 59))  # 北京时间9时至17时

    def _todo(self) -> Iterator[tuple[str, Callable[[Transaction], None]]]:
        yield self.coordinator, self._begin
        stage = self.stage
        withdrawn_early = stage is State.WITHDRAWN and self.rng.random() < 0.5  # noqa: PLR2004 - a coin
        if stage is State.DRAFT or withdrawn_early:
            share = self.rng.uniform(0.05, 1.0)
            yield self.coordinator, lambda tx: self._fill(tx, share)
            if withdrawn_early:
                yield self.coordinator, self._mover("withdraw", stage, "本批次不再申报")
            return
        yield self.coordinator, lambda tx: self._fill(tx, None)
        yield self.coordinator, self._mover("hand_over", State.AWAITING_GOVERNMENT)
        if stage is State.AWAITING_GOVERNMENT:
            return
        yield self.government, self._release
        yield from self._reviewed()

    def _reviewed(self) -> Iterator[tuple[str, Callable[[Transaction], None]]]:
        level, stage = self._level, self.stage
        ours = f"shi{self.code[:4]}00" if level == "prefecture" else PROVINCE_REVIEWER
        if stage is State.WITHDRAWN:
            yield self.government, self._mover("withdraw", stage, "本县另有安排，撤回申报")
        elif stage is State.SUBMITTED:
            share = self.rng.choice((0.0, 0.0, *(self.rng.random() for _ in range(3)), 1.0))
            if share:
                yield ours, lambda tx: self._find(tx, level, share, _DOUBTFUL)
        elif stage is State.DECLINED:
            yield ours, lambda tx: self._find(tx, level, 1.0, 0.2)
            yield ours, self._mover(f"{level}_decline", stage, "多项指标佐证不实，不予推荐")
        elif stage is State.RETURNED:
            yield ours, lambda tx: self._find(tx, level, 1.0, 0.1)
            yield ours, self._give_back
            if self.rng.random() < 0.6:  # noqa: PLR2004 - most have set to work
                yield self.coordinator, self._mend
        else:
            yield ours, lambda tx: self._find(tx, level, 1.0, 0.0)
            yield ours, lambda tx: self._recommend(tx, level)
            if level == "prefecture":
                yield from self._in_the_field()

    def _in_the_field(self) -> Iterator[tuple[str, Callable[[Transaction], None]]]:
        """省级实地评估 of a county that its prefecture has recommended."""
        if self.stage is State.PROVINCE_RECOMMENDED:
            yield PROVINCE_REVIEWER, lambda tx: self._find(tx, "province", 1.0, 0.0)
            yield PROVINCE_REVIEWER, lambda tx: self._recommend(tx, "province")
        elif (share := self.rng.choice((0.0, self.rng.random()))) > 0:
            yield PROVINCE_REVIEWER, lambda tx: self._find(tx, "province", share, _DOUBTFUL)

    def _begin(self, tx: Transaction) -> None:
        begun = tx.submissions.add(
            round_id=self.sample.round.id,
            division_code=self.code,
            division_name=self.name,
            state=State.DRAFT.value,
        )
        self.id = begun.id
        given = given_in(self.sample.round, self.code, self.sample.standards)
        tx.entries.add_all(self.id, {Target.fact("has_prefecture"): has_prefecture(self.code), **given})

    def _fill(self, tx: Transaction, answered: float | None) -> None:
        """``answered`` None: everything, as whoever hands over has it."""
        content = varied(self.sample.content, self.sample.standards, self.rng)
        content = renamed_content(content, self._names()) | {Target.form("narrative"): self._narrative(content)}
        self._as_placed(content)
        if answered is not None:
            content = unfinished(content, self.sample.standards, self.rng, answered)
        content.pop(Target.fact("has_prefecture"))  # stands since the beginning, as what is given does
        for target in given_in(self.sample.round, self.code, self.sample.standards):
            content.pop(target.stated, None)
        tx.entries.add_all(self.id, content)
        if self.stage is State.RETURNED:
            self._answers = {target: body for target, body in content.items() if target.is_answer}

    def _names(self) -> dict[str, str]:
        prefecture = prefecture_of(self.code)
        return {"演示州": prefecture.name if prefecture else "演示省", "甲县": self.name, "甲": self.name[:-1]}

    def _narrative(self, content: Content) -> str:
        number = {name: content[Target.fact(name)] for name in ("townships", "subdistricts", "villages", "communities")}
        return (
            f"{self.name}辖{number['townships']}个乡镇、{number['subdistricts']}个街道，有村民委员会"
            f"{number['villages']}个、社区{number['communities']}个。建立了政府领导、民政牵头、部门参与的工作机制，"
            "落实监护责任，完善保障制度，建设儿童之家，配备儿童督导员和儿童主任。（演示数据，由程序生成）"
        )

    def _as_placed(self, content: Content) -> None:
        """What follows from where the county stands, and from its being a district or a city."""
        if not has_prefecture(self.code):
            content.pop(Target.fact("prefecture_dropout_rate"), None)
            note = "本县由省直接管辖，没有上级地级市（地、州、盟）。"
            content[Target.answer("5.1.1")] = {"claim": "not_applicable", "note": note}
        kind = {"区": "prefecture_district", "市": "county_level_city"}.get(self.name[-1])
        if kind is not None:
            content[Target.fact("county_kind")] = kind
            villages, communities = (content[Target.fact(name)] for name in ("villages", "communities"))
            places = {
                "city_communities_with_place": communities,
                "city_villages_with_place": communities + round(villages * self.rng.uniform(0.9, 1.0)),
            }
            answer = content[Target.answer("5.2.1")]
            judged = answer["judgements"]
            content[Target.answer("5.2.1")] = {
                **answer,
                "measures": {**answer["measures"], **places},
                "judgements": {**judged, "city_fulfilment": judged["county_fulfilment"]},
            }

    def _mover(self, move: str, to: State, reason: str | None = None) -> Callable[[Transaction], None]:
        def go(tx: Transaction) -> None:
            tx.moves.add(self.id, move=move, to_state=to.value, expected_version=self._version, reason=reason)
            self._version += 1

        return go

    def _release(self, tx: Transaction) -> None:
        text = f"经审核，{self.name}农村留守儿童关爱保护和困境儿童保障工作自评情况属实，同意推荐。"
        self._sign(tx, "county_government", text, f"{self.name}人民政府")
        self._mover("release", State.SUBMITTED)(tx)

    def _recommend(self, tx: Transaction, level: ReviewLevel) -> None:
        by = "演示省民政厅" if level == "province" else f"{self._names()['演示州']}民政局"
        if level == "province":
            visits = (body for body in self.sample.reviews.values() if body.get("level") == "province")
            visit = {**renamed(next(visits), self._names()), "date": _day(tx)}
            tx.entries.add_all(self.id, {Target.site_visit("province", 1): visit})
        self._sign(tx, level, f"经评价，{self.name}各项指标均达到指导标准，同意推荐。", by)
        to = State.PROVINCE_RECOMMENDED if level == "province" else State.PREFECTURE_RECOMMENDED
        self._mover(f"{level}_recommend", to)(tx)

    def _sign(self, tx: Transaction, level: OpinionLevel, text: str, by: str) -> None:
        tx.entries.add_all(self.id, {Target.opinion(level): {"text": text, "date": _day(tx), "by": by}})

    def _find(self, tx: Transaction, level: ReviewLevel, share: float, doubtful: float) -> None:
        """The first rows found on as they compute, some of them wanting correction."""
        rows = self.sample.rows
        found: Content = {}
        for row in rows[: max(1, round(len(rows) * share))]:
            body = {**self.sample.reviews[Target.finding(level, row.id)], "date": _day(tx)}
            if "searched" in body:
                body["searched"] = {**body["searched"], "date": _day(tx)}
            if row.id == "5.1.1" and not has_prefecture(self.code):
                body = {**body, "finding": "not_applicable", "reason": "由省直接管辖，没有上级地级市"}
            elif row.consequence != "veto" and self.rng.random() < doubtful:
                reason = self.rng.choice(_WANTING)
                body = {**body, "finding": "needs_correction", "reason": reason}
            found[Target.finding(level, row.id)] = renamed(body, self._names())
        wanting = [target for target, body in found.items() if body["finding"] == "needs_correction"]
        if self.stage is State.RETURNED and not wanting:
            wanting = [Target.finding(level, "3.3.2")]
            found[wanting[0]] = {**found[wanting[0]], "finding": "needs_correction", "reason": _WANTING[0]}
        self._wanting = tuple(target.key for target in wanting)
        tx.entries.add_all(self.id, found)

    def _give_back(self, tx: Transaction) -> None:
        due = local_date(self.now) + timedelta(days=self.rng.randint(-4, 20))
        items = [ReturnItem(n, row_id, _WANTING[n % len(_WANTING)]) for n, row_id in enumerate(self._wanting, 1)]
        tx.returns.add(self.id, level=self._level, items=items, due=due)
        tx.entries.remove(self.id, *Target.opinion("county_government"), 1)
        self._mover(f"{self._level}_return", State.RETURNED)(tx)

    def _mend(self, tx: Transaction) -> None:
        row_id = self._wanting[0]
        target, finding = Target.answer(row_id), Target.finding(self._level, row_id)
        tx.entries.put(self.id, *target, {**self._answers[target], "note": "已按退回意见补充，核对无误。"}, 1)
        tx.entries.remove(self.id, *finding, 1)
        self._answers = {}


def renamed_content(content: Content, names: Mapping[str, str]) -> Content:
    """The same content with other names in its texts."""
    return {target: renamed(body, names) for target, body in content.items()}


def _day(tx: Transaction) -> str:
    return local_date(tx.now).isoformat()
