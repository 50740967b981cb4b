"""The forms of the needs room: what is asked, made from the field catalogue."""

from samspill.apps.needs.forms.answers import AnswerForm, html_name
from samspill.apps.needs.forms.blocks import Block, blocks_of, budget_rows, clash_of
from samspill.apps.needs.forms.signing import SignForm
from samspill.apps.needs.forms.starting import StartForm

__all__ = [
    "AnswerForm",
    "Block",
    "SignForm",
    "StartForm",
    "blocks_of",
    "budget_rows",
    "clash_of",
    "html_name",
]
