"""Characters our letter font lacks never stop a letter."""

import pytest
from django.conf import settings

from samspill.shared.documents.glyphs import showable
from samspill.shared.documents.render import REGULAR

FONT = settings.NODE / "@expo-google-fonts/inter" / REGULAR

SHOWN = [
    ("Språk, lek og «đ ŋ š ŧ ž» – 1\u00a0250\u00a0000 kr", None),
    ("Bra 👍🏽!", "Bra [thumbs up sign]!"),
    ("👩‍🏫", "[woman][school]"),
    ("中", "[cjk unified ideograph-4e2d]"),
    ("\ue000", "[u+e000]"),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_text_is_kept_and_what_the_font_lacks_is_named(text, shown):
    assert showable({"rows": [[text, 7, None]]}, FONT) == {"rows": [[shown or text, 7, None]]}
