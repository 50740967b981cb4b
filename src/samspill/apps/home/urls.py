from django.urls import path

from samspill.apps.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("min-side/", views.my_page, name="my_page"),
    path("fylke/", views.choose_county, name="choose_county"),
    path("regler/", views.rules, name="rules"),
    path("tilgjengelighet/", views.accessibility, name="accessibility"),
    path("si-fra/", views.feedback, name="feedback"),
    path("personvern/", views.privacy, name="privacy"),
]
