"""Saving what people write (lagring), field by field, so that nobody loses a word."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from samspill.apps.needs.actions.changing import Change, changing
from samspill.apps.needs.actions.saved import Conflict, Refused, Saved
from samspill.apps.needs.actions.values import canonical
from samspill.apps.needs.models import (
    Attachment,
    BudgetLine,
    NeedsAssessment,
    NeedsReport,
    SavedAnswer,
)
from samspill.apps.needs.queries.catalogue import field_named
from samspill.apps.needs.queries.content import assessment_of, fingerprint_of, stored_value
from samspill.apps.needs.queries.fields import FieldKind
from samspill.apps.needs.queries.standing import last_change
from samspill.shared.files.models import StoredFile
from samspill.shared.identity.access import person_of
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.models import User

#: What a form makes; anything else is no id, and the save is simply done.
SAVE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
#: An attached file counts against this; more is a mistake or an attack.
MOST_ATTACHMENTS = 20


def save_fields(
    *,
    report: NeedsReport,
    values: Mapping[str, Any],
    seen: Mapping[str, str],
    save_id: str,
    by: Actor,
    at: datetime,
) -> Saved:
    """Save what was written (lagre): each field on its own, budget cells too.

    `values`: name → value as the form cleans it (or canonical); names as in `queries.catalogue`
    (`title`, `phases.2027`, `budget.12.2027`, `budget.12.payee` …). `seen`: name → the fingerprint
    the form was drawn with. A value equal to what was seen was not touched and is left alone.
    A touched field is saved if the store still is as seen; has it moved, both texts come back as a
    `Conflict` (unless they are equal), and the other fields are kept all the same. A value that
    cannot be stored comes back in `errors`. `save_id` is made by the form: the same id again gets
    the first answer and changes nothing.

    Raises PermissionDenied; KeyError for a field that does not exist.
    """
    shared = any(field_named(name).shared for name in values)
    save_id = save_id if SAVE_ID.fullmatch(save_id) else ""
    with changing(report, by=by, at=at, chained=shared) as change:
        if answer := _answered(change.report, save_id):
            return answer
        saving = _Saving(change, seen)
        for name, value in values.items():
            saving.field(name, value)
        saving.store()
        change.then = lambda: saving.remember(save_id)
    return saving.answer()


def _answered(report: NeedsReport, save_id: str) -> Saved | None:
    row = SavedAnswer.objects.filter(report=report, save_id=save_id).first() if save_id else None
    return Saved.from_json(row.answer) if row else None


class _Saving:
    """One save under way: looks at each field, then stores what is to be kept."""

    def __init__(self, change: Change, seen: Mapping[str, str]) -> None:
        self.change, self.report, self.seen = change, change.report, seen
        self.kept: dict[str, Any] = {}
        self.conflicts: list[Conflict] = []
        self.errors: dict[str, str] = {}
        self.fingerprints: dict[str, str] = {}

    def field(self, name: str, value: Any) -> None:
        """Decide on one field: nothing new, kept, in conflict, or not possible."""
        if name in self.seen:
            self.fingerprints[name] = self.seen[name]
        try:
            mine = canonical(self.report, name, value)
        except Refused as refused:
            self.errors[name] = refused.message
            return
        stored = stored_value(self.report, name)
        now, written = fingerprint_of(name, stored), fingerprint_of(name, mine)
        if mine == stored:
            self.fingerprints[name] = now
        elif self.seen.get(name) == written:
            return  # not touched in this form; the store may have moved, and stays
        elif reason := self.change.may_touch(name):
            self.errors[name] = reason
        elif self.seen.get(name) == now or (name not in self.seen and is_empty(stored)):
            self.kept[name] = mine
            self.fingerprints[name] = written
        else:
            self.conflicts.append(self._conflict(name, mine, stored, now))

    def _conflict(self, name: str, mine: Any, theirs: Any, now: str) -> Conflict:
        when, person = last_change(self.report, name, shared=field_named(name).shared)
        writer = User.objects.filter(pk=person).first() if person else None
        return Conflict(name, mine, theirs, when, writer.name if writer else "", now)

    def store(self) -> None:
        """Write every kept field, each table once."""
        if not self.kept:
            return
        shared = {name for name in self.kept if field_named(name).shared}
        budget = {name for name in self.kept if name.startswith("budget.")}
        own = self.kept.keys() - shared - budget
        if own:
            self._write(self.report, own)
        if shared:
            self.change.shared = True
            self._write(_writable_assessment(self.report), shared)
        if budget:
            self._write_budget(budget)
        self.change.touched(*self.kept)

    def _write(self, row: NeedsReport | NeedsAssessment, names: set[str]) -> None:
        columns = {"last_changes"}
        for name in names:
            columns |= self._set(row, name)
            row.last_changes[name] = [self.change.at.isoformat(), self.change.by.person_id]
        row.save(update_fields=sorted(columns))

    def _set(self, row: NeedsReport | NeedsAssessment, name: str) -> set[str]:
        each, value = field_named(name), self.kept[name]
        part = name.partition(".")[2]
        if each.kind in (FieldKind.UNITS, FieldKind.NEEDS):
            getattr(row, each.column).set(value)
            return set()
        if part:
            whole = {key: kept for key, kept in getattr(row, each.column).items() if key != part}
            value = whole if is_empty(value) else {**whole, part: value}
        elif each.kind is FieldKind.DATE and value:
            value = date.fromisoformat(value)
        setattr(row, each.column, value)
        return {each.column}

    def _write_budget(self, names: set[str]) -> None:
        lines = {str(line.pk): line for line in self.report.budget.all()}
        for name in names:
            _budget, line_id, what = name.split(".")
            _set_cell(lines[line_id], what, self.kept[name])
            stamp = [self.change.at.isoformat(), self.change.by.person_id]
            self.report.last_changes[name] = stamp
        touched = {name.split(".")[1] for name in names}
        fields = ["amounts", "description", "receiver", "payee"]
        BudgetLine.objects.bulk_update([lines[pk] for pk in sorted(touched)], fields)
        self.report.save(update_fields=["last_changes"])

    def answer(self) -> Saved:
        return Saved(
            saved_at=self.change.at,
            revision=self.change.report.content_revision,
            state=str(self.change.report.state),
            changed=tuple(sorted(self.kept)),
            conflicts=tuple(self.conflicts),
            errors=self.errors,
            fingerprints=self.fingerprints,
            voided=self.change.voided,
        )

    def remember(self, save_id: str) -> None:
        """Keep the answer for a retry, in the transaction of the save itself."""
        if save_id:
            SavedAnswer.objects.create(
                report_id=self.report.pk,
                save_id=save_id,
                at=self.change.at,
                answer=self.answer().as_json(),
            )


def is_empty(value: Any) -> bool:
    """Nothing is written: no answer, no text, nothing chosen."""
    return value is None or value == "" or value == [] or value is False


def _set_cell(line: BudgetLine, what: str, value: Any) -> None:
    if what == "description":
        line.description = value
    elif what in ("receiver", "payee"):
        setattr(line, f"{what}_id", value)
    else:
        rest = {year: amount for year, amount in line.amounts.items() if year != what}
        line.amounts = rest if value is None else {**rest, what: value}


def _writable_assessment(report: NeedsReport) -> NeedsAssessment:
    """The assessment to write in: a returned report's own copy, else the shared one of the year."""
    row = assessment_of(report)
    if row.pk is None:
        row.save()
    return row


def add_attachment(*, report: NeedsReport, file: StoredFile, by: Actor, at: datetime) -> Attachment:
    """Attach a file (legg ved): checked and stored first by `files.storage.store_upload`."""
    with changing(report, by=by, at=at) as change:
        if reason := change.may_touch("attachments"):
            raise Refused(reason, field="attachments")
        if change.report.attachments.count() >= MOST_ATTACHMENTS:
            raise Refused(_("Dere har allerede lagt ved så mange filer dere kan."))
        row = Attachment.objects.create(
            report=change.report, file=file, added_by_id=person_of(by), added_at=at
        )
        change.touched("attachments")
    return row


def remove_attachment(*, attachment: Attachment, by: Actor, at: datetime) -> None:
    """Take a file off the report. What was sent in earlier keeps its name and hash."""
    with changing(attachment.report, by=by, at=at) as change:
        if reason := change.may_touch("attachments"):
            raise Refused(reason, field="attachments")
        change.report.attachments.filter(pk=attachment.pk).delete()
        change.touched("attachments")
