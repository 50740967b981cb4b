from django.urls import path

from samspill.apps.allocation import views

app_name = "allocation"
urlpatterns = [
    path("meldinger/", views.queue, name="queue"),
    path("meldinger/last-ned/", views.queue_download, name="queue_download"),
    path("meldinger/<int:report_pk>/", views.assess, name="assess"),
    path("meldinger/<int:report_pk>/komplett/", views.complete, name="complete"),
    path("meldinger/<int:report_pk>/tilbake/", views.return_report, name="return_report"),
    path("forslag/", views.scenarios, name="scenarios"),
    path("forslag/<int:scenario_pk>/", views.scenario, name="scenario"),
    path("forslag/<int:scenario_pk>/last-ned/", views.scenario_download, name="scenario_download"),
    path("forslag/<int:scenario_pk>/grunnlag/", views.scenario_json, name="scenario_json"),
]
