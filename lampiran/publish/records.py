"""A Plan -> its actions as records: the content of `actions.json`."""

from __future__ import annotations

from lampiran.publish.frames import component_number
from lampiran.publish.periods import planned
from schema.plan import Placed, Plan
from schema.records import ActionRecord, ActionRecords


def records_of(plan: Plan) -> ActionRecords:
    """Return one record an action, in the order of print."""
    head = plan.head
    return ActionRecords(
        decree_id=plan.decree_id,
        number=head.number.text or None,
        year=head.year.text or None,
        title=head.title.text or None,
        office=head.institution.text or None,
        actions=tuple(map(_record, plan.placed())),
    )


def _record(item: Placed) -> ActionRecord:
    action, schedule = item.action, item.action.schedule
    columns = dict.fromkeys(extra.column for extra in action.extra)
    extra = {
        column: "\n".join(e.field.text for e in action.extra if e.column == column and e.field.text)
        for column in columns
    }
    return ActionRecord(
        action_id=action.action_id,
        area_no=item.area.number,
        area=item.area.name.text or None,
        component_no=component_number(item) or None,
        component=item.component.name.text or None,
        indicator=action.indicator.text or None,
        action=action.action.text or None,
        evidence=action.evidence.text or None,
        documents=tuple(filter(None, action.documents)),
        responsible=action.responsible.text or None,
        schedule_state=schedule.state,
        months=planned(schedule, "month"),
        quarters=planned(schedule, "quarter"),
        semesters=planned(schedule, "semester"),
        whole_year=bool(planned(schedule, "year")),
        schedule_text=schedule.text.text or None,
        lke_code=action.lke_code,
        needs_review=action.needs_review,
        page_first=action.page_first,
        page_last=action.page_last,
        extra={column: text for column, text in extra.items() if text},
    )
