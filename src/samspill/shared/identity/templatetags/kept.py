"""``{% load kept %}{% kept_for %}`` in a form: its text survives a session that runs out."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samspill.shared.identity import kept_text

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_for(context: Context, back: str = "") -> SafeString:
    """Whose the form is (signed). `back`: the form's page, if it posts to another address."""
    person_id = context["request"].actor.person_id
    if person_id is None:
        return SafeString("")
    field = '<input type="hidden" name="{}" value="{}">'
    mark = format_html(field, kept_text.FOR, kept_text.sign(person_id))
    return mark + format_html(field, kept_text.BACK, back) if back else mark
