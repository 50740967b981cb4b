"""Front page, Min side and the standing pages about the service."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from samspill.apps.cycle import queries as cycle
from samspill.apps.home import queries
from samspill.apps.needs import queries as needs
from samspill.apps.overview import queries as overview
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import EVERYONE, OWNER


@door(public=True)
@require_GET
def front(request):
    county = queries.shown_county(request.actor, chosen=request.session.get(queries.SESSION_COUNTY))
    running = queries.year_of(county, request.at) if county else None
    context = {
        "shown": county,
        "cycle": running,
        "milestones": cycle.milestones_of(running) if running else [],
        "today": timezone.localdate(request.at),
        "deadlines": queries.deadlines_ahead(running, request.at) if running else [],
        "numbers": queries.key_numbers(county, running) if county else None,
    }
    return render(request, "home/front.html", context)


@door(*EVERYONE)
@require_GET
def my_page(request):
    actor, at = request.actor, request.at
    county = queries.shown_county(actor, chosen=None)
    running = queries.year_of(county, at) if county else None
    owner = queries.organisation_of(actor)
    waiting = queries.waiting_for(actor, at)
    is_owner = actor.has(*OWNER)
    context = {
        "organisation": owner,
        "cycle": running,
        "today": timezone.localdate(at),
        "waiting": queries.in_rows([w for w in waiting if w.mine], at),
        "others": [w for w in waiting if not w.mine],
        "deadlines": queries.deadlines_ahead(running, at, most=4) if running else [],
        "is_owner": is_owner,
        "reports": overview.reports_of(actor, at)[:5] if is_owner else [],
        "balance": needs.balance_of(owner, running) if is_owner and running else [],
    }
    return render(request, "home/my_page.html", context)


@door(public=True)
@require_http_methods(["GET", "POST"])
def choose_county(request):
    counties = queries.counties()
    if request.method == "POST":
        chosen = request.POST.get("county", "")
        if chosen not in {county.pk for county in counties}:
            raise Http404
        request.session[queries.SESSION_COUNTY] = chosen
        return redirect("home:front")
    return render(request, "home/choose_county.html", {"counties": counties})


@door(public=True)
@require_GET
def rules(request):
    """The rulebook in plain words: what is judged, how hard, and where it stands."""
    return render(request, "home/rules.html", {"rules": queries.rules_in_words(request.at)})


@door(public=True)
@require_GET
def accessibility(request):
    return render(request, "home/accessibility.html")


@door(public=True)
@require_GET
def feedback(request):
    return render(request, "home/feedback.html")


@door(public=True)
@require_GET
def privacy(request):
    return render(request, "home/privacy.html")
