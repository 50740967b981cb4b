"""The addresses the base page itself needs, and the gallery: no room is asked."""

from django.urls import include, path

from samspill.shared.design.views import gallery

urlpatterns = [
    path("", include("samspill.shared.identity.urls")),
    path("stil/", gallery, name="gallery"),
]
