from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "samspill.shared.messages"
    label = "messages"
    verbose_name = "Meldinger"
