from django.urls import path

from samspill.apps.organisations import views

app_name = "organisations"
urlpatterns = [
    path("kilder/", views.sources, name="sources"),
    path("kontonummer/", views.account, name="account"),
    path("register/<str:county>/", views.register, name="register"),
    path("register/<str:county>/mottakere/", views.unconfirmed, name="unconfirmed"),
    path("register/<str:county>/mottakere/<int:pk>/", views.confirm, name="confirm"),
]
