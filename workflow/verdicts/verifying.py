"""What `storage verify` asks of kept verdicts: judged anew, is each what is kept?"""

from __future__ import annotations

from collections.abc import Iterator

from indicators.reading.problems import ProblemsError
from workflow.errors import Refused
from workflow.office import Office
from workflow.verdicts.keeping import content_of, judged_now
from workflow.verdicts.rejudging import outdated


def verdict_faults(office: Office) -> Iterator[str]:
    """Every difference, located, in Chinese. Those that wait to be judged anew are no faults: nobody is shown them."""
    waiting = frozenset(outdated(office))
    with office.store.read() as tx:
        rounds = {round_record.id: round_record for round_record in tx.rounds.all()}
        for record in tx.submissions.all():
            if record.id in waiting:
                continue
            round_record = rounds[record.round_id].of(record)
            try:
                judged = judged_now(office, record, round_record, content_of(office, tx, record, round_record))
            except (Refused, ProblemsError):
                continue  # 规则已不在或内容读不出：没有结论可核对
            stored = {(kept.level, kept.standard): kept for kept in tx.verdicts.of(record.id)}
            where = f"申报 {record.id}（{record.division_name}）"
            for new in judged:
                old = stored[new.level, new.standard]
                place = f"{where}{_LEVELS[new.level]}结论 {new.standard}"
                for row_id in dict.fromkeys([*new.verdicts, *old.verdicts]):
                    was, is_now = (one.verdicts.get(row_id, "无") for one in (old, new))
                    if was != is_now:
                        yield f"{place} {row_id}：保存的是 {was}，重新判断为 {is_now}"
                    elif old.blocking.get(row_id) != new.blocking.get(row_id):
                        yield f"{place} {row_id}：保存的原因与重新判断的不同"
                if (old.eligible, old.score) != (new.eligible, new.score):
                    yield f"{place}：保存的总结论或得分与重新判断的不同"


_LEVELS = {"county": "县级", "prefecture": "市级", "province": "省级"}
