"""Beginning a report (ny behovsmelding): which year, blank or from last year's."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.apps.cycle import queries as cycles
from samspill.apps.needs import access, actions, queries
from samspill.apps.needs.forms import StartForm
from samspill.apps.needs.queries.choices import years_to_report_in
from samspill.apps.needs.views import frame
from samspill.apps.organisations import queries as organisations
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import OWNER


@door(*OWNER)
@require_http_methods(["GET", "POST"])
def start(request):
    owner = organisations.owner_for(request.actor)
    years = years_to_report_in(owner, request.at)
    answers = [(c, access.may_start(request.actor, owner, c, request.at)) for c in years]
    found = [cycle for cycle, answer in answers if answer]
    earlier = [each for cycle in found for each in queries.can_start_from(request.actor, cycle)]
    form = StartForm(request.POST or None, cycles=found, earlier=earlier)
    reason = next((answer.reason for _cycle, answer in answers if not answer), "")
    context = {
        "owner": owner,
        "form": form,
        "cycles": [(cycle, cycles.deadline_of(cycle)) for cycle in found],
        "reason": reason,
        "next_opening": _opening(years, found),
        "today": timezone.localdate(request.at),
        "crumbs": [
            {"label": _("Behovsmeldinger"), "url": reverse("overview:reports")},
            {"label": _("Ny behovsmelding")},
        ],
    }
    if request.method == "GET" or not found:
        status = 200 if request.method == "GET" else 409
        return render(request, "needs/start.html", context, status=status)
    if not form.is_valid():
        return render(request, "needs/start.html", context, status=422)
    return _begin(request, owner, form, context)


def _begin(request, owner, form, context):
    try:
        report = actions.start_report(
            cycle=form.chosen_cycle(),
            owner=owner,
            from_report=form.chosen_source(),
            by=request.actor,
            at=request.at,
        )
    except actions.Refused as refused:
        form.add_error("source", refused.message)
        return render(request, "needs/start.html", context, status=422)
    return redirect(frame.section_url(report, "about"))


def _opening(years, found):
    """The day the form opens where it is not open yet."""
    waiting = [cycle for cycle in years if cycle not in found]
    if not waiting:
        return None
    opens = [m for m in cycles.milestones_of(waiting[0]) if m.kind == m.Kind.FORM_OPENS]
    return opens[0].starts if opens else None
