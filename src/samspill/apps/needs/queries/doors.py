"""The doors to needs reports (dørene): each gives only what the actor may see, else 404.

An owner sees its own reports and those it is invited to; a partner what it is asked to sign; the
authority's office and the auditor what has been sent, in their counties. The platform's
administrator sees no content at all.
"""

from collections.abc import Mapping

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from samspill.apps.cycle.models import Cycle
from samspill.apps.needs.models import (
    Attachment,
    BudgetLine,
    Cosignature,
    NeedsReport,
    NetworkOwner,
    Partner,
    Submission,
)
from samspill.apps.needs.queries.content import with_content
from samspill.apps.needs.queries.standing import shown_attachments
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import OWNER, SECRETARIAT, Role

State = NeedsReport.State
#: What a list may be sorted by, and how.
SORTS = {
    "number": ("number", "pk"),
    "title": ("title", "pk"),
    "owner": ("owner__name", "pk"),
    "since": ("-state_since", "pk"),
}


def visible_reports(actor: Actor) -> QuerySet[NeedsReport]:
    """Every report the actor may open, by its active mandate alone."""
    reports = NeedsReport.objects.all()
    organisation = actor.organisation_id
    if actor.has(*OWNER):
        joined = NetworkOwner.objects.filter(owner=organisation).values("report")
        return reports.filter(Q(owner=organisation) | Q(pk__in=joined))
    if actor.has(Role.ENVIRONMENT_SIGNER):
        asked = Partner.objects.filter(environment=organisation, asked_at__isnull=False)
        return reports.filter(pk__in=asked.values("report"))
    sent = reports.filter(
        Q(state__in=NeedsReport.SENT)
        | Q(state=State.WITHDRAWN, pk__in=Submission.objects.values("report")),
        cycle__county__in=actor.counties,
    )
    if actor.has(*SECRETARIAT):
        return sent.filter(cycle__authority=organisation)
    return sent if actor.has(Role.AUDITOR) else reports.none()


def report_for(actor: Actor, pk: int) -> NeedsReport:
    """The report with all its rows, or 404 – also when it exists but is somebody else's."""
    return get_object_or_404(with_content(visible_reports(actor)), pk=pk)


def reports_of_owner(actor: Actor) -> QuerySet[NeedsReport]:
    """The reports the actor's organisation leads or is invited to, newest first."""
    if not actor.has(*OWNER):
        return NeedsReport.objects.none()
    reports = visible_reports(actor).select_related("owner", "cycle").order_by("-pk")
    return reports.prefetch_related("returns")


def partnerships_of(actor: Actor) -> list[Partner]:
    """What the competence environment is asked to sign or takes part in, newest first."""
    if not actor.has(Role.ENVIRONMENT_SIGNER):
        return []
    rows = Partner.objects.filter(
        environment=actor.organisation_id, asked_at__isnull=False
    ).select_related("report__owner", "report__cycle", "environment")
    signatures = Cosignature.objects.select_related("signed_by").order_by("pk")
    return list(rows.prefetch_related(Prefetch("signatures", signatures)).order_by("-asked_at"))


def partner_for(actor: Actor, pk: int) -> Partner:
    """A partner's place in a report, for the partner itself (once asked) or the lead owner."""
    partner = get_object_or_404(Partner.objects.select_related("environment"), pk=pk)
    report = report_for(actor, partner.report_id)
    row = next(each for each in report.partners.all() if each.pk == pk)
    row.report = report
    if actor.has(Role.ENVIRONMENT_SIGNER) and row.environment_id != actor.organisation_id:
        return get_object_or_404(Partner.objects.none(), pk=pk)
    return row


def network_invitation_for(actor: Actor, pk: int) -> NetworkOwner:
    """An invitation to a network's report, for the invited owner or the lead."""
    row = get_object_or_404(NetworkOwner.objects.select_related("owner"), pk=pk)
    row.report = report_for(actor, row.report_id)
    return row


def budget_line_for(actor: Actor, pk: int) -> BudgetLine:
    """A budget line of a report the actor may open."""
    line = get_object_or_404(BudgetLine.objects.select_related("receiver", "payee"), pk=pk)
    line.report = report_for(actor, line.report_id)
    return line


def attachment_for(actor: Actor, pk: int) -> Attachment:
    """An attachment of a report the actor may open, if it belongs to what the actor may read."""
    row = get_object_or_404(Attachment.objects.select_related("file"), pk=pk)
    row.report = report_for(actor, row.report_id)
    if row not in shown_attachments(actor, row.report):
        return get_object_or_404(Attachment.objects.none(), pk=pk)
    return row


def submission_for(actor: Actor, pk: int) -> Submission:
    """What was sent in, for everyone who may open the report."""
    row = get_object_or_404(Submission.objects.select_related("copy", "submitted_by"), pk=pk)
    row.report = report_for(actor, row.report_id)
    return row


def extension_target(actor: Actor, cycle: Cycle, number: str) -> NeedsReport:
    """An unsent report by its number, so that the office can give it a later deadline.

    Drafts are the owner's: nothing but number, owner and state is read here.
    """
    reports = NeedsReport.objects.filter(
        cycle=cycle, cycle__authority=actor.organisation_id, cycle__county__in=actor.counties
    )
    if not actor.has(*SECRETARIAT):
        reports = reports.none()
    slim = reports.select_related("cycle", "owner").only(
        "number", "state", "state_since", "owner", "cycle"
    )
    return get_object_or_404(
        slim, number__iexact=number.replace("\x00", "").strip(), state__in=NeedsReport.UNSENT
    )


def reports_for_secretariat(
    actor: Actor, cycle: Cycle, filters: Mapping[str, str] | None = None
) -> QuerySet[NeedsReport]:
    """The office's reports of a year (køen), with all rows; paginate, then `findings_by_report`.

    Filters: `state`, `category`, `q` (number, title, owner), `sort` (see SORTS). What is unknown
    is ignored.
    """
    asked = filters or {}
    reports = visible_reports(actor).filter(cycle=cycle)
    if not actor.has(*SECRETARIAT, Role.AUDITOR):
        reports = reports.none()
    if asked.get("state") in State.values:
        reports = reports.filter(state=asked["state"])
    if asked.get("category") in NeedsReport.Category.values:
        reports = reports.filter(category=asked["category"])
    if query := asked.get("q", "").replace("\x00", "").strip():
        reports = reports.filter(
            Q(number__icontains=query) | Q(title__icontains=query) | Q(owner__name__icontains=query)
        )
    order = SORTS.get(asked.get("sort", ""), SORTS["number"])
    return with_content(reports).order_by(*order)


def can_start_from(actor: Actor, cycle: Cycle) -> list[NeedsReport]:
    """Earlier years' reports the owner may carry on from in this cycle, newest first."""
    if not actor.has(*OWNER):
        return []
    begun = NeedsReport.objects.filter(cycle=cycle).exclude(state=State.WITHDRAWN)
    earlier = NeedsReport.objects.filter(
        owner=actor.organisation_id,
        cycle__year__lt=cycle.year,
        cycle__scheme=cycle.scheme,
        cycle__county=cycle.county_id,
    ).exclude(state=State.WITHDRAWN)
    earlier = earlier.exclude(measure__in=begun.values("measure"))
    return list(earlier.select_related("cycle", "measure").order_by("-cycle__year", "-pk"))


def measure_history(report: NeedsReport) -> list[NeedsReport]:
    """The measure's reports of all years, oldest first, this one included."""
    rows = NeedsReport.objects.filter(measure=report.measure_id).select_related("cycle")
    return list(rows.order_by("cycle__year", "pk"))
