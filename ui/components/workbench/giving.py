"""What a prefecture or a province gives once for all its counties, on its own workbench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

import streamlit as st

from indicators.model import Fact
from scoring.entry.register import TypedFact, facts_from
from scoring.kinds.typed import EntryError
from storage import clock
from storage.records import Given
from ui.components import labels, verbatim
from ui.components.forms.closing import Button, closing
from ui.components.forms.figures import say_understood
from ui.components.forms.form import Form
from ui.components.forms.own_fragment import own_fragment
from ui.components.forms.pad import Pad
from ui.form_keys import ADMIN
from workflow.office import Office
from workflow.people import Person
from workflow.rounds.giving import Gift, ToGive, doubted, give, to_give

_KIND = "given"


def giving(office: Office, person: Person) -> None:
    """A folded form for each running round in which this person's level gives something."""
    for one in to_give(office, person):
        missing = sum(given is None or given.value is None for _, given in one.facts.values())
        if missing:
            words = f"还有 {missing} 项各县共用的县情没有给出，各县现在各自填写。"
            st.html(f'<p class="dc-waiting">{verbatim.markup(words)}</p>')
        title = verbatim.markdown(f"各县共用的县情：{one.round.title}")
        folded = st.expander(title, key=f"giving|{one.round.id}", on_change="rerun")
        if folded.open:
            with folded:
                own_fragment(None, partial(_form, office, person, one))


def _form(office: Office, person: Person, one: ToGive) -> None:
    st.caption("由本级给出一次，辖区各县直接采用，不再各自填写；没有给出以前，由县里自己填。改动以后，各县重新判断。")
    seen = {fact_id: given.version if given else 0 for fact_id, (_, given) in one.facts.items()}
    form = Form(Pad(person, ADMIN, lambda _: sum(seen.values())), (_KIND, one.round.id))
    typed = {fact_id: TypedFact(_field(form, fact, given) or None) for fact_id, (fact, given) in one.facts.items()}

    facts = tuple(fact for fact, _ in one.facts.values())
    doubts = _doubts(office, one, facts, typed)
    # 确定不是填写的内容：不暂存，改了数就须重新确定。
    numbers = [of.value for of in typed.values()]
    sure = not doubts or st.checkbox("已核对，确为平均比例", key=f"sure|{one.round.id}|{numbers}")

    def save() -> None:
        values = facts_from(facts, typed)
        if not sure:
            told = "请先核对上面写明的数，有误的改正；确实无误的，勾选“已核对”，再按“给各县”。"
            raise EntryError([told], [(fact,) for fact in values])
        gifts = {
            fact: Gift(value if isinstance(value, (int, Decimal)) else None, seen[fact])
            for fact, value in values.items()
        }
        give(office, person, one.round.id, gifts, clock.now())

    button = Button("给各县", f"give-{one.round.id}", save, f"各县共用的县情，{one.round.title}", verb="已给各县")
    closing(form, button, drop=f"keep-{one.round.id}")


def _doubts(office: Office, one: ToGive, facts: Sequence[Fact], typed: Mapping[str, TypedFact]) -> tuple[str, ...]:
    """What looks wrong in what is typed, told as soon as it is."""
    try:
        doubts = doubted(office, one.round, facts_from(facts, typed))
    except EntryError:  # told when it is saved
        return ()
    if doubts:
        st.warning(verbatim.markdown("\n\n".join(doubts)))
    return doubts


def _field(form: Form, fact: Fact, given: Given | None) -> str:
    unit = f"（{labels.word('units', fact.unit)}）" if fact.unit else ""
    stored = "" if given is None or given.value is None else str(given.value)
    note = verbatim.markdown(fact.note) if fact.note else None
    number = form.text(fact.id, verbatim.markdown(f"{fact.label}{unit}"), stored, note=note)
    say_understood(number, fact.unit)
    if given is not None:
        day = clock.local_date(given.at).isoformat()
        st.caption(f"{day} 已给。清空后再按“给各县”，即为收回。" if stored else f"{day} 已收回。")
    return number
