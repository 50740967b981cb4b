from django.urls import path

from samspill.apps.partnerships import views

app_name = "partnerships"
urlpatterns = [
    path("partnerskap/", views.overview, name="overview"),
    path("partnerskap/ny-avtale/", views.add, name="add"),
]
