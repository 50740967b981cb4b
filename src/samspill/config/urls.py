"""Which room answers which address."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from samspill.config import errors
from samspill.shared.design.views import gallery

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("samspill.shared.identity.urls")),
    path("", include("samspill.apps.organisations.urls")),
    path("", include("samspill.apps.cycle.urls")),
    path("", include("samspill.apps.plan.urls")),
    path("", include("samspill.apps.needs.urls")),
    path("", include("samspill.apps.competence.urls")),
    path("", include("samspill.apps.partnerships.urls")),
    path("", include("samspill.apps.allocation.urls")),
    path("", include("samspill.apps.overview.urls")),
    path("", include("samspill.apps.records.urls")),
    path("", include("samspill.apps.home.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("stil/", gallery, name="gallery"))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed
