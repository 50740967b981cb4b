from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "samspill.apps.partnerships"
    label = "partnerships"
    verbose_name = "Partnerskap"
