"""The secretariat's queue (køen) and the assessment of one report."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspill.apps.allocation.models import Assessment
from samspill.apps.cycle import queries as cycle_queries
from samspill.apps.cycle.models import Cycle, Milestone
from samspill.apps.needs import queries as needs
from samspill.apps.needs.models import NeedsReport, Submission
from samspill.shared.design.sheets import Cell
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import SECRETARIAT, Role
from samspill.shared.waiting import Waiting

State = NeedsReport.State
Done = Assessment.State.DONE

#: The six criteria of KOLL § 4 as questions to the case worker, in the paragraph's order.
CRITERIA = {
    "learning_community": _(
        "Styrker tiltaket det profesjonelle læringsfellesskapet i og mellom enhetene?"
    ),
    "local_need": _("Bygger det på et behov eieren selv har vurdert, med de ansatte?"),
    "partnership": _("Er det konkretisert og planlagt sammen med et kompetansemiljø?"),
    "teacher_education": _(
        "Sørger universitetet eller høyskolen for at erfaringene styrker lærerutdanningen?"
    ),
    "sami": _("Er samiske perspektiver ivaretatt i behovsvurderingen?"),
    "interdisciplinary": _("Er målgruppen riktig, også der tiltaket er tverrfaglig?"),
}
FILTERS = {
    "": _("Alle"),
    "new": _("Ikke vurdert"),
    "complete": _("Klar for vurdering"),
    "returned": _("Sendt tilbake"),
    "assessed": _("Vurdert"),
}
#: An assessment holds for what it was made on: a report that was returned and marked complete
#: again since, is assessed anew. Nobody below tells us, so the two moments are compared.
ASSESSED = Q(
    state=State.COMPLETE, assessment__state=Done, assessment__state_since__gte=F("state_since")
)
#: Not `~ASSESSED`: a report without an assessment is compared with nothing, and would be lost.
_NOT_ASSESSED = (
    Q(assessment=None)
    | ~Q(assessment__state=Done)
    | Q(assessment__state_since__lt=F("state_since"))
)
_WHERE = {
    "new": Q(state=State.SUBMITTED) | Q(state=State.COMPLETE) & _NOT_ASSESSED,
    "complete": Q(state=State.COMPLETE) & _NOT_ASSESSED,
    "returned": Q(state=State.RETURNED),
    "assessed": ASSESSED,
}
SORTS = {
    "": ("submitted_at", "pk"),
    "owner": ("owner__name", "pk"),
    "-owner": ("-owner__name", "pk"),
    "score": ("assessment__score", "pk"),
    "-score": ("-assessment__score", "pk"),
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A report in the queue: how many findings need a human, and how far the assessment is."""

    report: NeedsReport
    submitted_at: datetime | None
    unmet: int
    assessment: Assessment | None

    @property
    def is_assessed(self) -> bool:
        return self.assessment is not None and holds(self.assessment)


def queue(
    actor: Actor, cycle: Cycle, *, which: str = "", words: str = "", sort: str = ""
) -> QuerySet[NeedsReport]:
    """Submitted reports of the cycle, oldest first; `words` searches title, owner and number."""
    found = _visible(actor).filter(cycle=cycle).exclude(state=State.WITHDRAWN)
    if which in _WHERE:
        found = found.filter(_WHERE[which])
    if words := words.replace("\x00", "").strip():
        found = found.filter(
            Q(title__icontains=words) | Q(owner__name__icontains=words) | Q(number__icontains=words)
        )
    return found.order_by(*SORTS.get(sort, SORTS[""]))


def queue_rows(reports: list[NeedsReport]) -> list[QueueRow]:
    """One page of the queue; the findings are those frozen with the last submission."""
    return [
        QueueRow(
            report,
            report.submitted_at,  # type: ignore[attr-defined]
            len([f for f in report.last_findings or () if f.get("met") is not True]),  # type: ignore[attr-defined]
            getattr(report, "assessment", None),
        )
        for report in reports
    ]


def queue_counts(actor: Actor, cycle: Cycle) -> list[dict[str, object]]:
    """How many there are behind each filter."""
    return [
        {"code": code, "words": words, "count": queue(actor, cycle, which=code).count()}
        for code, words in FILTERS.items()
    ]


def report_to_assess(actor: Actor, pk: int) -> NeedsReport:
    """The report, or 404: drafts are the owner's, other counties' are others'."""
    return get_object_or_404(needs.with_content(_visible(actor)), pk=pk)


def holds(assessment: Assessment) -> bool:
    """The assessment is finished, for the report as it was last marked complete."""
    report = assessment.report
    return (
        assessment.state == Done
        and report.state == State.COMPLETE
        and assessment.state_since >= report.state_since
    )


def assessment_of(report: NeedsReport) -> Assessment | None:
    return Assessment.objects.filter(report=report).select_related("assessed_by").first()


def neighbours(actor: Actor, report: NeedsReport) -> dict[str, int | None]:
    """Previous and next in the unassessed queue, for those who go through it one by one."""
    keys = list(queue(actor, report.cycle, which="new").values_list("pk", flat=True))
    if report.pk not in keys:
        return {"previous": None, "next": keys[0] if keys else None}
    place = keys.index(report.pk)
    return {
        "previous": keys[place - 1] if place else None,
        "next": keys[place + 1] if place + 1 < len(keys) else None,
    }


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """For the case worker: complete reports that are not assessed yet."""
    if not actor.has(Role.CASE_WORKER):
        return []
    found = []
    for county in sorted(actor.counties):
        for cycle in cycle_queries.current_cycles(county, at):
            if count := queue(actor, cycle, which="complete").count():
                found.append(_waiting(cycle, count))
    return found


def _waiting(cycle: Cycle, count: int) -> Waiting:
    days = {m.kind: m.starts for m in cycle_queries.milestones_of(cycle)}
    due = days.get(Milestone.Kind.FIRST_DRAFT)
    title = ngettext("Vurder %(count)s melding", "Vurder %(count)s meldinger", count)
    return Waiting(
        title=title % {"count": count},
        reason=str(_("Meldingene er komplette, men ikke vurdert ennå.")),
        url=f"{reverse('allocation:queue')}?vis=complete",
        due=due,
    )


def _visible(actor: Actor) -> QuerySet[NeedsReport]:
    """What the needs room lets the office see, with its last submission beside it."""
    if not actor.has(*SECRETARIAT, Role.AUDITOR):
        return NeedsReport.objects.none()
    last = Submission.objects.filter(report=OuterRef("pk")).order_by("-submitted_at", "-pk")
    return (
        needs.visible_reports(actor)
        .select_related("owner", "cycle", "assessment")
        .annotate(
            submitted_at=Subquery(last.values("submitted_at")[:1]),
            last_findings=Subquery(last.values("findings")[:1]),
        )
    )


def queue_table(rows: list[QueueRow]) -> list[list[Cell]]:
    """The queue as a table for a spreadsheet, heads first."""
    heads = (
        _("Nummer"), _("Eier"), _("Tiltak"), _("Kategori"), _("Status"), _("Mottatt"),
        _("Merknader"), _("Poeng"), _("Prioritet"),
    )  # fmt: skip
    table: list[list[Cell]] = [[str(head) for head in heads]]
    return table + [
        [
            row.report.number,
            row.report.owner.name,
            row.report.title,
            row.report.get_category_display(),
            str(row.report.get_state_display()),
            timezone.localdate(row.submitted_at) if row.submitted_at else None,
            row.unmet,
            row.assessment.score if row.assessment else None,
            row.assessment.priority if row.assessment else None,
        ]
        for row in rows
    ]
