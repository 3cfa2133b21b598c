"""Which fields of a form a refusal is about, and their mark on the page until something else stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from storage.canonical import Json
from ui.components.forms.form import Form
from ui.components.forms.pad import EntryName
from ui.components.forms.raw import Drawn
from workflow.errors import Place
from workflow.targets import NEW, Path

# 表单里的字段名：正文里的叫法。
_STEPS: Mapping[str, Path] = {
    "m": ("measures",), "j": ("judgements",), "e": ("evidence",), "nil": ("nil_return",), "value": (),
    "yes": (), "figure": (), "own": (), "picked": (),
}  # fmt: skip
_MARK = "outline:2px solid var(--dc-attention);outline-offset:3px;border-radius:3px"


def fields_at(form: Form, places: Iterable[Place]) -> dict[str, Json]:
    """The form's fields that the places name, by key, with what stands in them."""
    return {key: form.drawn[key].typed for place in places for key in _keys(form, place)}


def marked(form: Form, faults: Mapping[str, Json]) -> str:
    """HTML that marks these fields while they hold the same, and those whose drafts are not kept.

    It takes no room. The keys stand in it for the page's scripts: one says the same to those who do not see, the other
    is silent on what is ``told`` beside the buttons.
    """
    at_fault = {key for key, held in faults.items() if key in form.drawn and form.drawn[key].typed == held}
    keys = sorted(at_fault | (form.refused & form.drawn.keys()))
    if not keys:
        return ""
    where = ",".join(f".st-key-{key}" for key in keys)
    names = f'data-keys="{" ".join(keys)}" data-told="{" ".join(sorted(at_fault))}"'
    return f'<i class="dc-faults" hidden {names}></i><style>{where}{{{_MARK}}}</style>'


def _keys(form: Form, place: Place) -> list[str]:
    """The field of that path, else the one that holds it, else those within it; none for a whole of several."""
    entry, path = place
    steps = {key: found for key, field in form.drawn.items() if (found := _path(form, field, entry, path)) is not None}
    holding = {key: len(found) for key, found in steps.items() if path[: len(found)] == found}
    if holding:
        return [key for key, depth in holding.items() if depth == max(holding.values())]
    return [key for key, found in steps.items() if found[: len(path)] == path] if path or len(steps) == 1 else []


def _path(form: Form, field: Drawn, entry: EntryName | None, path: Path) -> Path | None:
    """Where the field stands in the entry's body; None for a field of another entry."""
    first, *rest = field.name.split("/")
    steps = (*_STEPS.get(first, (first,)), *rest)
    if entry is None:  # 没有说是哪一项的：表单自己的，或者以各项的编号开头
        return (field.entry[1], *steps) if path[:1] == (field.entry[1],) else steps
    new = NEW in form.entry[1] and form.entry[0] == entry[0]  # 新的一项，保存时才有编号
    return steps if field.entry == (entry[0], entry[1]) or (new and field.entry == form.entry) else None
