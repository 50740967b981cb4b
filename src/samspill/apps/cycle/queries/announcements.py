"""The announcement: what it says, to whom it goes, and whether it is still what was seen."""

import difflib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspill.apps.cycle.models import Announcement, AnnouncementReceiver, Cycle
from samspill.apps.cycle.queries.days import words_of
from samspill.apps.cycle.queries.years import cycle_on_board, milestones_of
from samspill.apps.organisations import queries as organisations
from samspill.apps.organisations.models import Organisation, Scheme, Unit
from samspill.regulation import parameters
from samspill.shared.design import wording
from samspill.shared.identity.actor import Actor

#: Both written forms stand side by side: forms and announcements exist in both (språklova).
WRITTEN = ("nb", "nn")
TEXTS = ("title_nb", "text_nb", "title_nn", "text_nn")


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that is not what it was, as lines kept, taken away and added."""

    part: str
    lines: tuple[tuple[str, str], ...]


# --- Doors ---------------------------------------------------------------------------------------
def announcement_of(cycle: Cycle) -> Announcement | None:
    """The cycle's announcement in whatever state, or None. Not a door: the cycle was."""
    return Announcement.objects.filter(cycle=cycle).first()


def announcement_for(actor: Actor, cycle_pk: int) -> tuple[Cycle, Announcement]:
    """The announcement of a cycle the actor may see on the board, or 404."""
    cycle = cycle_on_board(actor, cycle_pk)
    found = announcement_of(cycle)
    if found is None:
        raise Http404
    return cycle, found


def published_announcement(pk: int) -> Announcement:
    """A published announcement for anybody; a draft does not exist to the public (404)."""
    found = Announcement.objects.filter(state=Announcement.State.PUBLISHED)
    return get_object_or_404(found.select_related("cycle__county", "cycle__authority"), pk=pk)


# --- Receivers -----------------------------------------------------------------------------------
def receivers_for(cycle: Cycle) -> QuerySet[Organisation]:
    """Every possible receiver of the scheme in the county, by name.

    KOLL § 3: municipalities, private kindergartens and schools, competence environments. VGO § 7:
    those that run upper secondary schools, and environments with a study place in the county.
    Confirmed or not: whoever is never told cannot ask.
    """
    if cycle.scheme == Scheme.VGO:
        found = Organisation.objects.filter(
            Q(
                units__kind=Unit.Kind.UPPER_SECONDARY,
                units__closed_date=None,
                units__municipality__county=cycle.county_id,
            )
            | Q(study_places__municipality__county=cycle.county_id)
        ).distinct()
    else:
        found = organisations.possible_receivers(cycle.county_id)
    return found.select_related("municipality").order_by("name", "pk")


def receivers_of(announcement: Announcement) -> QuerySet[AnnouncementReceiver]:
    """Those a published announcement went to, by name."""
    return announcement.receivers.select_related("organisation").order_by(
        "organisation__name", "pk"
    )


def receivers_shown(cycle: Cycle, announcement: Announcement) -> QuerySet[Organisation]:
    """Those it went to once it is out; before that, those it will go to."""
    if announcement.published_at is None:
        return receivers_for(cycle)
    sent_to = announcement.receivers.values("organisation")
    found = Organisation.objects.filter(pk__in=sent_to)
    return found.select_related("municipality").order_by("name", "pk")


def receiver_count(cycle: Cycle, announcement: Announcement | None) -> dict[str, int]:
    """How many get it, and how many have no e-mail address."""
    if announcement is not None and announcement.published_at is not None:
        found = announcement.receivers.aggregate(
            all=Count("pk"), missing=Count("pk", filter=Q(message_key=""))
        )
    else:
        found = receivers_for(cycle).aggregate(
            all=Count("pk", distinct=True), missing=Count("pk", distinct=True, filter=Q(email=""))
        )
    return {"all": found["all"], "missing": found["missing"]}


def written_form_of(organisation: Organisation) -> str:
    """Receiver's own choice → the municipality's decision → bokmål."""
    place = organisation.municipality
    return organisation.written_form or (place.written_form if place else "") or "nb"


# --- Content and its hash ------------------------------------------------------------------------
def _facts(cycle: Cycle) -> dict[str, Any]:
    return {
        "scheme": cycle.scheme,
        "county": cycle.county_id,
        "authority": cycle.authority_id,
        "year": cycle.year,
        "frame": cycle.frame,
        "plan_label": cycle.plan_label,
        "milestones": [
            [m.kind, m.starts.isoformat(), m.last_day.isoformat()] for m in milestones_of(cycle)
        ],
    }


def facts_hash_of(cycle: Cycle) -> str:
    """SHA-256 of what the texts are written from: frame, plan and dates."""
    return _hash(_facts(cycle))


def texts_of(announcement: Announcement | None) -> dict[str, str]:
    """Titles and texts as they are saved; empty before the first saving."""
    return {name: getattr(announcement, name) for name in TEXTS} if announcement else {}


def texts_hash_of(announcement: Announcement | None) -> str:
    """SHA-256 of the saved texts: has a colleague saved since the page was opened?"""
    return _hash(texts_of(announcement))


def content_of(
    cycle: Cycle, announcement: Announcement, receiver_ids: Sequence[int] | None = None
) -> dict[str, Any]:
    """All that is approved: facts, both texts and everyone who gets it."""
    if receiver_ids is None:
        receiver_ids = list(receivers_for(cycle).values_list("pk", flat=True))
    return {
        **_facts(cycle),
        **texts_of(announcement),
        "receivers": sorted(receiver_ids),
    }


def content_hash_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON (RFC 8785)."""
    return _hash(content)


def _hash(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(dict(content))).hexdigest()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What is not the same any more, part by part, in words."""
    parts = {
        "frame": _("Rammen"),
        "plan_label": _("Planen"),
        "milestones": _("Datoene"),
        "title_nb": _("Tittel på bokmål"),
        "text_nb": _("Tekst på bokmål"),
        "title_nn": _("Tittel på nynorsk"),
        "text_nn": _("Tekst på nynorsk"),
        "receivers": _("Mottakerne"),
    }
    return [
        Difference(words, _compared(_lines(key, before.get(key)), _lines(key, after.get(key))))
        for key, words in parts.items()
        if before.get(key) != after.get(key)
    ]


def _lines(key: str, value: Any) -> list[str]:
    if value is None:
        return [_("ikke kjent")] if key == "frame" else []
    if key == "frame":
        return [wording.kroner(value)]
    if key == "milestones":
        return [" ".join(str(part) for part in row) for row in value]
    if key == "receivers":
        return [_("{count} mottakere").format(count=len(value)), *(f"nr. {pk}" for pk in value)]
    return str(value).splitlines()


def _compared(before: list[str], after: list[str]) -> tuple[tuple[str, str], ...]:
    compared = difflib.ndiff(before, after)
    return tuple((line[0], line[2:]) for line in compared if line[0] in "+-" and line[2:].strip())


# --- Texts ---------------------------------------------------------------------------------------
def drafted_texts(cycle: Cycle) -> dict[str, str]:
    """Titles and texts in bokmål and nynorsk, filled in from frame, dates and plan. Not saved."""
    texts = {}
    for language in WRITTEN:
        with override(language):
            name = f"cycle/letters/announcement_{cycle.scheme}_{language}.txt"
            written = render_to_string(name, _material(cycle, language)).strip()
        title, _blank, text = written.partition("\n\n")
        texts[f"title_{language}"], texts[f"text_{language}"] = title.strip(), text.strip()
    return texts


def _material(cycle: Cycle, language: str) -> dict[str, Any]:
    milestones = milestones_of(cycle)
    start = min((m.starts for m in milestones), default=None)
    limit = parameters.scheme(cycle.scheme, start).award_by(cycle.year) if start else None
    return {
        "cycle": cycle,
        "authority": cycle.authority.name,
        "county": cycle.county.name,
        "frame": None if cycle.frame is None else wording.kroner(cycle.frame),
        "days": {m.kind: words_of(m, language) for m in milestones},
        "limit": wording.day(limit, language=language) if limit else "",
    }


def in_language(announcement: Announcement, language: str) -> dict[str, str]:
    """Title and text in the reader's written form; those who read English get bokmål."""
    lang = "nn" if language == "nn" else "nb"
    return {
        "language": lang,
        "title": getattr(announcement, f"title_{lang}"),
        "text": getattr(announcement, f"text_{lang}"),
    }


def blocks(text: str) -> list[tuple[str, Any]]:
    """Plain text as headings («## »), lists («- ») and paragraphs, for the page."""
    found: list[tuple[str, Any]] = []
    for part in text.split("\n\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if not lines:
            continue
        if lines[0].startswith("## "):
            found.append(("heading", lines.pop(0)[3:]))
        if lines and all(line.startswith("- ") for line in lines):
            found.append(("list", [line[2:] for line in lines]))
        elif lines:
            found.append(("paragraph", "\n".join(lines)))
    return found
