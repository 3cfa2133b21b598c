"""`Office`: the store, the rules and the scheme that every use case takes first. Made once by the entry point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indicators.building.pinned import UnreadableRulesError, standard_from
from indicators.building.units import standard_in_words
from indicators.model import Library, Scheme, Standard
from scoring.assessment import Assessment
from scoring.judging.assess import Formerly, assess_levels
from scoring.judging.schemes import UnknownSchemeError, chosen_scheme
from scoring.submission import Level, Submission
from storage.records import RoundRecord
from storage.store import Store
from workflow.errors import Refused
from workflow.people import Person
from workflow.refusals import Code
from workflow.round_policies import RoundPolicies
from workflow.stamped_cache import StampedCache

_SNAPSHOTS = 256  # as many people at work in one process
_REVIEWS = 4096  # every county there is, and some more
RULES_LOST: frozenset[Code] = frozenset(
    {"rules_changed", "rules_missing"}
)  # what a round pins is neither installed nor kept


def known_scheme(library: Library, scheme: str | None) -> str | None:
    """The installation's scheme, if it is installed. Raises Refused (``unknown_scheme``)."""
    try:
        chosen_scheme(library.schemes, scheme)
    except UnknownSchemeError as error:
        raise Refused("unknown_scheme", fault=error) from error
    return scheme


@dataclass(frozen=True, slots=True)
class Office:
    """Store, rules and settings of one installation. ``scheme`` names the points shown (None: equal); no verdict.

    ``demo_accounts``: whether they may sign in here. ``kept``: rules read back from the store, by fingerprint.
    ``snapshots``: what each person last opened, `workflow.submission.snapshot`'s to read; never another person's.
    ``reviews``: how far each submission's review is, by its id, `workflow.overview.reviews`'s to read. ``codes``: the
    check codes of the forms that could be printed of it now, `workflow.printed.codes`'s.
    """

    store: Store
    library: Library
    scheme: str | None = None
    demo_accounts: bool = True
    snapshots: StampedCache[tuple[Person, int], object] = field(
        default_factory=lambda: StampedCache(_SNAPSHOTS), compare=False, repr=False
    )
    reviews: StampedCache[int, object] = field(
        default_factory=lambda: StampedCache(_REVIEWS), compare=False, repr=False
    )
    codes: StampedCache[int, tuple[str, ...]] = field(
        default_factory=lambda: StampedCache(_REVIEWS), compare=False, repr=False
    )
    kept: dict[str, Standard] = field(default_factory=dict, compare=False, repr=False)
    policies: RoundPolicies = field(default_factory=RoundPolicies, compare=False, repr=False)

    def standards(self, round_record: RoundRecord) -> tuple[Standard, ...]:
        """The standards a round pins: the installed ones, or where those have changed since, as the round kept them.

        Raises Refused (``rules_changed``, ``rules_missing``) where the contents pinned are nowhere any more.
        """
        return tuple(self._pinned(standard_id, round_record) for standard_id in round_record.standards)

    def has_rules(self, round_record: RoundRecord) -> bool:
        """Whether the contents a round pins are installed or kept: without them it cannot be judged."""
        try:
            self.standards(round_record)
        except Refused:
            return False
        return True

    def rules_of(self, round_record: RoundRecord) -> Library:
        """The library with the round's own standards and policy documents: to read its submissions with.

        Raises as above.
        """
        pinned = {standard.id: standard for standard in self.standards(round_record)}
        policies = self.policies.of_round(self.store, self.library, round_record)
        same = all(self.library.standards.get(standard.id) is standard for standard in pinned.values())
        if same and policies is self.library.policies:
            return self.library
        return replace(self.library, standards={**self.library.standards, **pinned}, policies=policies)

    def follows_installed(self, round_record: RoundRecord) -> bool:
        """Whether what the round pins is what is installed now."""
        installed = self.library.standards
        same = all(
            standard_id in installed
            and installed[standard_id].fingerprint == round_record.fingerprints.get(standard_id)
            for standard_id in round_record.standards
        )
        return same and self.policies.follows(self.library, round_record)

    def _pinned(self, standard_id: str, round_record: RoundRecord) -> Standard:
        installed = self.library.standards.get(standard_id)
        fingerprint = round_record.fingerprints.get(standard_id, "")
        if installed is not None and installed.fingerprint == fingerprint:
            return installed
        standard = self._kept(fingerprint)
        if standard is not None:
            return standard
        if installed is None:
            raise Refused("rules_missing", standard=standard_id)
        raise Refused("rules_changed", standard=standard_id)

    def _kept(self, fingerprint: str) -> Standard | None:
        """The standard kept under the fingerprint; None where there is none or it cannot be read any more."""
        if fingerprint not in self.kept:
            with self.store.read() as tx:
                text = tx.pinned_standards.text(fingerprint)
            if text is None:
                return None
            try:
                self.kept[fingerprint] = standard_in_words(standard_from(text, fingerprint), self.library.vocabulary)
            except UnreadableRulesError:
                return None
        return self.kept[fingerprint]

    def judge(
        self,
        content: Submission,
        round_record: RoundRecord,
        level: Level = "county",
        former: Formerly | None = None,
    ) -> Assessment:
        """The assessment of the content under the round's standards, at ``level``."""
        return self.judge_levels(content, round_record, (level,), former)[level]

    def judge_levels(
        self,
        content: Submission,
        round_record: RoundRecord,
        levels: Sequence[Level],
        former: Formerly | None = None,
    ) -> dict[Level, Assessment]:
        """The same at several levels, the county's own part judged once; beside ``former`` only where it differs."""
        return assess_levels(content, self.standards(round_record), self.points(), levels, former)

    def points(self) -> Scheme:
        """The scheme whose points are shown. Raises UnknownSchemeError."""
        return chosen_scheme(self.library.schemes, self.scheme)
