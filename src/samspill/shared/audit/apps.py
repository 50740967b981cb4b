from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "samspill.shared.audit"
    label = "audit"
    verbose_name = "Revisjonsspor"
