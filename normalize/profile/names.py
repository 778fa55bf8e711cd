"""A profile's names of columns added to the vocabulary, so that a header of unknown names is seen as a header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from normalize.form.periods import period_of
from normalize.text import fold
from normalize.vocabulary import FormVocabulary
from schema.profile import Profile, ProfileColumn
from schema.roles import Role


def with_names(vocabulary: FormVocabulary, profile: Profile | None) -> FormVocabulary:
    """Return a vocabulary that also knows the names of a profile that it does not know itself.

    A name that is known keeps its role here: what the profile says of that column is settled when it is pinned.
    """
    added: dict[Role, tuple[str, ...]] = {}
    for form in profile.forms if profile else ():
        for column in form.columns:
            for text in _names(column):
                if vocabulary.role_of(text)[0] == "unknown" and not period_of(text, vocabulary):
                    added[column.role] = (*added.get(column.role, ()), fold(text))
    if not added:
        return vocabulary
    return replace(
        vocabulary, roles={role: (*names, *added.get(role, ())) for role, names in vocabulary.roles.items()}
    )


def _names(column: ProfileColumn) -> Iterator[str]:
    """Yield what names a column: the lowest cell of its header, or the topmost for periods."""
    if column.role == "unknown" or not fold(column.name):
        return
    if column.period is not None:
        yield from column.head[:1]
    else:
        yield (column.head or (column.name,))[-1]
