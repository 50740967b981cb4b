from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "samspill.apps.records"
    label = "records"
    verbose_name = "Arkiv"
