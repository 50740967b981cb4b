"""How far the report has come, part by part (oppgavelisten): done, missing, waiting, not begun."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.apps.needs.models import NeedsReport
from samspill.apps.needs.queries.catalogue import part_names, section_of
from samspill.apps.needs.queries.content import content_hash, stored_value
from samspill.apps.needs.queries.fields import FieldKind, Section
from samspill.apps.needs.queries.findings import SectionState, section_states
from samspill.apps.needs.queries.standing import WritingNow, holds, newest_signature
from samspill.regulation.finding import Finding

State = NeedsReport.State


@dataclass(frozen=True)
class Task:
    """One part in the task list: `state` is a word of `{% tasklist %}`, `note` what it says."""

    section: Section
    number: int
    state: str
    note: str
    findings: tuple[Finding, ...]

    @property
    def begun(self) -> bool:
        return self.state != "new"


def tasks(
    report: NeedsReport, findings: Iterable[Finding], writing: Sequence[WritingNow] = ()
) -> list[Task]:
    """The eight parts. `writing`: what colleagues wrote a moment ago."""
    states = section_states(findings)
    busy = {section_of(each.field).code for each in writing}
    return [_task(report, state, states, state.section.code in busy) for state in states]


def _task(report: NeedsReport, state: SectionState, states: list[SectionState], busy: bool) -> Task:
    code, note = _state_and_note(report, state, states)
    if busy:
        code, note = "editing", ""
    return Task(state.section, state.number, code, note, state.findings)


def _state_and_note(
    report: NeedsReport, state: SectionState, states: list[SectionState]
) -> tuple[str, str]:
    if state.section.code == "review":
        return _review(report, states)
    if not is_begun(report, state.section):
        return "new", ""
    if state.errors:
        count = len(state.errors)
        return "missing", ngettext("Én ting mangler", "{n} ting mangler", count).format(n=count)
    if state.section.code == "partnership" and (note := _signatures(report)):
        return "waiting", note
    return "done", ""


def _review(report: NeedsReport, states: list[SectionState]) -> tuple[str, str]:
    if report.state not in (*NeedsReport.UNSENT, State.RETURNED):
        return "done", _("Sendt")
    if any(each.errors for each in states if each.section.code != "review"):
        return "locked", _("Kan sendes når alt er på plass")
    if report.state == State.AWAITING_PARTNER:
        return "waiting", _("Venter på signatur")
    return "new", _("Klar til å ses over")


def _signatures(report: NeedsReport) -> str:
    """What is said where a partner has been asked and does not stand behind what is written."""
    now = content_hash(report)
    asked = [row for row in report.partners.all() if row.asked_at]
    if not asked or all(holds(newest_signature(row), now) for row in asked):
        return ""
    if any(newest_signature(row) for row in asked):
        return _("Må signeres på nytt")
    if report.state == State.AWAITING_PARTNER:
        return _("Venter på signatur")
    return ""


def is_begun(report: NeedsReport, section: Section) -> bool:
    """Somebody has written or chosen something in the part."""
    if section.code == "budget" and report.budget.all():
        return True
    if section.code == "partnership" and report.partners.all():
        return True
    for each in section.fields:
        if each.kind is FieldKind.ROWS or each.name == "years":
            continue
        values = (stored_value(report, name) for name in part_names(report, each))
        if any(value not in (None, "", [], False) for value in values):
            return True
    return False
