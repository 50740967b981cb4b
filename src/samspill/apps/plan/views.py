"""The long-term plan for everybody."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspill.apps.plan import queries
from samspill.shared.identity.access import door

#: Where the visitor's choice of county is kept (home writes it).
SESSION_COUNTY = "county"


@door(public=True)
@require_GET
def plan(request, county=None):
    """Chapters, and what the plan decides in numbers; drafts say that they are drafts."""
    if county is None:
        shown = queries.default_county(request.actor, chosen=request.session.get(SESSION_COUNTY))
        if shown is None:
            return render(request, "plan/no_plan.html")
    else:
        shown = queries.county_for(county)
    versions = queries.versions_in(shown)
    version = queries.version_shown(versions, request.GET.get("versjon", ""))
    language = get_language() or "nb"
    context = {
        "shown": shown,
        "versions": versions,
        "version": version,
        "chapters": queries.chapters_of(version, language) if version else [],
        "rows": queries.parameter_rows(version) if version else [],
        "language": "nn" if language == "nn" else "nb",
        "counties": queries.counties_with_plans(),
        "crumbs": [{"label": _("Samspill"), "url": "/"}, {"label": _("Langsiktig plan")}],
    }
    return render(request, "plan/plan.html", context)
