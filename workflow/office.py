"""What every use case stands on: the store, the rules and the scheme in force. Made once by the entry point."""

from __future__ import annotations

from dataclasses import dataclass, field

from indicators.model import Library, Scheme, Standard
from scoring.assess import assess
from scoring.assessment import Assessment, Level
from scoring.schemes import chosen_scheme
from scoring.submission import Submission
from storage.records import RoundRecord
from storage.store import Store
from workflow.errors import Refused
from workflow.judgement_cache import JudgementCache


@dataclass(frozen=True, slots=True)
class Office:
    """``scheme`` names the points shown (None: the usual ones); it decides nothing.

    ``demo_accounts``: whether they may sign in here.
    """

    store: Store
    library: Library
    scheme: str | None = None
    demo_accounts: bool = True
    judgements: JudgementCache = field(default_factory=JudgementCache, compare=False, repr=False)

    def standards(self, round_record: RoundRecord) -> tuple[Standard, ...]:
        """The standards a round pins; raises Refused (``rules_changed``) when the installed ones differ."""
        found: list[Standard] = []
        for standard_id in round_record.standards:
            standard = self.library.standards.get(standard_id)
            if standard is None:
                raise Refused("rules_missing", f"本批次采用的标准 {standard_id} 没有安装。请联系系统管理员。")
            if round_record.fingerprints.get(standard_id) != standard.fingerprint:
                raise Refused(
                    "rules_changed",
                    f"标准 {standard_id} 的内容与本批次开始时不同（指纹不符），不能继续判断。"
                    "请联系系统管理员恢复原标准或另开批次。",
                )
            found.append(standard)
        return tuple(found)

    def judge(self, content: Submission, round_record: RoundRecord, level: Level = "county") -> Assessment:
        """Scoring's answer under the round's standards."""
        return assess(content, self.standards(round_record), self.points(), level)

    def points(self) -> Scheme:
        """The scheme whose points are shown. Raises UnknownSchemeError."""
        return chosen_scheme(self.library.schemes, self.scheme)
