"""用于: the materials of the person's own rows that documents of a batch are chosen for; the answers then name them.

A material that may be of one kind only says the kind of its document, which is not asked then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indicators.model import EvidenceRequirement
from scoring.kinds.typed import EntryError
from scoring.submission import Answer, Submission
from storage.canonical import Json
from ui.components import verbatim
from ui.components.case.stored_forms import StoredForms
from ui.components.forms.answer_form import form_name
from ui.components.forms.materials import own_requirements
from workflow.content import body_of
from workflow.file_text.proposing import kind_in
from workflow.targets import Target

_OF = "/"  # between row and material


@dataclass(frozen=True, slots=True)
class RowMaterials:
    """``asked``: row and material as one name → the material; ``targets``: row → what its form writes."""

    asked: Mapping[str, EvidenceRequirement]
    targets: Mapping[str, Target]

    @property
    def words(self) -> dict[str, str]:
        """For a list to choose from."""
        return {name: f"{name.partition(_OF)[0]} {verbatim.plain(one.label)}" for name, one in self.asked.items()}

    def kinds(self, chosen: Iterable[str]) -> tuple[str, ...]:
        """The kinds that all the chosen materials may be of, or else the first; none where nothing is chosen."""
        several = [self.asked[name].kinds for name in chosen if name in self.asked]
        first = several[0] if several else ()
        return tuple(kind for kind in first if all(kind in kinds for kinds in several)) or first

    def answers(self, submission: Submission, chosen: Mapping[str, Sequence[str]]) -> dict[Target, Json]:
        """The answers as they stand, each naming also the documents (by key) that were chosen for its materials.

        ``chosen``: document → names. Raises EntryError for a material of a row that is no more the person's.
        """
        given: dict[str, Answer] = {}
        for document, names in chosen.items():
            for name in names:
                row_id, _, material = name.partition(_OF)
                if name not in self.asked:
                    raise EntryError([f"用于：指标 {row_id} 现在不由您填写，请去掉。"], [(document, USES)])
                standing = submission.vetoes if self.targets[row_id].kind == "veto" else submission.answers
                answer = given.get(row_id) or standing.get(row_id) or Answer()
                cited = dict.fromkeys((*answer.evidence.get(material, ()), document))
                given[row_id] = replace(answer, evidence={**answer.evidence, material: tuple(cited)})
        return {self.targets[row_id]: body_of(answer) for row_id, answer in given.items()}


USES = "uses"  # the field's name


def row_materials(forms: StoredForms) -> RowMaterials:
    """Of all rows the person may answer, or help with."""
    return forms.once("materials of own rows", lambda: _row_materials(forms))


def _row_materials(forms: StoredForms) -> RowMaterials:
    own = {row.id: row for row in forms.rows.values() if forms.why_not(form_name(row)) is None}
    asked = {f"{row.id}{_OF}{key}": one for row in own.values() for key, one in own_requirements(forms, row).items()}
    return RowMaterials(asked, {row_id: form_name(row) for row_id, row in own.items()})


def kind_for(kinds: Sequence[str], title: str) -> str:
    """The kind taken where none is chosen: what the title names, where the materials allow it, else the first they
    ask for."""
    named = kind_in(title)
    return named if named in kinds or not kinds else kinds[0]
