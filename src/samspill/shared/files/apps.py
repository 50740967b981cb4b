from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "samspill.shared.files"
    label = "files"
    verbose_name = "Filer"
