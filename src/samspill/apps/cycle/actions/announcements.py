"""Writing, approving and sending the announcement: two people, every possible receiver."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from samspill.apps.cycle import access, queries
from samspill.apps.cycle.models import Announcement, AnnouncementReceiver, Cycle
from samspill.apps.organisations.models import Organisation
from samspill.apps.records import actions as records
from samspill.shared.audit import trail as audit
from samspill.shared.audit.trail import Trail
from samspill.shared.identity.actor import Actor
from samspill.shared.messages import actions as messages
from samspill.shared.messages.address import is_usable, to_organisation
from samspill.shared.states import advance

State = Announcement.State


class ContentMoved(Exception):
    """What the person saw is not what stands there now. Carries both, so a page can compare."""

    def __init__(self, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
        self.before, self.now = before, now
        super().__init__("The announcement has changed since it was seen.")


def draft_announcement(
    *,
    cycle: Cycle,
    title_nb: str,
    text_nb: str,
    title_nn: str,
    text_nn: str,
    by: Actor,
    at: datetime,
    seen_hash: str | None = None,
) -> Announcement:
    """Save the draft (utkast til kunngjøring) in both written forms.

    Whoever writes is remembered and can never approve it. `seen_hash` is what the writer's page
    was drawn from: ContentMoved if a colleague has saved since. Raises ValidationError for texts
    that are empty, too long or hold NUL.
    """
    texts = {"title_nb": title_nb, "text_nb": text_nb, "title_nn": title_nn, "text_nn": text_nn}
    with audit.writing(cycle.county_id, by=by, at=at) as trail:
        locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
        found = Announcement.objects.select_for_update().filter(cycle=locked).first()
        access.may_prepare(by, locked, found).or_refuse()
        if seen_hash is not None and seen_hash != queries.texts_hash_of(found):
            raise ContentMoved(queries.texts_of(found), texts)
        announcement = found or Announcement(cycle=locked, state_since=at)
        for name, text in texts.items():
            setattr(announcement, name, text)
        announcement.plan_label = locked.plan_label
        announcement.facts_hash = queries.facts_hash_of(locked)
        _remember_writer(announcement, by)
        announcement.full_clean()
        announcement.save()
        trail.line(
            announcement,
            "cycle.announcement_drafted",
            content=queries.content_hash_of(queries.content_of(locked, announcement, [])),
        )
    return announcement


def send_for_approval(
    *, announcement: Announcement, seen_hash: str, by: Actor, at: datetime
) -> Announcement:
    """Send the draft to another person for approval, exactly as it was seen."""
    with audit.writing(announcement.cycle.county_id, by=by, at=at) as trail:
        cycle, locked, content = _locked_content(announcement)
        access.may_send(by, cycle, locked, facts_hash=queries.facts_hash_of(cycle)).or_refuse()
        _refuse_moved(locked, content, seen_hash)
        _remember_writer(locked, by)
        return advance(
            locked,
            to=State.AWAITING_APPROVAL,
            trail=trail,
            changes={
                "content": content,
                "content_hash": seen_hash,
                "return_note": "",
                "prepared_by_id": by.person_id,
                "writer_ids": locked.writer_ids,
            },
        )


def return_announcement(
    *, announcement: Announcement, note: str, by: Actor, at: datetime
) -> Announcement:
    """Send it back to draft (sende tilbake) with a note on what must be mended."""
    with audit.writing(announcement.cycle.county_id, by=by, at=at) as trail:
        cycle, locked, _content = _locked_content(announcement)
        access.may_return(by, cycle, locked).or_refuse()
        locked.return_note = note
        locked.clean_fields(exclude=["text_nb", "text_nn", "title_nb", "title_nn", "content"])
        return advance(locked, to=State.DRAFT, trail=trail, changes={"return_note": note})


def approve_announcement(
    *, announcement: Announcement, seen_hash: str, by: Actor, at: datetime
) -> Announcement:
    """Approve and publish (kunngjøre): four eyes, then a message to each possible receiver.

    In one transaction: published, journalled, queued. Receivers without an address are kept and
    become one task. Raises ContentMoved if anything, receivers too, differs from what was seen.
    """
    with audit.writing(announcement.cycle.county_id, by=by, at=at) as trail:
        cycle, locked, content = _locked_content(announcement)
        access.may_approve(by, cycle, locked, facts_hash=queries.facts_hash_of(cycle)).or_refuse()
        _refuse_moved(locked, content, seen_hash)
        published = advance(
            locked,
            to=State.PUBLISHED,
            trail=trail,
            changes={
                "approved_by_id": by.person_id,
                "published_at": at,
                "content": content,
                "content_hash": seen_hash,
            },
        )
        missing = _send_to_all(published, queries.receivers_for(cycle), trail)
        _record(cycle, published, missing, trail)
    return published


def _send_to_all(
    announcement: Announcement, receivers: Iterable[Organisation], trail: Trail
) -> int:
    """One message to each; returns how many have no address."""
    rows, link = [], reverse("cycle:announcement", args=[announcement.pk])
    for organisation in receivers:
        key = ""
        if is_usable(organisation.email):
            key = f"announcement/{announcement.pk}/organisation/{organisation.pk}"
            said = queries.in_language(announcement, queries.written_form_of(organisation))
            messages.queue(
                trail=trail,
                key=key,
                to=to_organisation(organisation.pk, organisation.email),
                subject=said["title"],
                body=said["text"],
                kind="must",
                language=said["language"],
                case=announcement,
                link=link,
            )
        rows.append(
            AnnouncementReceiver(
                announcement=announcement, organisation=organisation, message_key=key
            )
        )
    AnnouncementReceiver.objects.bulk_create(rows)
    missing = sum(1 for row in rows if not row.message_key)
    trail.line(announcement, "cycle.announced", receivers=len(rows), without_address=missing)
    return missing


def _record(cycle: Cycle, announcement: Announcement, missing: int, trail: Trail) -> None:
    """The journal entry, and one task for those that could not be reached."""
    belongs: dict[str, Any] = {
        "trail": trail,
        "scheme": cycle.scheme,
        "county_id": cycle.county_id,
        "authority_id": cycle.authority_id,
        "case": announcement,
    }
    records.journal(
        **belongs,
        direction="out",
        title=announcement.title_nb,
        correspondent_id=None,
        content_hash=announcement.content_hash,
        document_date=timezone.localdate(trail.at),
    )
    if missing:
        records.open_task(
            **belongs,
            kind="no_address",
            title=f"{missing} mottakere av kunngjøringen for {cycle.year} mangler e-postadresse",
            link=reverse("cycle:preview", args=[cycle.pk]),
        )


def _locked_content(announcement: Announcement) -> tuple[Cycle, Announcement, dict[str, Any]]:
    """The cycle and announcement, locked in that order, and all that would be approved now."""
    cycle = Cycle.objects.select_for_update().get(pk=announcement.cycle_id)
    locked = Announcement.objects.select_for_update().get(pk=announcement.pk)
    return cycle, locked, queries.content_of(cycle, locked)


def _refuse_moved(locked: Announcement, content: dict[str, Any], seen_hash: str) -> None:
    if queries.content_hash_of(content) != seen_hash:
        raise ContentMoved(locked.content, content)


def _remember_writer(announcement: Announcement, by: Actor) -> None:
    if by.person_id is None:
        raise PermissionDenied
    announcement.prepared_by_id = by.person_id
    announcement.writer_ids = sorted({*announcement.writer_ids, by.person_id})
