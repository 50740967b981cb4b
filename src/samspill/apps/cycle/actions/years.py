"""Setting up a year, and changing its dates and its frame."""

from datetime import date, datetime
from typing import Any

from samspill.apps.cycle import access
from samspill.apps.cycle.models import Announcement, Cycle, CycleChange, Milestone
from samspill.apps.cycle.queries import checked, days_of
from samspill.apps.organisations.models import County, Organisation
from samspill.regulation.calendar import MilestoneFacts, nordland_milestones
from samspill.shared.audit import trail as audit
from samspill.shared.audit.trail import Trail
from samspill.shared.identity.actor import Actor
from samspill.shared.states import RulesBroken, stops

Kind, Party, Precision = Milestone.Kind, Milestone.Party, Milestone.Precision
OFFICES = {
    Organisation.Kind.COUNTY_GOVERNOR: Party.COUNTY_GOVERNOR,
    Organisation.Kind.COUNTY_MUNICIPALITY: Party.COUNTY_MUNICIPALITY,
}
#: Who acts and who is responsible; AUTHORITY stands for the office that holds the cycle.
PARTIES = {
    Kind.FORM_OPENS: (Party.OWNERS, Party.AUTHORITY),
    Kind.NEEDS_DEADLINE: (Party.OWNERS, Party.AUTHORITY),
    Kind.FIRST_DRAFT: (Party.AUTHORITY, Party.FORUM),
    Kind.DISCUSSION: (Party.AUTHORITY, Party.FORUM),
    Kind.FINAL_DRAFT: (Party.AUTHORITY, Party.FORUM),
    Kind.GRANT: (Party.AUTHORITY, Party.AUTHORITY),
    Kind.EVALUATION: (Party.REPORTERS, Party.FORUM),
    Kind.NEW_FORUM: (Party.AUTHORITY, Party.FORUM),
}


class ReasonMissing(ValueError):
    """What is announced is changed only with a reason that everybody can read."""


def set_up_cycle(
    *,
    scheme: str,
    county: County,
    authority: Organisation,
    year: int,
    frame: int | None,
    by: Actor,
    at: datetime,
    synthetic: bool = False,
) -> Cycle:
    """Begin a year (sette opp årshjulet) with the eight default dates, all of them changeable.

    Frame in whole kroner, None while unknown. Raises RulesBroken if the default dates break the
    regulation, ValidationError if the year exists.
    """
    access.may_set_up(by, authority, county).or_refuse()
    cycle = Cycle(
        scheme=scheme,
        county=county,
        authority=authority,
        year=year,
        frame=frame,
        synthetic=synthetic,
    )
    cycle.full_clean()
    milestones = [
        _milestone(cycle, number, facts, at)
        for number, facts in enumerate(nordland_milestones(year), start=1)
    ]
    _refuse_broken(cycle, milestones, at)
    with audit.writing(county.pk, by=by, at=at) as trail:
        cycle.save()
        for milestone in milestones:
            milestone.cycle = cycle
        Milestone.objects.bulk_create(milestones)
        trail.line(cycle, "cycle.set_up", scheme=scheme, year=year, frame=frame)
    return cycle


def change_milestone(
    *, milestone: Milestone, precision: str, day: date, reason: str = "", by: Actor, at: datetime
) -> Milestone:
    """Move a milestone (endre dato) to the day, the week or the month the day lies in.

    Once the year is announced a reason is required, and everybody sees date and reason. Raises
    RulesBroken for a date the regulation forbids (KOLL § 14: after 15 April), ReasonMissing.
    """
    access.may_change_year(by, milestone.cycle).or_refuse()
    with audit.writing(milestone.cycle.county_id, by=by, at=at) as trail:
        cycle = _locked(milestone.cycle)
        kept = {m.pk: m for m in Milestone.objects.filter(cycle=cycle).order_by("number")}
        changed = kept[milestone.pk]
        was = _dates_of(changed)
        changed.precision, (changed.starts, changed.ends) = precision, days_of(precision, day)
        if _dates_of(changed) == was:
            return changed
        _refuse_broken(cycle, list(kept.values()), at)
        changed.set_at, changed.revision = at, changed.revision + 1
        changed.full_clean()
        changed.save()
        _note(cycle, changed, was, reason, by, at)
        trail.line(
            changed, "cycle.milestone_changed", kind=changed.kind, was=was, now=_dates_of(changed)
        )
    return changed


def set_frame(
    *, cycle: Cycle, frame: int | None, reason: str = "", by: Actor, at: datetime
) -> Cycle:
    """Set the year's frame (ramme) in whole kroner. After the announcement only with a reason."""
    access.may_change_year(by, cycle).or_refuse()
    with audit.writing(cycle.county_id, by=by, at=at) as trail:
        locked = _locked(cycle)
        was = locked.frame
        if was == frame:
            return locked
        locked.frame = frame
        locked.full_clean()
        locked.save(update_fields=["frame"])
        _note(locked, None, {"frame": was}, reason, by, at)
        trail.line(locked, "cycle.frame_set", was=was, now=frame)
    return locked


def set_plan_label(*, trail: Trail, cycle: Cycle, label: str) -> Cycle:
    """Say which plan version governs the year. Called by the plan's room, in its transaction."""
    locked = _locked(cycle)
    locked.plan_label = label
    locked.full_clean()
    locked.save(update_fields=["plan_label"])
    return locked


def _milestone(cycle: Cycle, number: int, facts: MilestoneFacts, at: datetime) -> Milestone:
    kind = Kind(facts.code)
    office = OFFICES.get(Organisation.Kind(cycle.authority.kind), Party.AUTHORITY)
    who, responsible = (office if p == Party.AUTHORITY else p for p in PARTIES[kind])
    days = (facts.last - facts.first).days
    precision = Precision.DAY if not days else Precision.WEEK if days < 7 else Precision.MONTH
    return Milestone(
        cycle=cycle,
        number=number,
        kind=kind,
        precision=precision,
        starts=facts.first,
        ends=facts.last if days else None,
        who_party=who,
        responsible_party=responsible,
        set_at=at,
    )


def _note(
    cycle: Cycle,
    milestone: Milestone | None,
    was: dict[str, Any],
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    announced = Announcement.objects.filter(
        cycle=cycle, state=Announcement.State.PUBLISHED
    ).exists()
    if announced and not reason.strip():
        raise ReasonMissing("Året er kunngjort. Skriv hvorfor det endres, så alle kan lese det.")
    change = CycleChange(
        cycle=cycle,
        milestone=milestone,
        was=was,
        reason=reason.strip(),
        after_publication=announced,
        by_id=by.person_id,
        at=at,
    )
    change.full_clean()
    change.save()


def _dates_of(milestone: Milestone) -> dict[str, str | None]:
    return {
        "precision": str(milestone.precision),
        "starts": milestone.starts.isoformat(),
        "ends": milestone.ends.isoformat() if milestone.ends else None,
    }


def _refuse_broken(cycle: Cycle, milestones: list[Milestone], at: datetime) -> None:
    if broken := [f for f in checked(cycle, milestones, at) if stops(f)]:
        raise RulesBroken(broken)


def _locked(cycle: Cycle) -> Cycle:
    return Cycle.objects.select_for_update().get(pk=cycle.pk)
