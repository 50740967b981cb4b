"""The gallery page of components (stilsiden)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samspill.shared.design.gallery import gallery_context
from samspill.shared.identity.access import door


@door(public=True)
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state. Registered at /stil/ in the demo only."""
    return render(request, "design/gallery.html", gallery_context())
