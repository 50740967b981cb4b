"""Signing in and out, choosing mandate and language."""

from django.urls import path

from samspill.shared.identity import views

app_name = "identity"

urlpatterns = [
    path("logg-inn/", views.sign_in_page, name="sign_in"),
    path("logg-inn/demo/", views.demo, name="demo"),
    path("logg-inn/<slug:provider>/", views.provider_start, name="provider_start"),
    path("logg-inn/<slug:provider>/retur/", views.provider_return, name="provider_return"),
    path("logg-ut/", views.sign_out, name="sign_out"),
    path("rolle/", views.choose_mandate, name="choose_mandate"),
    path("spraak/", views.set_language, name="set_language"),
]
