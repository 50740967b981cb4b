"""What a rule answers: a finding (funn), and the short words a rule function uses for it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from samspill.regulation.reference import Ref, in_words
from samspill.regulation.text import Listed, Translate, as_written, plain, render

Audience = Literal["owner", "secretariat"]


class Severity(StrEnum):
    """How grave a finding is (alvorlighet). Only an error stops a case."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """What one rule concluded about one case (funn), and the facts it looked at.

    ``met`` is None where the rule cannot be judged; ``facts["missing"]`` then names the fact.
    ``text`` and ``remedy`` are bokmål; ``said`` and ``mend`` give them in another language.
    A note (info, not met) never stops anything.
    """

    rule_id: str
    severity: Severity
    met: bool | None
    text: str
    remedy: str = ""
    reference: str = ""
    field: str = ""
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict, hash=False)
    audience: Audience = "owner"
    text_template: str = ""
    remedy_template: str = ""
    refs: tuple[Ref, ...] = ()

    @property
    def stops(self) -> bool:
        """An error that is not met, or that cannot be judged, stops the case."""
        return self.severity is Severity.ERROR and self.met is not True

    def said(self, translate: Translate = as_written) -> str:
        """What was found, in the language of ``translate``."""
        return render(self.text_template, self.facts, translate) or self.text

    def mend(self, translate: Translate = as_written) -> str:
        """How to put it right, in the language of ``translate``."""
        return render(self.remedy_template, self.facts, translate) or self.remedy

    def cited(self, translate: Translate = as_written) -> str:
        """The reference in plain words: the regulation by its name."""
        if not self.refs:
            return self.reference
        return Listed(in_words(self.refs, translate)).said(translate)

    def as_json(self) -> dict[str, Any]:
        """The finding as API and command line give it."""
        return {
            "rule": self.rule_id,
            "severity": str(self.severity),
            "met": self.met,
            "text": self.text,
            "reference": self.reference,
            "field": self.field,
        }

    def recorded(self) -> dict[str, Any]:
        """The finding with its facts as plain JSON values: for what is frozen with a decision."""
        facts = {name: plain(value) for name, value in self.facts.items()}
        return {
            **self.as_json(),
            "remedy": self.remedy,
            "audience": self.audience,
            "facts": facts,
        }


@dataclass(frozen=True)
class Outcome:
    """What a rule function says before its id, severity and reference are put on."""

    met: bool | None
    text: str
    remedy: str
    field: str
    facts: Mapping[str, Any]
    severity: Severity | None = None
    audience: Audience = "owner"
    refs: tuple[str, ...] = ()


def good(text: str, *, field: str, refs: tuple[str, ...] = (), **facts: Any) -> Outcome:
    """The condition is met: good news beside the field."""
    return Outcome(True, text, "", field, facts, refs=refs)


def bad(
    text: str,
    remedy: str,
    *,
    field: str,
    severity: Severity | None = None,
    audience: Audience = "owner",
    refs: tuple[str, ...] = (),
    **facts: Any,
) -> Outcome:
    """The condition is not met: what is wrong, and how to mend it."""
    return Outcome(False, text, remedy, field, facts, severity, audience, refs)


def unclear(
    text: str,
    remedy: str,
    *,
    field: str,
    missing: str,
    severity: Severity | None = None,
    audience: Audience = "owner",
    refs: tuple[str, ...] = (),
    **facts: Any,
) -> Outcome:
    """The rule cannot be judged, for ``missing`` is not known."""
    known = {"missing": missing, **facts}
    return Outcome(None, text, remedy, field, known, severity, audience, refs)
