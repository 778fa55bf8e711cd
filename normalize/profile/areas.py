"""Where areas stand in the forms that were read and in a profile -> what changed between the two."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.facts import Fact, fact
from normalize.profile.step import RULE
from schema.plan import TableForm
from schema.profile import Profile


def area_changes(forms: Sequence[TableForm], profile: Profile | None) -> tuple[Fact, ...]:
    """Return one finding where areas stand otherwise than in any form of the profile; none where it does not say."""
    said = {form.areas for form in profile.forms if form.areas} if profile else set()
    now = {form.areas for form in forms}
    if not said or now <= said:
        return ()
    raw, value = ", ".join(sorted(said)), ", ".join(sorted(now))
    return (fact("form-areas-changed", rule=RULE, field="area", raw=raw, value=value),)
