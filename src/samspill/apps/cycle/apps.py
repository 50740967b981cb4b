from django.apps import AppConfig


class CycleConfig(AppConfig):
    name = "samspill.apps.cycle"
    label = "cycle"
    verbose_name = "Årshjul"
