"""The owner's list of reports, each with its one status line."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samspill.apps.overview import queries
from samspill.shared.design.sheets import sheet
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import OWNER

ROWS = 50


@door(*OWNER)
@require_GET
def reports(request):
    rows = queries.reports_of(request.actor, request.at)
    chosen = request.GET.get("vis", "")
    filters = [
        {
            "code": code,
            "words": words,
            "count": len(queries.filtered(rows, code)),
            "current": code == chosen,
        }
        for code, words in queries.FILTERS.items()
    ]
    page = Paginator(queries.filtered(rows, chosen), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "filters": filters, "total": len(rows)}
    return render(request, "overview/reports.html", context)


@door(*OWNER)
@require_GET
def reports_download(request):
    table = queries.report_table(queries.reports_of(request.actor, request.at))
    return HttpResponse(
        sheet("Behovsmeldinger", table),
        headers={
            "Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Content-Disposition": 'attachment; filename="behovsmeldinger.xlsx"',
        },
    )
