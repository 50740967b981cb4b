"""A county's allocation (fordeling): F01–F03 and F05–F09. F04 belongs with decisions.

Amounts are whole kroner; shares are exact fractions, shown in per cent or percentage points.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from samspill.regulation.balance.allocation import AllocationCase, AllocationFacts
from samspill.regulation.collective.facts import SPECIAL_NEEDS
from samspill.regulation.collective.words import CATEGORIES
from samspill.regulation.finding import Finding
from samspill.regulation.plan import PlanParameters
from samspill.regulation.rule import Outcome, Severity, bad, good, in_force, rule, unclear
from samspill.regulation.text import Kroner, Listed, Percent, Word, gettext_noop

SINCE = date(2026, 1, 12)
RECEIVER_GROUPS = {
    "owner": gettext_noop("eiere"),
    "university": gettext_noop("universitet og høyskole"),
    "vocational_college": gettext_noop("fagskole"),
    "other_environment": gettext_noop("andre kompetansemiljøer"),
}
SIZE_CLASSES = {
    "small": gettext_noop("små eiere"),
    "medium": gettext_noop("mellomstore eiere"),
    "large": gettext_noop("store eiere"),
}


@rule(
    id="F01",
    since=SINCE,
    says=gettext_noop(
        "Tildelinger, bindinger og regional koordinering holder seg innenfor rammen."
    ),
    refs=("frame",),
    severities=(Severity.ERROR,),
)
def within_the_frame(case: AllocationCase) -> Iterator[Outcome]:
    """The sum may equal the frame to the krone."""
    facts = case.facts
    if facts.frame is None:
        yield unclear(
            gettext_noop("Rammen for {year} er ikke lagt inn."),
            gettext_noop("Legg inn rammen fra tildelingsbrevet."),
            field="frame",
            missing="frame",
            audience="secretariat",
            year=facts.year,
        )
        return
    used = facts.granted + facts.coordination
    known: dict[str, Any] = {
        "used": Kroner(used),
        "frame": Kroner(facts.frame),
        "rest": Kroner(abs(facts.frame - used)),
    }
    if used <= facts.frame:
        yield good(
            gettext_noop("Fordelingen bruker {used} kr av rammen på {frame} kr."),
            field="frame",
            **known,
        )
    else:
        yield bad(
            gettext_noop("Fordelingen er {used} kr. Det er {rest} kr over rammen på {frame} kr."),
            gettext_noop("Sett ned tildelingene med minst {rest} kr."),
            field="frame",
            audience="secretariat",
            **known,
        )


@rule(
    id="F02",
    since=SINCE,
    says=gettext_noop(
        "Kategorienes andeler ligger nær planens veiledende fordeling, i året og over tre år. "
        "Skjevhet følges opp."
    ),
    refs=("plan_categories", "plan"),
    severities=(Severity.WARNING,),
)
def categories_near_the_guide(case: AllocationCase) -> Iterator[Outcome]:
    """Shares of grants and commitments against the guide; beyond the tolerance is skew."""
    if not case.plan.guide:
        yield unclear(
            gettext_noop("Planen har ingen veiledende fordeling."),
            gettext_noop("Legg inn fordelingen i planen."),
            field="guide",
            missing="guide",
            severity=Severity.WARNING,
            audience="secretariat",
        )
        return
    years = [case.facts, *_last_two(case.facts)]
    yield from _guide(case, [case.facts])
    if len(years) > 1:
        yield from _guide(case, years)


def _last_two(facts: AllocationFacts) -> list[AllocationFacts]:
    return [each for each in facts.earlier if facts.year - 2 <= each.year < facts.year]


def _guide(case: AllocationCase, years: list[AllocationFacts]) -> Iterator[Outcome]:
    total = sum(each.granted for each in years)
    if total <= 0:
        return
    sums = [each.sums(lambda share: share.category) for each in years]
    period = Listed(sorted(each.year for each in years))
    for category, guide in case.plan.guide.items():
        amount = sum(each.get(category, 0) for each in sums)
        share = Fraction(amount, total)
        name = Word(CATEGORIES.get(category, category))
        yield _near(share, guide, case.plan.tolerance, name=name, years=period, code=category)


def _near(share: Fraction, guide: Decimal, tolerance: Decimal, **facts: Any) -> Outcome:
    apart = share - Fraction(guide)
    known = {
        "share": Percent(share),
        "guide": Percent(guide),
        "apart": Percent(abs(apart)),
        "tolerance": Percent(tolerance),
        "skew": abs(apart) > Fraction(tolerance),
        **facts,
    }
    if not known["skew"]:
        return good(
            gettext_noop("{name}: {share} prosent i {years}. Planen sier {guide} prosent."),
            field="guide",
            **known,
        )
    text = (
        gettext_noop(
            "{name}: {share} prosent i {years}. Det er {apart} prosentpoeng over planens {guide}."
        )
        if apart > 0
        else gettext_noop(
            "{name}: {share} prosent i {years}. Det er {apart} prosentpoeng under planens {guide}."
        )
    )
    return bad(
        text,
        gettext_noop("Forklar skjevheten, eller følg den opp i neste års fordeling."),
        field="guide",
        audience="secretariat",
        **known,
    )


@rule(
    id="F03",
    since=SINCE,
    says=gettext_noop("Bindinger for senere år holder seg under planens tak, hvis planen har et."),
    refs=("plan",),
    severities=(Severity.WARNING,),
)
def later_years_under_the_lock_cap(case: AllocationCase) -> Iterator[Outcome]:
    """No cap in the plan: nothing is said. The cap is a share of this year's frame."""
    cap, frame = case.plan.lock_cap, case.facts.frame
    if cap is None:
        return
    if frame is None:
        yield unclear(
            gettext_noop("Rammen for {year} er ikke lagt inn."),
            gettext_noop("Legg inn rammen fra tildelingsbrevet."),
            field="frame",
            missing="frame",
            audience="secretariat",
            year=case.facts.year,
        )
        return
    most = Kroner(int(Fraction(cap) * frame))
    years = sorted({year for each in case.facts.shares for year in each.later})
    for year in years:
        bound = Kroner(sum(each.later.get(year, 0) for each in case.facts.shares))
        if bound <= most:
            yield good(
                gettext_noop("Bundet for {year}: {bound} kr av høyst {most} kr."),
                field="lock_cap",
                year=year,
                bound=bound,
                most=most,
            )
        else:
            yield bad(
                gettext_noop("Bundet for {year}: {bound} kr. Planens tak er {most} kr."),
                gettext_noop("Sett ned beløpene for {year}."),
                field="lock_cap",
                audience="secretariat",
                year=year,
                bound=bound,
                most=most,
            )


@rule(
    id="F05",
    since=SINCE,
    says=gettext_noop("Har planen en regional nøkkel, vises avviket fra den."),
    refs=("region_key", "plan"),
    severities=(Severity.INFO,),
)
def regions_beside_the_key(case: AllocationCase) -> Iterator[Outcome]:
    """Shown, never enforced."""
    total = case.facts.granted
    if not case.plan.region_key or total <= 0:
        return
    sums = case.facts.sums(lambda share: share.region)
    for region, key in case.plan.region_key.items():
        share = Fraction(sums.get(region, 0), total)
        even = share == Fraction(key)
        text = gettext_noop("{region}: {share} prosent. Nøkkelen er {key} prosent.")
        known: dict[str, Any] = {
            "region": region,
            "share": Percent(share),
            "key": Percent(key),
        }
        if even:
            yield good(text, field="region_key", **known)
        else:
            yield bad(
                text,
                gettext_noop("Forklar avviket hvis det er stort."),
                field="region_key",
                audience="secretariat",
                **known,
            )


@rule(
    id="F06",
    since=SINCE,
    says=gettext_noop("Hvert brev om penger for senere år tar forbehold om statsbudsjettet."),
    refs=("plan",),
    severities=(Severity.ERROR,),
)
def letters_reserve_later_years(case: AllocationCase) -> Iterator[Outcome]:
    """Only letters that speak of later years need the reservation."""
    for each in case.facts.shares:
        if not any(amount > 0 for amount in each.later.values()):
            continue
        if each.letter_reserves_later_years is None:
            yield unclear(
                gettext_noop("Brevet i sak {case} er ikke laget ennå."),
                gettext_noop("Lag brevet."),
                field="letter",
                missing="letter",
                audience="secretariat",
                case=each.case,
            )
        elif each.letter_reserves_later_years:
            yield good(
                gettext_noop("Brevet i sak {case} tar forbehold om statsbudsjettet."),
                field="letter",
                case=each.case,
            )
        else:
            yield bad(
                gettext_noop(
                    "Brevet i sak {case} lover penger for senere år uten forbehold om "
                    "statsbudsjettet."
                ),
                gettext_noop("Ta inn forbeholdet."),
                field="letter",
                audience="secretariat",
                case=each.case,
            )


@rule(
    id="F07",
    since=SINCE,
    says=gettext_noop(
        "Andelen av pengene vises ved siden av andelen av ansatte, etter eiers størrelse."
    ),
    refs=("plan",),
    severities=(Severity.INFO,),
)
def money_beside_staff(case: AllocationCase) -> Iterator[Outcome]:
    """A view, not a demand: small owners' share of money against their share of staff."""
    shares = [each for each in case.facts.shares if each.size_class in SIZE_CLASSES]
    staff = sum(each.staff_reached or 0 for each in shares)
    money = sum(each.amount for each in shares)
    if any(each.staff_reached is None for each in shares):
        yield unclear(
            gettext_noop("Antall ansatte mangler for noen tiltak."),
            gettext_noop("Hent antallet fra behovsmeldingene."),
            field="staff",
            missing="staff_reached",
            audience="secretariat",
        )
        return
    if not staff or not money:
        return
    for size, name in SIZE_CLASSES.items():
        own = [each for each in shares if each.size_class == size]
        if own:
            yield good(
                gettext_noop(
                    "{name}: {money} prosent av pengene og {staff} prosent av de ansatte."
                ),
                field="staff",
                name=Word(name),
                code=size,
                money=Percent(Fraction(sum(each.amount for each in own), money)),
                staff=Percent(Fraction(sum(each.staff_reached or 0 for each in own), staff)),
            )


@rule(
    id="F08",
    since=SINCE,
    says=gettext_noop("Delingen mellom eiere og kompetansemiljøer ligger nær planens."),
    refs=("plan_receivers", "plan"),
    severities=(Severity.WARNING,),
)
def receivers_near_the_plan(case: AllocationCase) -> Iterator[Outcome]:
    """Nordland's draft sets no split; where a plan does, the tolerance is that of the guide."""
    total = case.facts.granted
    if not case.plan.receiver_shares or total <= 0:
        return
    if any(each.by_receiver is None for each in case.facts.shares):
        yield unclear(
            gettext_noop("Mottakerne er ikke kjent for alle tiltakene."),
            gettext_noop("Del tildelingene på budsjettlinjene."),
            field="receivers",
            missing="by_receiver",
            severity=Severity.WARNING,
            audience="secretariat",
        )
        return
    for group, guide in case.plan.receiver_shares.items():
        amount = sum((each.by_receiver or {}).get(group, 0) for each in case.facts.shares)
        name = Word(RECEIVER_GROUPS.get(group, group))
        share = Fraction(amount, total)
        years = Listed([case.facts.year])
        yield _near(share, guide, case.plan.tolerance, name=name, years=years, code=group)


@rule(
    id="F09",
    since=SINCE,
    says=gettext_noop("Andelen til spesialpedagogikk og inkluderende praksis når det planen sier."),
    refs=("plan_themes", "plan"),
    severities=(Severity.WARNING,),
)
def special_needs_near_the_plan(case: AllocationCase) -> Iterator[Outcome]:
    """The whole sum of a measure with the theme counts. No share in the plan: nothing is said."""
    total, least = case.facts.granted, case.plan.special_needs_share
    if least is None or total <= 0:
        return
    amount = sum(each.amount for each in case.facts.shares if SPECIAL_NEEDS in each.themes)
    share = Fraction(amount, total)
    known: dict[str, Any] = {"share": Percent(share), "least": Percent(least)}
    text = gettext_noop(
        "Spesialpedagogikk og inkluderende praksis: {share} prosent. Planen sier {least} prosent."
    )
    if share >= Fraction(least):
        yield good(text, field="themes", **known)
    else:
        yield bad(
            text,
            gettext_noop("Forklar hvorfor, eller prioriter flere slike tiltak."),
            field="themes",
            audience="secretariat",
            **known,
        )


ALLOCATION_RULES = ("F01", "F02", "F03", "F05", "F06", "F07", "F08", "F09")


def check_allocation(
    facts: AllocationFacts,
    *,
    plan: PlanParameters,
    on: date,
    scheme: str = "koll",
    rules: Iterable[str] = ALLOCATION_RULES,
) -> tuple[Finding, ...]:
    """The findings of a county's allocation, in the order of the rules asked for."""
    case = AllocationCase(facts, plan, on, scheme)
    return tuple(found for each in rules for found in in_force(each, on).apply(case))
