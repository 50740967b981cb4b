from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "samspill.shared.messages"
    label = "outbox"
    verbose_name = "Meldinger"
