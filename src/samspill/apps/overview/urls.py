from django.urls import path

from samspill.apps.overview import views

app_name = "overview"
urlpatterns = [
    path("behovsmeldinger/", views.reports, name="reports"),
    path("behovsmeldinger/last-ned/", views.reports_download, name="reports_download"),
]
