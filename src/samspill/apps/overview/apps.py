from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "samspill.apps.overview"
    label = "overview"
    verbose_name = "Oversikt"
