"""The secretariat's pages: queue, assessment, return for completion, proposals."""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samspill.apps.allocation import access, actions, queries
from samspill.apps.allocation.forms import AssessmentForm, ReturnForm, ScenarioForm, initial_of
from samspill.apps.cycle import queries as cycle_queries
from samspill.apps.needs import actions as needs_actions
from samspill.apps.needs import queries as needs
from samspill.apps.needs.queries.shown import readable
from samspill.shared.design.sheets import sheet
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import SECRETARIAT, Role
from samspill.shared.states import RulesBroken

ROWS = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READERS = (*SECRETARIAT, Role.AUDITOR)


@door(*READERS)
@require_GET
def queue(request):
    cycle = _cycle(request)
    context = {"cycle": cycle, "today": timezone.localdate(request.at)}
    if cycle is None:
        return render(request, "allocation/queue.html", context)
    which, words, sort = (request.GET.get(key, "") for key in ("vis", "sok", "sort"))
    found = queries.queue(request.actor, cycle, which=which, words=words, sort=sort)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "rows": queries.queue_rows(list(page.object_list)),
        "filters": queries.queue_counts(request.actor, cycle),
        "which": which,
        "words": words,
        "sort": sort,
    }
    return render(request, "allocation/queue.html", context)


@door(*READERS)
@require_GET
def queue_download(request):
    cycle = _cycle(request)
    reports = list(queries.queue(request.actor, cycle)) if cycle else []
    return _xlsx("meldinger", queries.queue_table(queries.queue_rows(reports)))


@door(*READERS)
@require_http_methods(["GET", "POST"])
def assess(request, report_pk):
    report = queries.report_to_assess(request.actor, report_pk)
    if request.method == "GET":
        form = AssessmentForm(initial=initial_of(queries.assessment_of(report)))
        return _assess_page(request, report, form)
    access.may_assess(request.actor, report).or_refuse()
    form = AssessmentForm(request.POST)
    if not form.is_valid():
        return _assess_page(request, report, form, status=422)
    _save(request, report, form)
    if "finish" not in request.POST:
        messages.success(request, _("Vurderingen er lagret."))
        return redirect("allocation:assess", report_pk=report.pk)
    try:
        actions.finish_assessment(report=report, by=request.actor, at=request.at)
    except actions.AssessmentIncomplete as incomplete:
        for field, words in incomplete.missing.items():
            name = f"c_{field}" if field in queries.CRITERIA else field or None
            form.add_error(name, words)
        return _assess_page(request, report, form, status=422)
    messages.success(request, _("Meldingen er vurdert."))
    following = queries.neighbours(request.actor, report)["next"]
    if following:
        return redirect("allocation:assess", report_pk=following)
    return redirect("allocation:queue")


@door(Role.CASE_WORKER)
@require_POST
def complete(request, report_pk):
    report = queries.report_to_assess(request.actor, report_pk)
    try:
        needs_actions.mark_complete(report=report, by=request.actor, at=request.at)
    except RulesBroken as broken:
        form = AssessmentForm(initial=initial_of(queries.assessment_of(report)))
        return _assess_page(request, report, form, broken=broken.findings, status=422)
    messages.success(request, _("Meldingen er merket som komplett."))
    return redirect("allocation:assess", report_pk=report.pk)


@door(Role.CASE_WORKER)
@require_http_methods(["GET", "POST"])
def return_report(request, report_pk):
    report = queries.report_to_assess(request.actor, report_pk)
    access.may_assess(request.actor, report).or_refuse()
    today = timezone.localdate(request.at)
    form = ReturnForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        needs_actions.return_report(
            report=report,
            fields=form.remarks,
            message=form.cleaned_data["message"],
            until=form.cleaned_data["until"],
            by=request.actor,
            at=request.at,
        )
        messages.success(request, _("Meldingen er sendt tilbake. Eieren har fått beskjed."))
        return redirect("allocation:queue")
    context = {"report": report, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "allocation/return_report.html", context, status=status)


@door(*READERS)
@require_http_methods(["GET", "POST"])
def scenarios(request):
    cycle = _cycle(request)
    if cycle is None:
        return render(request, "allocation/scenarios.html", {"cycle": None})
    form = ScenarioForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.compute_scenario(
                cycle=cycle, name=form.cleaned_data["name"], by=request.actor, at=request.at
            )
            return redirect("allocation:scenario", scenario_pk=made.pk)
        except actions.NothingToCompute as nothing:
            form.add_error(None, str(nothing))
    ready, waiting = queries.ready_reports(cycle)
    found = queries.scenarios_of(request.actor, cycle)
    context = {
        "cycle": cycle,
        "form": form,
        "ready": ready,
        "waiting": waiting,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "may_compute": access.may_compute(request.actor, cycle),
    }
    return render(request, "allocation/scenarios.html", context, status=422 if form.errors else 200)


@door(*READERS)
@require_GET
def scenario(request, scenario_pk):
    found = queries.scenario_for(request.actor, scenario_pk)
    rows = queries.rows_of(found)
    context = {
        "scenario": found,
        "totals": found.result["metrics"]["totals"],
        "needs": found.result["metrics"]["needs"],
        "shares": queries.shares_of(found),
        "regions": queries.regions_of(found),
        "findings": [one for one in found.result["findings"] if not one["met"]],
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "step": found.problem["step"],
    }
    return render(request, "allocation/scenario.html", context)


@door(*READERS)
@require_GET
def scenario_download(request, scenario_pk):
    found = queries.scenario_for(request.actor, scenario_pk)
    return _xlsx(f"forslag-{found.cycle.year}-{found.pk}", queries.table_of(found))


@door(*READERS)
@require_GET
def scenario_json(request, scenario_pk):
    """Problem and result as they are kept, for `samspill verify`."""
    found = queries.scenario_for(request.actor, scenario_pk)
    which = "result" if request.GET.get("del") == "resultat" else "problem"
    response = JsonResponse(getattr(found, which), json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{which}-{found.pk}.json"'
    return response


def _cycle(request):
    """The cycle the office works in now; `?aar=` chooses another year."""
    found = list(cycle_queries.cycles_on_board(request.actor).order_by("-year"))
    if re.fullmatch(r"[0-9]{4}", year := request.GET.get("aar", "")):
        return next((cycle for cycle in found if cycle.year == int(year)), None)
    running = {
        cycle.pk
        for county in request.actor.counties
        for cycle in cycle_queries.current_cycles(county, request.at)
    }
    return next((cycle for cycle in found if cycle.pk in running), next(iter(found), None))


def _save(request, report, form):
    actions.save_assessment(
        report=report,
        checklist=form.checklist(),
        score=form.cleaned_data["score"],
        priority=form.cleaned_data["priority"],
        public_reason=form.cleaned_data["public_reason"],
        internal_note=form.cleaned_data["internal_note"],
        by=request.actor,
        at=request.at,
    )


def _assess_page(request, report, form, *, broken=(), status=200):
    context = {
        "report": report,
        "form": form,
        "broken": broken,
        "assessment": queries.assessment_of(report),
        "content": readable(needs.shown_content(request.actor, report)),
        "findings": [f for f in needs.findings_of(report, request.at) if f.met is not True],
        "may_assess": access.may_assess(request.actor, report),
        "neighbours": queries.neighbours(request.actor, report),
    }
    return render(request, "allocation/assess.html", context, status=status)


def _xlsx(name, table):
    return HttpResponse(
        sheet(name, table),
        headers={
            "Content-Type": XLSX,
            "Content-Disposition": f'attachment; filename="{name}.xlsx"',
        },
    )
