"""The design app: base pages, form drawing, components."""

from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class DesignConfig(AppConfig):
    """Gives every form of the site our own words for an empty field."""

    name = "samspill.shared.design"

    def ready(self) -> None:
        # One sentence for all fields, also Django's own: theirs reads like a rubber stamp.
        Field.default_error_messages = {
            **Field.default_error_messages,
            "required": _("Dette må fylles ut."),
        }
