from django.urls import path

from samspill.apps.records import views

app_name = "records"
urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/<int:pk>/dokument/", views.document, name="document"),
    path("oppgaver/", views.tasks, name="tasks"),
    path("oppgaver/<int:pk>/ferdig/", views.finish_task, name="finish_task"),
    path("oppgaver/meldinger/<int:pk>/send/", views.send_again, name="send_again"),
]
