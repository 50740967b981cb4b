from django.urls import path

from samspill.apps.cycle import views

app_name = "cycle"
urlpatterns = [
    path("kalender/", views.calendar, name="calendar"),
    path("kalender/<str:county>.ics", views.feed, name="feed"),
    path("kalender/<str:county>/", views.calendar, name="calendar"),
    path("kunngjoring/<int:pk>/", views.announcement, name="announcement"),
    path("aarshjul/", views.board, name="board"),
    path("aarshjul/nytt/", views.set_up, name="set_up"),
    path("aarshjul/milepael/<int:pk>/", views.milestone, name="milestone"),
    path("aarshjul/<int:pk>/", views.board, name="board"),
    path("aarshjul/<int:pk>/ramme/", views.frame, name="frame"),
    path("aarshjul/<int:pk>/kunngjoring/", views.draft, name="draft"),
    path("aarshjul/<int:pk>/kunngjoring/se/", views.preview, name="preview"),
    path("aarshjul/<int:pk>/kunngjoring/send/", views.send, name="send"),
    path("aarshjul/<int:pk>/kunngjoring/godkjenn/", views.approve, name="approve"),
    path("aarshjul/<int:pk>/kunngjoring/tilbake/", views.give_back, name="give_back"),
]
