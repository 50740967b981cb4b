from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "samspill.apps.organisations"
    label = "organisations"
    verbose_name = "Organisasjoner"
