"""The bench's addresses: the product's own, and a bare page to hold them against."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from samspill.config import urls
from samspill.shared.identity.access import door

handler403, handler404 = urls.handler403, urls.handler404
#: Rows on one page of the product's lists.
PAGE = 50
BARE = """{% extends "design/base.html" %}{% block title %}Rader{% endblock %}
{% block heading %}<h1 class="ds-heading">Rader</h1>{% endblock %}
{% block content %}<table class="ds-table"><tbody>{% for row in rows %}<tr>{% for cell in row %}
<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</tbody></table>{% endblock %}"""
COLUMNS = 7


@door(public=True)
def bare(request: HttpRequest, rows: int) -> HttpResponse:
    """The frame every page has, and a table of so many rows that nobody had to fetch."""
    cells = [[f"Celle {row}-{column}" for column in range(COLUMNS)] for row in range(rows)]
    template = engines["django"].from_string(BARE)
    return HttpResponse(template.render({"rows": cells}, request))


urlpatterns = [*urls.urlpatterns, path("bare/<int:rows>/", bare, name="bare")]
