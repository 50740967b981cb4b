from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "samspill.shared.documents"
    label = "documents"
    verbose_name = "Dokumenter"
