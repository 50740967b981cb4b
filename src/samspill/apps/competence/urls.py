from django.urls import path

from samspill.apps.competence import views

app_name = "competence"
urlpatterns = [
    path("kompetanseplan/", views.overview, name="overview"),
    path("kompetanseplan/behov/", views.need, name="need"),
    path("kompetanseplan/plan/", views.plan, name="plan"),
    path("kompetanseplan/plan/<int:pk>/fil/", views.document, name="document"),
]
