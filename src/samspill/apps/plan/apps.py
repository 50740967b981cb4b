from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "samspill.apps.plan"
    label = "plan"
    verbose_name = "Plan"
