"""Everything that is written to the journal and the list of follow-up tasks."""

from datetime import date, datetime

from django.db import models
from django.db.models import Max
from django.utils import timezone

from samspill.apps.organisations.models import Organisation
from samspill.apps.records import access
from samspill.apps.records.models import JournalEntry, Task
from samspill.shared.audit import trail as audit
from samspill.shared.audit.trail import Trail
from samspill.shared.files.models import StoredFile
from samspill.shared.identity.actor import Actor

LONGEST_TITLE = 300


class WrongChain(ValueError):
    """Something of one county was about to be recorded under another county's chain."""


def journal(
    *,
    trail: Trail,
    scheme: str,
    county_id: str,
    authority_id: int,
    direction: str,
    title: str,
    correspondent_id: int | None,
    case: models.Model,
    document_date: date,
    document: StoredFile | None = None,
    content_hash: str = "",
    public: bool = True,
) -> JournalEntry:
    """Record one document (journalføre) in the caller's transaction; it gets the next number.

    Numbers of an authority run from 1 each Norwegian year without gaps: what is rolled back gives
    its number back. One office may serve counties with a chain each, so the authority's row is
    locked too, after the chain and the cases.
    """
    _check(trail, county_id)
    year = timezone.localdate(trail.at).year
    entry = JournalEntry.objects.create(
        scheme=scheme,
        county_id=county_id,
        authority_id=authority_id,
        year=year,
        number=_next_number(authority_id, year),
        direction=direction,
        title=_one_line(title),
        correspondent_id=correspondent_id,
        document_date=document_date,
        recorded_at=trail.at,
        case_type=case._meta.label_lower,
        case_id=str(case.pk),
        document=document,
        content_hash=content_hash,
        public=public,
    )
    trail.line(
        entry,
        "records.journalled",
        year=year,
        number=entry.number,
        direction=str(direction),
        case=f"{entry.case_type}/{entry.case_id}",
        content_hash=content_hash,
    )
    return entry


def open_task(
    *,
    trail: Trail,
    scheme: str,
    county_id: str,
    authority_id: int,
    kind: str,
    title: str,
    case: models.Model,
    due_date: date | None = None,
    link: str = "",
) -> Task:
    """Put something on the authority's list; once for each case and kind while it is open.

    `link` is the path where it is done: the room that opens the task knows it.
    """
    _check(trail, county_id)
    if already := _open_task(kind, case):
        return already
    task = Task.objects.create(
        scheme=scheme,
        county_id=county_id,
        authority_id=authority_id,
        kind=kind,
        title=_one_line(title),
        case_type=case._meta.label_lower,
        case_id=str(case.pk),
        link=link,
        opened_at=trail.at,
        due_date=due_date,
    )
    trail.line(task, "records.task_opened", kind=kind, case=f"{task.case_type}/{task.case_id}")
    return task


def close_task(*, trail: Trail, kind: str, case: models.Model) -> Task | None:
    """Take it off the list, for what it was about is in order; None when it was not there."""
    trail.check_open()
    task = _open_task(kind, case)
    if task is not None:
        _close(task, trail)
    return task


def finish_task(*, task: Task, by: Actor, at: datetime) -> Task:
    """A person says that it is done. Doing so twice is once."""
    access.may_finish_task(by, task).or_refuse()
    with audit.writing(task.county_id, by=by, at=at) as trail:
        locked = Task.objects.select_for_update().get(pk=task.pk)
        if locked.closed_at is None:
            _close(locked, trail)
    return locked


def _close(task: Task, trail: Trail) -> None:
    task.closed_at = trail.at
    task.save(update_fields=["closed_at"])
    trail.line(task, "records.task_closed", kind=task.kind)


def _open_task(kind: str, case: models.Model) -> Task | None:
    rows = Task.objects.select_for_update(of=("self",)).filter(
        kind=kind, case_type=case._meta.label_lower, case_id=str(case.pk), closed_at=None
    )
    return rows.first()


def _next_number(authority_id: int, year: int) -> int:
    """NO KEY: rows that merely point at the authority can still be written meanwhile."""
    Organisation.objects.select_for_update(no_key=True).get(pk=authority_id)
    taken = JournalEntry.objects.filter(authority_id=authority_id, year=year)
    return (taken.aggregate(last=Max("number"))["last"] or 0) + 1


def _check(trail: Trail, county_id: str) -> None:
    trail.check_open()
    if trail.chain != county_id:
        raise WrongChain(f"County {county_id} under chain {trail.chain}.")


def _one_line(title: str) -> str:
    """A title on one line, shortened rather than refused: nobody's submission fails for it."""
    title = " ".join(title.replace("\x00", "").split())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
