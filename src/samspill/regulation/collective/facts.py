"""What the rules need to know about one needs report (behovsmelding).

Plain values only: the rooms gather them, the rules read them. Amounts are whole kroner, years are
calendar years, moments are aware. None always means «not known», never zero or no.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """Kind of organisation (type aktør). The first six may receive under KOLL § 3."""

    MUNICIPALITY = "municipality"
    PRIVATE_KINDERGARTEN = "private_kindergarten"
    PRIVATE_SCHOOL = "private_school"
    UNIVERSITY = "university"
    VOCATIONAL_COLLEGE = "vocational_college"
    OTHER_ENVIRONMENT = "other_environment"
    COUNTY_MUNICIPALITY = "county_municipality"
    COUNTY_SCHOOL = "county_school"
    STATE_SCHOOL = "state_school"
    PRIVATE_UPPER_SECONDARY = "private_upper_secondary"
    TRAINING_COMPANY = "training_company"
    TRAINING_COOPERATION = "training_cooperation"
    UNKNOWN = "unknown"


class BudgetKind(StrEnum):
    """Kind of cost (kostnadsart). UNSPLIT is an imported sum of contribution and travel (K05)."""

    PROFESSIONAL = "professional"
    TRAVEL = "travel"
    COORDINATOR = "coordinator"
    OWNER_COSTS = "owner_costs"
    UNSPLIT = "unsplit"


class Phase(StrEnum):
    """Phase of a measure (fase), in their order."""

    ANALYSE = "analyse"
    PLAN = "plan"
    IMPLEMENT = "implement"


class PPAnswer(StrEnum):
    """How the PP service is looked after (PP-tjenesten)."""

    TAKES_PART = "takes_part"
    SAFEGUARDED = "safeguarded"
    OTHERWISE = "otherwise"
    NOT_RELEVANT = "not_relevant"


class SamiAnswer(StrEnum):
    """Sámi perspectives in the assessment (samiske perspektiver); the text says how, or why not."""

    SAFEGUARDED = "safeguarded"
    NOT_RELEVANT = "not_relevant"


SPECIAL_NEEDS = "special_needs"
THEMES = (
    SPECIAL_NEEDS,
    "pp_service",
    "sami_perspective",
    "prevention_of_exclusion",
    "adapted_education",
    "learning_communities",
    "other",
)


@dataclass(frozen=True)
class Party:
    """Someone who reports, receives or delivers (part). ``id`` is stable; often the org number.

    ``confirmed``: organisation number and approval are confirmed; None = not known.
    ``active_contracts``: only for a training company, VGO § 7.
    """

    id: str
    name: str
    kind: str
    confirmed: bool | None = True
    active_contracts: bool | None = None


@dataclass(frozen=True)
class OwnerFacts:
    """An owner in the report (eier): the lead, or one of the network."""

    party: Party
    sami_area: bool = False
    joined: bool = True


@dataclass(frozen=True)
class UnitFacts:
    """A kindergarten, school or service the measure reaches (enhet). ``kind``: kindergarten,
    school, after_school, adult_education, pp_service, culture_school, upper_secondary, company …
    """

    id: str
    name: str
    kind: str


@dataclass(frozen=True)
class AssessmentFacts:
    """The owner's needs assessment of the year (behovsvurdering). None = not answered."""

    how: str = ""
    by: str = ""
    made_on: date | None = None
    staff: bool | None = None
    leaders: bool | None = None
    unions: bool | None = None
    no_union: bool = False
    union_none_how_heard: str = ""


@dataclass(frozen=True)
class PartnerFacts:
    """A competence environment in the measure (partner). ``confirmed``: it has co-signed."""

    party: Party
    confirmed: bool
    teacher_education: str = ""


@dataclass(frozen=True)
class BudgetLine:
    """One line of the budget: kind, receiver, and kroner by year.

    ``payee`` is the partner named as paid where the owner receives the money.
    """

    id: str
    kind: BudgetKind
    receiver: Party
    amounts: Mapping[int, int]
    payee: Party | None = None
    description: str = ""


@dataclass(frozen=True)
class ReturnFacts:
    """The report was returned for completion (retur): until which day, for which fields."""

    until: date
    fields: frozenset[str]


@dataclass(frozen=True)
class ExtensionFacts:
    """A single extension of the deadline (utsatt frist) with its reason."""

    until: date
    reason: str


@dataclass(frozen=True)
class ReportFacts:
    """One needs report (behovsmelding) as it stands: one measure, one lead owner, one cycle.

    Text is "" when not written. ``None`` = the system does not know: the rule answers «kan ikke
    vurderes». ``granted_cycles`` are the years the measure id already carries money in;
    ``follows_cycles`` those of an earlier measure that this new one takes over from (B02).
    ``other_coordinator`` is the lead owner's coordinator money in its other reports, by year.
    """

    cycle_year: int
    reporter: OwnerFacts
    scheme: str = "koll"
    first_year: int | None = None
    title: str = ""
    category: str = ""
    network: tuple[OwnerFacts, ...] = ()
    units: tuple[UnitFacts, ...] | None = ()
    staff_by_target_group: Mapping[str, int] = field(default_factory=dict)
    assessment: AssessmentFacts = AssessmentFacts()
    partnership_plan: str = ""
    aims: str = ""
    signs: str = ""
    themes: frozenset[str] = frozenset()
    special_needs_share: int | None = None
    pp_answer: str = ""
    pp_note: str = ""
    sami_answer: str = ""
    sami_reason: str = ""
    partners: tuple[PartnerFacts, ...] = ()
    phases: Mapping[int, frozenset[str]] = field(default_factory=dict)
    budget: tuple[BudgetLine, ...] = ()
    stated_requested: Mapping[int, int] | None = None
    own_effort: str = ""
    own_effort_amount: int | None = None
    minimum_by_year: Mapping[int, int] = field(default_factory=dict)
    extra_amount: Mapping[int, int] = field(default_factory=dict)
    extra_ground: str = ""
    extra_explanation: str = ""
    coordinator_ground: str = ""
    coordinator_explanation: str = ""
    own_rank: int | None = None
    competence_plan: str = ""
    knowledge_sharing: str = ""
    measure_id: str = ""
    granted_cycles: frozenset[int] | None = frozenset()
    follows_cycles: frozenset[int] = frozenset()
    other_coordinator: Mapping[int, int] | None = field(default_factory=dict)
    deadline: date | None = None
    submitted_at: datetime | None = None
    returned: ReturnFacts | None = None
    changed_fields: frozenset[str] = frozenset()
    extension: ExtensionFacts | None = None

    @property
    def owners(self) -> tuple[OwnerFacts, ...]:
        """The lead and every owner that has said yes to be part of it."""
        return (self.reporter, *(owner for owner in self.network if owner.joined))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the budget, in order, also those with nothing in them."""
        return tuple(sorted({year for line in self.budget for year in line.amounts}))

    def total(self, kinds: Iterable[BudgetKind], year: int) -> int:
        """Kroner of these kinds in the year."""
        wanted = frozenset(kinds)
        return sum(line.amounts.get(year, 0) for line in self.budget if line.kind in wanted)

    def requested(self, year: int) -> int:
        """What is asked for in the year: every line. The own effort is not among them."""
        return self.total(BudgetKind, year)

    @property
    def requested_years(self) -> tuple[int, ...]:
        """The years in which something is asked for."""
        return tuple(year for year in self.years if self.requested(year) > 0)


FIELDS = (
    "title",
    "category",
    "owners",
    "units",
    "staff",
    "assessment_how",
    "assessment_by",
    "assessment_date",
    "assessment_staff",
    "assessment_leaders",
    "assessment_unions",
    "union_none_how_heard",
    "partnership_plan",
    "aims",
    "signs",
    "themes",
    "special_needs_share",
    "pp_answer",
    "pp_note",
    "sami_answer",
    "sami_reason",
    "partners",
    "phases",
    "budget",
    "own_effort",
    "own_effort_amount",
    "minimum",
    "extra_amount",
    "extra_ground",
    "extra_explanation",
    "coordinator_ground",
    "coordinator_explanation",
    "own_rank",
    "competence_plan",
    "knowledge_sharing",
    "accounts",
)
