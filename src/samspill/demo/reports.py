"""The demo's needs reports (behovsmeldinger): made up, and written through the real actions only.

The same seed gives the same reports. Nothing here is put where a person at a form could not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from samspill.apps.allocation import actions as allocation
from samspill.apps.allocation.queries import CRITERIA
from samspill.apps.cycle.models import Cycle
from samspill.apps.needs import actions, queries
from samspill.apps.needs.models import NeedsReport
from samspill.apps.organisations import queries as organisations
from samspill.apps.organisations.models import Organisation, Unit
from samspill.apps.plan import queries as plans
from samspill.demo import measures
from samspill.demo.measures import IDEAS
from samspill.demo.people import actor_of, put_signers
from samspill.regulation.parameters import salary_on
from samspill.shared.identity.actor import Actor

Kind = Organisation.Kind
#: How far a report is taken, in order.
STAGES = ("draft", "asked", "signed", "submitted", "complete", "assessed")
#: The demo's signers at competence environments; the university is the main model (KOLL § 4).
PARTNERS = ("nord-signer", "nord-signer", "nord-signer", "fagskolen-signer")
CATEGORIES_OF = {
    Kind.MUNICIPALITY: ("kindergarten", "kindergarten", "school", "school", "interdisciplinary"),
    Kind.PRIVATE_KINDERGARTEN: ("kindergarten",),
    Kind.PRIVATE_SCHOOL: ("school",),
}
UNITS_OF = {
    "kindergarten": (Unit.Kind.KINDERGARTEN,),
    "school": (Unit.Kind.SCHOOL,),
    "interdisciplinary": (Unit.Kind.KINDERGARTEN, Unit.Kind.SCHOOL),
}
THOUSAND = 1000


@dataclass(frozen=True)
class Line:
    """A budget line to be: kind, whether the partner receives, kroner from the first year on."""

    kind: str
    to_partner: bool
    amounts: tuple[int, ...]


@dataclass(frozen=True)
class Content:
    """What a report is to say (innhold), and what the case worker will think of it."""

    years: int
    #: Field → value as the form sends it; the owner's assessment of the year is among them.
    answers: Mapping[str, Any]
    budget: tuple[Line, ...]
    #: Signers of owners that join as a network.
    joint: tuple[Actor, ...] = ()
    score: int = 70
    priority: int = 2


# --- One report ----------------------------------------------------------------------------------
def write_report(
    *,
    owner_actor: Actor,
    signer_actor: Actor,
    partner_actor: Actor,
    cycle: Cycle,
    content: Content,
    at: datetime,
    until: str = "submitted",
) -> NeedsReport:
    """Write a report, have it signed and send it; `until` stops at an earlier one of STAGES."""
    owner, partner = _organisation(owner_actor), _organisation(partner_actor)
    report = actions.start_report(cycle=cycle, owner=owner, by=owner_actor, at=at)
    _fill(report, partner, content, by=owner_actor, at=at)
    stage = STAGES.index(until)
    if stage >= STAGES.index("asked"):
        actions.send_to_partner(report=report, by=owner_actor, at=at)
    if stage >= STAGES.index("signed"):
        sign(report, by=partner_actor, at=at)
    if stage >= STAGES.index("submitted"):
        seen = queries.content_hash(fresh(report))
        actions.submit_report(report=report, content_hash_seen=seen, by=signer_actor, at=at)
    return fresh(report)


def _fill(
    report: NeedsReport, partner: Organisation, content: Content, *, by: Actor, at: datetime
) -> None:
    """Years first, for they decide which cells there are; then the parties, then the rest."""
    first = {name: content.answers[name] for name in ("title", "category")}
    _save(report, {**first, "years": content.years}, by=by, at=at)
    actions.add_partner(report=report, environment=partner, by=by, at=at)
    for signer in content.joint:
        _join(report, signer, by=by, at=at)
    values = dict(content.answers)
    for each in content.budget:
        receiver = partner if each.to_partner else report.owner
        line = actions.add_budget_line(
            report=report, kind=each.kind, receiver=receiver, by=by, at=at
        )
        for step, amount in enumerate(each.amounts):
            values[f"budget.{line.pk}.{report.cycle.year + step}"] = amount
    _save(report, values, by=by, at=at)


def _save(report: NeedsReport, values: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Save as a form does that was drawn this moment; what the owner has assessed stands."""
    now = fresh(report)
    if queries.assessment_of(now).pk is not None:
        values = {n: v for n, v in values.items() if not queries.field_named(n).shared}
    seen = {name: queries.fingerprint(now, name) for name in values}
    saved = actions.save_fields(report=report, values=values, seen=seen, save_id="", by=by, at=at)
    if not saved.is_clean:
        raise ValueError(f"The demo wrote what cannot be stored: {dict(saved.errors)}")


def _join(report: NeedsReport, signer: Actor, *, by: Actor, at: datetime) -> None:
    row = actions.invite_network_owner(report=report, owner=_organisation(signer), by=by, at=at)
    actions.confirm_network(network_owner=row, by=signer, at=at)


def _organisation(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=actor.organisation_id or 0)


def sign(report: NeedsReport, *, by: Actor, at: datetime) -> None:
    """The partner signs what stands now."""
    now = fresh(report)
    actions.sign_as_partner(
        partner=now.partners.get(environment=by.organisation_id),
        content_hash_seen=queries.content_hash(now),
        teacher_education=measures.TEACHER_EDUCATION[report.pk % 2],
        by=by,
        at=at,
    )


def assess(report: NeedsReport, content: Content, *, by: Actor, at: datetime) -> NeedsReport:
    """Mark the report as complete, answer § 4's six points, and finish the assessment."""
    actions.mark_complete(report=report, by=by, at=at)
    report = fresh(report)
    allocation.save_assessment(
        report=report,
        checklist={code: {"answer": "yes"} for code in CRITERIA},
        score=content.score,
        priority=content.priority,
        public_reason=measures.PUBLIC_REASONS[content.priority],
        internal_note="",
        by=by,
        at=at,
    )
    allocation.finish_assessment(report=report, by=by, at=at)
    return fresh(report)


def fresh(report: NeedsReport) -> NeedsReport:
    """The report as it stands in the database now."""
    return queries.with_content(NeedsReport.objects.all()).get(pk=report.pk)


# --- What it says --------------------------------------------------------------------------------
def content_for(
    owner: Organisation,
    *,
    year: int,
    category: str,
    idea: measures.Idea,
    draw: Random,
    joint: Sequence[Actor] = (),
) -> Content:
    """A plausible report for the owner: its own units, and sums after its size."""
    units = _units(owner, category, draw)
    years = draw.choice((1, 2, 2, 3))
    budget = _budget(len(units) * (1 + len(joint)), years, draw)
    asked = sum(line.amounts[0] for line in budget)
    answers = {
        **_assessment(owner, year),
        **_about(idea, category, units),
        "partnership_plan": draw.choice(measures.PARTNERSHIP),
        **{f"phases.{year + step}": phases for step, phases in enumerate(_phases(years))},
        "own_effort": draw.choice(measures.OWN_EFFORT),
        f"minimum.{year}": _whole(asked * draw.choice((0.5, 0.6, 0.7))),
        "knowledge_sharing": draw.choice(measures.SHARING),
        "competence_plan": draw.choice(measures.COMPETENCE_PLAN),
    }
    score, priority = draw.randrange(45, 96), draw.choice((1, 1, 2, 2, 3))
    return Content(years, answers, budget, tuple(joint), score, priority)


def with_coordinator(content: Content, cycle: Cycle, *, amount: int) -> Content:
    """The same with a coordinator in the first year and the ground for it (K07). Kroner.

    Unchanged where the plan has no pay for 1 January: then the cap (K06) cannot be judged.
    """
    rows = plans.parameters_for(cycle).salary_rows
    if salary_on(date(cycle.year, 1, 1), rows) is None:
        return content
    ground = {
        "coordinator_ground": "complex_measure",
        "coordinator_explanation": measures.COORDINATOR,
    }
    line = Line("coordinator", to_partner=False, amounts=(amount,))
    return replace(content, answers={**content.answers, **ground}, budget=(*content.budget, line))


def _about(idea: measures.Idea, category: str, units: Sequence[Unit]) -> dict[str, Any]:
    answers = {
        "title": idea.title,
        "category": category,
        "units": [unit.pk for unit in units],
        **_staff(units),
        "pp_answer": "takes_part" if measures.PP in idea.themes else "safeguarded",
        "pp_note": "PP-tjenesten er med når vi planlegger samlingene.",
        "aims": idea.aims,
        "signs": idea.signs,
        "themes": list(idea.themes),
    }
    share = idea.special_needs_share
    return answers if share is None else {**answers, "special_needs_share": share}


def _assessment(owner: Organisation, year: int) -> dict[str, Any]:
    """The owner's assessment of the year: the same in all its reports, so drawn from the owner."""
    draw = Random(f"{owner.orgnr}/{year}")  # noqa: S311
    assessed = draw.choice(measures.ASSESSED)
    return {
        "assessment_how": assessed.how,
        "assessment_by": assessed.by,
        "assessment_date": date(year - 1, 9, draw.randrange(7, 29)),
        "assessment_staff": True,
        "assessment_leaders": True,
        "assessment_unions": True,
        "sami_answer": "safeguarded",
        "sami_reason": draw.choice(measures.SAMI),
    }


def _units(owner: Organisation, category: str, draw: Random) -> list[Unit]:
    found = [u for u in organisations.units_of(owner) if u.kind in UNITS_OF[category]]
    some = draw.sample(found, max(1, len(found) * 2 // 3))
    return sorted(some, key=lambda unit: unit.pk)


def _staff(units: Sequence[Unit]) -> dict[str, int]:
    """Rough numbers of staff by group, as an owner would write them."""
    kindergartens = sum(unit.kind == Unit.Kind.KINDERGARTEN for unit in units)
    schools = len(units) - kindergartens
    counted = {
        "staff.kindergarten_teachers": 4 * kindergartens,
        "staff.kindergarten_staff": 6 * kindergartens,
        "staff.teachers": 12 * schools,
        "staff.leaders": len(units),
    }
    return {name: number for name, number in counted.items() if number}


def _budget(size: int, years: int, draw: Random) -> tuple[Line, ...]:
    """Contribution to the partner, travel apart, and now and then costs of the owner's own."""
    first = (90 + 24 * min(size, 20)) * THOUSAND * draw.uniform(0.8, 1.2)
    falling = (1.0, draw.choice((0.9, 0.8)), draw.choice((0.6, 0.5)))[:years]

    def amounts(share: float) -> tuple[int, ...]:
        return tuple(_whole(first * part * share) for part in falling)

    lines = (Line("professional", True, amounts(1.0)), Line("travel", True, amounts(0.18)))
    if draw.random() < 0.6:
        return (*lines, Line("owner_costs", False, amounts(0.22)))
    return lines


def _phases(years: int) -> list[list[str]]:
    return [["analyse", "plan"], ["plan", "implement"], ["implement"]][:years]


def _whole(amount: float) -> int:
    """Whole thousands, as budgets are written. Kroner."""
    return max(1, round(amount / THOUSAND)) * THOUSAND


# --- A county full of them -----------------------------------------------------------------------
def play(
    *, cycle: Cycle, count: int, at: datetime, seed: int, until: str = "submitted"
) -> list[NeedsReport]:
    """Let the county's confirmed owners write `count` reports in turn, a minute apart.

    Every fifth is a network of two owners, every seventh asks for a coordinator. Owners without
    people in the demo get some; those still writing are left alone. `until` is one of STAGES.
    """
    draw = Random(seed)  # noqa: S311 (nothing is secret here)
    decks = {category: draw.sample(ideas, len(ideas)) for category, ideas in IDEAS.items()}
    owners = _free_owners(cycle)
    draw.shuffle(owners)
    made = []
    for turn in range(count):
        owner, other = owners[turn % len(owners)], owners[(turn + 1) % len(owners)]
        joint = (put_signers(other, at)[1],) if turn % 5 == 4 and other != owner else ()
        category = draw.choice(CATEGORIES_OF[Kind(owner.kind)])
        idea = decks[category][turn % len(decks[category])]
        content = content_for(
            owner, year=cycle.year, category=category, draw=draw, idea=idea, joint=joint
        )
        if turn % 7 == 3 and turn < len(owners):
            content = with_coordinator(content, cycle, amount=40 * THOUSAND)
        moment = at + timedelta(minutes=turn)
        partner = draw.choice(PARTNERS)
        made.append(take(owner, content, partner, cycle=cycle, until=until, at=moment))
    return made


def _free_owners(cycle: Cycle) -> list[Organisation]:
    """Confirmed owners of the county who have nothing unsent: a draft shares their assessment."""
    unsent = NeedsReport.objects.filter(cycle=cycle, state__in=NeedsReport.UNSENT)
    writing = set(unsent.values_list("owner", flat=True))
    owners = organisations.owners_in(cycle.county_id)
    return [owner for owner in owners if owner.is_confirmed and owner.pk not in writing]


def take(
    owner: Organisation,
    content: Content,
    partner: str,
    *,
    cycle: Cycle,
    until: str,
    at: datetime,
) -> NeedsReport:
    """Write with the demo's own people (`partner`: a persona's key); the office does the rest."""
    writer, signer = put_signers(owner, at)
    report = write_report(
        owner_actor=writer,
        signer_actor=signer,
        partner_actor=actor_of(partner, at),
        cycle=cycle,
        content=content,
        at=at,
        until=min(until, "submitted", key=STAGES.index),
    )
    case_worker = actor_of("case-worker", at)
    if until == "complete":
        actions.mark_complete(report=report, by=case_worker, at=at)
    if until == "assessed":
        assess(report, content, by=case_worker, at=at)
    return fresh(report)
