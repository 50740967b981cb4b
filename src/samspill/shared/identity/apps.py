from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "samspill.shared.identity"
    label = "identity"
    verbose_name = "Folk"
