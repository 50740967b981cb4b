"""What the sign-in page says about a demo persona. The personas themselves live in the demo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Persona:
    """A made-up person one can sign in as (demoperson)."""

    #: `User.handle`.
    handle: str
    name: str
    #: In words: «Skriver og signerer for Bodø kommune».
    title: str
    #: One line in first person: «Jeg har 26 barnehager og to meldinger i år.»
    who: str
    #: The heading the card stands under: «Eiere».
    group: str


def shown() -> list[tuple[str, list[Persona]]]:
    """The demo's people by heading, in the order the demo gives them (`settings.DEMO_PERSONAS`)."""
    people: Callable[[], Sequence[Persona]] = import_string(settings.DEMO_PERSONAS)
    return [(group, list(some)) for group, some in groupby(people(), key=lambda p: p.group)]
