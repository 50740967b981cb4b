"""Error pages in plain words: what happened, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "design/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reason of the access rule is shown, so people know whom to ask."""
    return render(request, "design/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "design/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Rendered without the request, hence without context processors: they may be what failed."""
    return HttpResponse(render_to_string("design/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    return render(request, "design/csrf.html", status=403)
