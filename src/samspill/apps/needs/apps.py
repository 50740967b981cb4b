from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "samspill.apps.needs"
    label = "needs"
    verbose_name = "Behovsmeldinger"
