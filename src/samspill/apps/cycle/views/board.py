"""The secretariat's year: overview, dates, frame, a new year."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samspill.apps.cycle import access, actions, queries
from samspill.apps.cycle.forms import FrameForm, MilestoneForm, SetUpForm
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import SECRETARIAT, Role
from samspill.shared.states import RulesBroken


@door(*SECRETARIAT, Role.AUDITOR)
@require_GET
def board(request, pk=None):
    """Phases, what is late, dates, frame and announcement of one year."""
    cycles = queries.board_years(request.actor)
    if pk is None and not cycles:
        return render(
            request,
            "cycle/no_board.html",
            {"may_set_up": request.actor.has(*SECRETARIAT), "crumbs": _top()},
        )
    chosen = pk or queries.shown_on_board(cycles, request.at).pk
    cycle = queries.cycle_on_board(request.actor, chosen)
    milestones = queries.milestones_of(cycle)
    announcement = queries.announcement_of(cycle)
    context = {
        "cycle": cycle,
        "cycles": cycles,
        "milestones": milestones,
        "rows": queries.board_rows(cycle, milestones, announcement, request.at),
        "announcement": announcement,
        "step": queries.next_step(request.actor, cycle, announcement, request.at),
        "may_change": access.may_change_year(request.actor, cycle),
        "findings": [
            f for f in queries.checked(cycle, milestones, request.at) if f.met is not True
        ],
        "receivers": queries.receiver_count(cycle, announcement),
        "changes": queries.changes_of(cycle),
        "crumbs": _top(),
        "today": timezone.localdate(request.at),
    }
    return render(request, "cycle/board.html", context)


@door(*SECRETARIAT)
@require_http_methods(["GET", "POST"])
def set_up(request):
    """Begin a year: the eight default dates follow."""
    office, scheme, counties = queries.set_up_choices(request.actor)
    form = SetUpForm(request.POST if request.method == "POST" else None, counties=counties)
    if request.method == "POST" and form.is_valid():
        county = next(c for c in counties if c.pk == form.cleaned_data["county"])
        try:
            cycle = actions.set_up_cycle(
                scheme=scheme,
                county=county,
                authority=office,
                year=form.cleaned_data["year"],
                frame=form.cleaned_data["frame"],
                by=request.actor,
                at=request.at,
            )
        except ValidationError:
            form.add_error("year", _("Dette året er allerede satt opp for fylket."))
        except RulesBroken as broken:
            form.findings = {"year": broken.findings}
        else:
            return redirect("cycle:board", cycle.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "office": office, "crumbs": _crumbs(_("Nytt år"))}
    return render(request, "cycle/set_up.html", context, status=status)


@door(*SECRETARIAT)
@require_http_methods(["GET", "POST"])
def milestone(request, pk):
    """Change one date. «Sjekk datoen» shows weekday, holiday and findings without saving."""
    found = queries.milestone_for(request.actor, pk)
    announced = bool(queries.form_is_open(found.cycle, request.at))
    checking = "check" in request.POST
    form = MilestoneForm(
        request.POST if request.method == "POST" else None,
        initial={"day": found.starts, "precision": found.precision},
        announced=announced,
        checking=checking,
    )
    if request.method == "GET" or not form.is_valid():
        return _milestone_page(request, found, form, status=200 if request.method == "GET" else 422)
    chosen = {"precision": form.cleaned_data["precision"], "day": form.cleaned_data["day"]}
    if checking:
        form.findings = {"day": queries.findings_if(found, **chosen, at=request.at)}
        return _milestone_page(request, found, form)
    try:
        actions.change_milestone(
            milestone=found,
            **chosen,
            reason=form.cleaned_data.get("reason", ""),
            by=request.actor,
            at=request.at,
        )
    except RulesBroken as broken:
        form.findings = {"day": broken.findings}
        return _milestone_page(request, found, form, status=422)
    messages.success(request, _("Datoen er lagret."))
    return redirect("cycle:board", found.cycle_id)


def _milestone_page(request, found, form, status=200):
    day = getattr(form, "cleaned_data", {}).get("day") or (None if form.is_bound else found.starts)
    context = {
        "form": form,
        "milestone": found,
        "cycle": found.cycle,
        "note": queries.day_notes(day) if day else None,
        "day": day,
        "crumbs": _crumbs(found.label, found.cycle),
    }
    return render(request, "cycle/milestone.html", context, status=status)


@door(*SECRETARIAT)
@require_http_methods(["GET", "POST"])
def frame(request, pk):
    """Set or change the year's frame."""
    cycle = queries.cycle_on_board(request.actor, pk)
    announced = bool(queries.form_is_open(cycle, request.at))
    form = FrameForm(
        request.POST if request.method == "POST" else None,
        initial={"frame": cycle.frame},
        announced=announced,
    )
    if request.method == "POST" and form.is_valid():
        actions.set_frame(
            cycle=cycle,
            frame=form.cleaned_data["frame"],
            reason=form.cleaned_data.get("reason", ""),
            by=request.actor,
            at=request.at,
        )
        messages.success(request, _("Rammen er lagret."))
        return redirect("cycle:board", cycle.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "cycle": cycle, "crumbs": _crumbs(_("Ramme"), cycle)}
    return render(request, "cycle/frame.html", context, status=status)


def _top():
    return [{"label": _("Samspill"), "url": "/"}, {"label": _("Årshjul")}]


def _crumbs(last, cycle=None):
    address = reverse("cycle:board", args=[cycle.pk]) if cycle else reverse("cycle:board")
    words = _("Årshjul {year}").format(year=cycle.year) if cycle else _("Årshjul")
    return [{"label": words, "url": address}, {"label": last}]
