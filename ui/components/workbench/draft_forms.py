"""Which form a draft was typed in, to draw it away from its page: aside, to save it, or to tell that it is gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from scoring.departments import Department
from scoring.local.profile import DocumentProfile, LocalCheck
from scoring.submission import OPINION_OF, ReviewLevel
from storage.clock import now
from ui.components.assigning.departments import department_form
from ui.components.assigning.departments import form_of as department_name
from ui.components.assigning.dues import DUE, row_dues
from ui.components.assigning.local import form_of as local_assignments
from ui.components.assigning.local import local_due_key, local_dues, local_form
from ui.components.assigning.rows import rows_form
from ui.components.case.stored_forms import StoredForms
from ui.components.checks.explaining import explanation_form as explanation_of
from ui.components.checks.explaining import found_under
from ui.components.county.returned import explanation_form
from ui.components.forms.answer_form import answer_form
from ui.components.forms.application_form import application_form
from ui.components.forms.county_form import county_form
from ui.components.local.clause_form import clause_form, form_of
from ui.components.local.policy_choice import choice_form
from ui.components.opinion.form import opinion_form
from ui.components.opinion.scan import scan_form
from ui.components.register.batch import SEVERAL, batch_form
from ui.components.register.document import document_form
from ui.components.register.stored_files import StoredFiles
from ui.components.remarks.doubts import doubt_form
from ui.components.remarks.notes import note_form
from ui.components.review.finding_form import finding_form
from ui.components.review.site_visits import visit_form
from ui.components.review.visit_plan import plan_form
from workflow.people import REVIEWER_LEVELS
from workflow.submission.corrections import Correction, correction_target
from workflow.submission.local_assigning import key_of
from workflow.targets import LOCAL_POLICIES, NEW, Target

WHOLE: Mapping[str, str] = {"fact": "县情", "form": "申报表"}  # one form for all entries of the kind


def drawing(forms: StoredForms, name: tuple[str, str]) -> Callable[[], None] | None:
    """How the form is drawn; None for one of nothing that is there now."""
    kind, key = name
    if kind in {"answer", "veto"} and key in forms.rows:
        return lambda: answer_form(forms, forms.rows[key], files=StoredFiles(forms))
    if kind in WHOLE:
        return {"fact": lambda: county_form(forms), "form": lambda: application_form(forms)}[kind]
    if kind == "evidence":
        chosen = None if key.startswith(NEW) else key
        return lambda: batch_form(forms) if key == SEVERAL else document_form(forms, StoredFiles(forms), chosen)
    by_key = {"assignment": _assignment, "local": _local, "correction": _explanation, "explanation": _of_warning}
    if kind in by_key:
        return by_key[kind](forms, key)
    level = REVIEWER_LEVELS.get(forms.person.role)
    if level is not None and (form := _reviewing(forms, level, kind, key)) is not None:
        return form
    if kind.startswith("opinion."):
        return lambda: opinion_form(forms, OPINION_OF[level or "county"], "")
    if kind.startswith("scan."):
        return lambda: scan_form(forms, OPINION_OF[level or "county"])
    return None


def _reviewing(forms: StoredForms, level: ReviewLevel, kind: str, key: str) -> Callable[[], None] | None:
    """The form of what a review level writes beside its opinion."""
    row = forms.rows.get(key)
    if kind.startswith("finding.") and row is not None:
        return lambda: finding_form(forms, level, row, now())
    if kind.startswith("doubt.") and row is not None:
        return lambda: doubt_form(forms, level, row)
    if kind.startswith("visit_plan."):
        return lambda: plan_form(forms, level)
    if kind.startswith("note."):
        return lambda: note_form(forms, Target.note(level, key))
    return (lambda: visit_form(forms, level, Target.parse(f"{kind}/{key}"), now())) if kind == "site_visit" else None


def _assignment(forms: StoredForms, key: str) -> Callable[[], None] | None:
    if key == NEW:
        return lambda: rows_form(forms)
    if key == DUE:
        return lambda: row_dues(forms)
    for document in forms.local.documents:
        if key in {local_assignments(document).key, local_due_key(document)}:
            drawing = local_dues if key == local_due_key(document) else local_form
            return lambda: drawing(forms, document)
    departments = (*forms.snapshot.departments.departments, Department(""))
    department = next((one for one in departments if department_name(one)[1] == key), None)
    return None if department is None else lambda: department_form(forms, department)


def correction_of(forms: StoredForms, key: str) -> Correction | None:
    """The item of the open return whose explanation this is."""
    notice = forms.snapshot.open_return
    items = () if notice is None else forms.snapshot.corrections
    return next((one for one in items if notice and correction_target(notice, one.item).key == key), None)


def _explanation(forms: StoredForms, key: str) -> Callable[[], None] | None:
    correction = correction_of(forms, key)
    return None if correction is None else lambda: explanation_form(forms, correction, Target("correction", key))


def _of_warning(forms: StoredForms, key: str) -> Callable[[], None] | None:
    return (lambda: explanation_of(forms, key)) if found_under(forms, key) else None


def _local(forms: StoredForms, key: str) -> Callable[[], None] | None:
    if key == LOCAL_POLICIES:
        return lambda: choice_form(forms)
    clause = clause_of(forms, key)
    if clause is None:
        return None
    document, checks = clause
    return lambda: clause_form(forms, document, checks, checks, None)


def clause_of(forms: StoredForms, key: str) -> tuple[DocumentProfile, Sequence[LocalCheck]] | None:
    """The checks of the clause whose form, or one of whose commitments, is named so, and their document."""
    clauses = ((document, checks) for document in forms.local.documents for _, checks in document.by_clause())
    named = ((d, checks) for d, checks in clauses if key in {form_of(checks[0]).key, *map(key_of, checks)})
    return next(named, None)
