"""The legal basis ("Mengingat") against what is known of regulations -> findings."""

from __future__ import annotations

from collections.abc import Iterator

from schema.findings import Finding
from schema.language import decree_words
from schema.plan import Plan
from schema.rules.data import LegalAct, RuleData
from schema.rules.texts import fault, is_sound, key, year_of

_ACTS = decree_words("acts")
_STATE = f" {key(*decree_words('naming')['state'])} "


def cites(text: str, act: LegalAct) -> bool:
    """Tell whether a text cites an act in any of its spellings ("Nomor 90 Tahun 2021", "90/2021")."""
    (nomor,), (no,), (tahun,) = (_ACTS[name] for name in ("number", "number_short", "year"))
    words = f" {key(text)} ".replace(_STATE, " ").replace(f" {no} ", f" {nomor} ")
    number = key(act.number)
    forms = [f"{n}{number} {t}{act.year} " for n in (f"{nomor} ", "") for t in (f"{tahun} ", "")]
    return any(f" {key(kind)} {form}" in words for kind in (act.kind, *act.aliases) for form in forms)


def legal_basis_missing(plan: Plan, reference: RuleData) -> Iterator[Finding]:
    """Mengingat names the regulations that a plan on its title's subject rests on."""
    year = year_of(plan.head)
    clauses = plan.head.legal_basis
    if year is None or not clauses or not all(is_sound(clause.field) for clause in clauses):
        return
    title = key(plan.head.title.text)
    for required in reference.required:
        applies = key(required.subject) in title and required.since <= year
        if applies and not any(cites(clause.field.text, required.act) for clause in clauses):
            value = required.act.cited()
            yield fault("legal-basis-missing", "legal_basis", clauses[0].field, value=value)


def legal_basis_repealed(plan: Plan, reference: RuleData) -> Iterator[Finding]:
    """Mengingat names no regulation that was out of force in the decree's year."""
    year = year_of(plan.head)
    if year is None:
        return
    for clause in (c for c in plan.head.legal_basis if is_sound(c.field)):
        for repealed in reference.repealed:
            if repealed.since < year and cites(clause.field.text, repealed.act):
                name, old, new = f"legal_basis.{clause.label}", repealed.act.cited(), repealed.by.cited()
                certainty = repealed.certainty
                yield fault(
                    "legal-basis-repealed", name, clause.field, raw=old, value=new, certainty=certainty
                )
