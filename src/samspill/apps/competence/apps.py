from django.apps import AppConfig


class CompetenceConfig(AppConfig):
    name = "samspill.apps.competence"
    label = "competence"
    verbose_name = "Kompetanse"
