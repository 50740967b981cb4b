from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "samspill.apps.home"
    label = "home"
    verbose_name = "Hjem"
