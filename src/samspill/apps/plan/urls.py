from django.urls import path

from samspill.apps.plan import views

app_name = "plan"
urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/<str:county>/", views.plan, name="plan"),
]
