"""A place in the law or in the plan (hjemmel), as written and in plain words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from samspill.regulation.text import Translate, as_written, gettext_noop, render

LEDD = (
    "",
    gettext_noop("første ledd"),
    gettext_noop("andre ledd"),
    gettext_noop("tredje ledd"),
    gettext_noop("fjerde ledd"),
    gettext_noop("femte ledd"),
    gettext_noop("sjette ledd"),
)
_LETTER = gettext_noop("bokstav {letter}")

# Sources that are regulations or acts are cited by their short name; the others have only words.
NAMES = {
    "KOLL": gettext_noop("forskriften om kollektiv kompetanseutvikling"),
    "VU": gettext_noop("forskriften om videreutdanning"),
    "VGO": gettext_noop("forskriften om kollektiv kompetanseutvikling i videregående opplæring"),
    "sameloven": gettext_noop("sameloven"),
    "plan": gettext_noop("langsiktig plan"),
    "seed": gettext_noop("føringene fra høsten 2025"),
    "standard": gettext_noop("produktets standard"),
}
SHORT = {"plan": NAMES["plan"], "seed": NAMES["seed"], "standard": NAMES["standard"]}
_WRITTEN = re.compile(
    r"^(?P<law>[\w-]+)(?: § (?P<paragraph>[\w-]+))?(?: (?P<ledd>\w+ ledd))?"
    r"(?: bokstav (?P<letter>[a-z]))?$"
)


@dataclass(frozen=True)
class Ref:
    """A place: ``Ref("KOLL", "11", ledd=5)`` reads «KOLL § 11 femte ledd»."""

    law: str
    paragraph: str = ""
    ledd: int = 0
    bokstav: str = ""

    @classmethod
    def parse(cls, written: str) -> "Ref":
        """The place from its written form, as the parameter files hold it.

        >>> Ref.parse("KOLL § 9 bokstav d")
        Ref(law='KOLL', paragraph='9', ledd=0, bokstav='d')
        """
        found = _WRITTEN.match(written)
        if found is None or found["law"] not in NAMES:
            raise ValueError(f"Not a reference: {written!r}")
        ledd = LEDD.index(found["ledd"]) if found["ledd"] else 0
        return cls(found["law"], found["paragraph"] or "", ledd, found["letter"] or "")

    def __str__(self) -> str:
        return self._with(SHORT.get(self.law, self.law), as_written)

    def words(self, translate: Translate = as_written) -> str:
        """The place in plain words: the regulation by name instead of its short name."""
        return self._with(translate(NAMES[self.law]), translate)

    def place(self, translate: Translate = as_written) -> str:
        """The paragraph alone, for a reader who has just read the name: «§ 3 første ledd»."""
        return self._with("", translate)

    def _with(self, name: str, translate: Translate) -> str:
        parts = [name] if name else []
        if self.paragraph:
            parts.append(f"§ {self.paragraph}")
        if self.ledd:
            parts.append(translate(LEDD[self.ledd]))
        if self.bokstav:
            parts.append(render(_LETTER, {"letter": self.bokstav}, translate))
        return " ".join(parts)


def in_words(refs: Iterable[Ref], translate: Translate = as_written) -> list[str]:
    """Each place in plain words; a regulation cited several times on end is named once.

    >>> in_words([Ref("KOLL", "2"), Ref("KOLL", "3", ledd=1), Ref("plan")])
    ['forskriften om kollektiv kompetanseutvikling § 2', '§ 3 første ledd', 'langsiktig plan']
    """
    said, named = [], ""
    for ref in refs:
        again = ref.law == named and ref.paragraph
        said.append(ref.place(translate) if again else ref.words(translate))
        named = ref.law
    return said
