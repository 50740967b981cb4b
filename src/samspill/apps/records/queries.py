"""Everything that reads the journal and the tasks. The only door to them for pages."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.apps.records.models import JournalEntry, Task
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import SECRETARIAT, Role
from samspill.shared.messages import queries as messages
from samspill.shared.messages.models import Message
from samspill.shared.waiting import Waiting

#: «2027/31», as people write a journal number.
REFERENCE = re.compile(r"(\d{4})/(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """What of the journal is asked for: a year, a direction, words in title or correspondent."""

    year: int | None = None
    direction: str = ""
    words: str = ""


Owned = TypeVar("Owned", JournalEntry, Task)


def _reached(actor: Actor, rows: QuerySet[Owned]) -> QuerySet[Owned]:
    """The secretariat reaches its own authority's in its counties, an auditor all in theirs."""
    if actor.has(*SECRETARIAT):
        return rows.filter(county__in=actor.counties, authority=actor.organisation_id)
    if actor.has(Role.AUDITOR):
        return rows.filter(county__in=actor.counties)
    return rows.none()


def journal(actor: Actor, asked: JournalFilter) -> QuerySet[JournalEntry]:
    """The journal, newest number first, with correspondents at hand."""
    rows = _reached(actor, JournalEntry.objects.all())
    if asked.year:
        rows = rows.filter(year=asked.year)
    if asked.direction:
        rows = rows.filter(direction=asked.direction)
    for word in asked.words.split():
        rows = rows.filter(_mentions(word))
    return rows.select_related("correspondent", "county").order_by("-year", "-number", "-pk")


def _mentions(word: str) -> Q:
    found = Q(title__icontains=word) | Q(correspondent__name__icontains=word)
    if reference := REFERENCE.fullmatch(word):
        found |= Q(year=int(reference[1]), number=int(reference[2]))
    return found


def journal_years(actor: Actor) -> list[int]:
    """Years that have entries, newest first."""
    rows = _reached(actor, JournalEntry.objects.all())
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def entry_for(actor: Actor, pk: int) -> JournalEntry:
    """One entry with its document, or 404."""
    rows = _reached(actor, JournalEntry.objects.select_related("document"))
    entry = rows.filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry


def journal_for(actor: Actor, case: models.Model) -> QuerySet[JournalEntry]:
    """The entries of one case, oldest first; the room that owns the case has let the actor in.

    Besides those who reach the journal, an organisation sees the letters to and from itself.
    """
    rows = JournalEntry.objects.filter(case_type=case._meta.label_lower, case_id=str(case.pk))
    if not actor.has(*SECRETARIAT, Role.AUDITOR):
        mine = Q(pk__in=[])
        if actor.organisation_id is not None:
            mine = Q(correspondent=actor.organisation_id)
        rows = rows.filter(mine).exclude(direction=JournalEntry.Direction.INTERNAL)
    else:
        rows = _reached(actor, rows)
    return rows.select_related("correspondent").order_by("year", "number", "pk")


def tasks_for(actor: Actor) -> QuerySet[Task]:
    """Open tasks: those with a deadline first, by deadline, then the oldest."""
    rows = _reached(actor, Task.objects.filter(closed_at=None))
    return rows.select_related("county").order_by(
        models.F("due_date").asc(nulls_last=True), "opened_at", "pk"
    )


def task_for(actor: Actor, pk: int) -> Task:
    """One task, open or closed, or 404."""
    task = _reached(actor, Task.objects.all()).filter(pk=pk).first()
    if task is None:
        raise Http404
    return task


def failed_messages(actor: Actor) -> QuerySet[Message]:
    """Mail that did not come through, for those who follow it up."""
    return messages.failed(actor)


def waiting_for(actor: Actor, at: datetime) -> list[Waiting]:
    """Open tasks of the secretariat, and one line for all mail that did not come through."""
    if not actor.has(*SECRETARIAT, Role.PLATFORM_ADMINISTRATOR):
        return []
    page = reverse("records:tasks")
    reason = _("Oppfølging som venter på sekretariatet")
    waits = [
        Waiting(task.title, reason, task.link or page, since=task.opened_at, due=task.due_date)
        for task in tasks_for(actor)
    ]
    failures = list(messages.failed(actor).values_list("failed_at", flat=True))
    if failures:
        words = ngettext(
            "%(count)s melding kom ikke fram", "%(count)s meldinger kom ikke fram", len(failures)
        )
        title = words % {"count": len(failures)}
        waits.append(
            Waiting(title, _("Mottakeren må varsles på annen måte"), page, since=failures[0])
        )
    return waits
