"""What everybody may read: calendar, feed and announcement."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspill.apps.cycle import queries
from samspill.shared.identity.access import door

#: Where the visitor's choice of county is kept (home writes it).
SESSION_COUNTY = "county"


@door(public=True)
@require_GET
def calendar(request, county=None):
    """The year as wheel, list and next deadlines; without a county the visitor's own."""
    if county is None:
        shown = queries.default_county(request.actor, chosen=request.session.get(SESSION_COUNTY))
        if shown is None:
            return render(request, "cycle/no_calendar.html")
        county = shown.pk
    found, years = queries.calendar_for(county, request.at)
    context = {
        "shown": found,
        "years": [(year, queries.next_deadlines(year.milestones, request.at)) for year in years],
        "today": timezone.localdate(request.at),
        "counties": queries.counties_with_cycles(),
        "feed_language": get_language(),
        "host": request.get_host(),
        "crumbs": [{"label": _("Samspill"), "url": "/"}, {"label": _("Kalender")}],
    }
    return render(request, "cycle/calendar.html", context)


@door(public=True)
@require_GET
def feed(request, county):
    """The calendar for people's own calendar program. `?spraak=nn` chooses the language."""
    found, _years = queries.calendar_for(county, request.at)
    asked = request.GET.get("spraak", "")
    language = asked if asked in dict(settings.LANGUAGES) else get_language() or "nb"
    content = queries.feed_of(found, language=language, site=settings.SITE_URL.rstrip("/"))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="samspill-{found.pk}.ics"'
    response["Cache-Control"] = "public, max-age=900"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@door(public=True)
@require_GET
def announcement(request, pk):
    """The announcement in the reader's written form."""
    found = queries.published_announcement(pk)
    said = queries.in_language(found, request.GET.get("spraak") or get_language())
    context = {
        "announcement": found,
        "cycle": found.cycle,
        "said": said,
        "blocks": queries.blocks(said["text"]),
        "changes": queries.changes_of(found.cycle),
        "receivers": queries.receiver_count(found.cycle, found),
        "milestones": queries.next_deadlines(
            queries.milestones_of(found.cycle), request.at, most=3
        ),
        "today": timezone.localdate(request.at),
        "crumbs": [
            {
                "label": _("Kalender"),
                "url": reverse("cycle:calendar", args=[found.cycle.county_id]),
            },
            {"label": _("Kunngjøring")},
        ],
    }
    return render(request, "cycle/announcement.html", context)
