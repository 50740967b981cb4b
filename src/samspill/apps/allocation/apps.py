from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "samspill.apps.allocation"
    label = "allocation"
    verbose_name = "Fordeling"
