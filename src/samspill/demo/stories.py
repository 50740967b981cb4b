"""The demo's needs reports one by one (fortellingene): where each stands, and what it lacks.

Made so that everybody who signs in finds something: drafts to finish, one to sign, one to send,
one to mend, and a queue with reports at every step.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from samspill.apps.allocation import actions as allocation
from samspill.apps.allocation.models import Scenario
from samspill.apps.cycle.models import Cycle
from samspill.apps.needs import actions
from samspill.apps.needs.models import NeedsReport
from samspill.demo import measures
from samspill.demo.people import actor_of, organisation_of, put_signers
from samspill.demo.personas import BODO, KINDERGARTEN, NARVIK, VEVELSTAD
from samspill.demo.reports import Content, Line, content_for, take
from samspill.demo.year import OSLO

BEGUN = datetime(2026, 10, 12, 9, 0, tzinfo=OSLO)
#: The last day for what is sent back: after the deadline, so that it is open most of the winter.
ANSWER_BY = date(2027, 2, 1)


@dataclass(frozen=True)
class Story:
    """One report: whose, about what, how far it has come, and on which day of the autumn."""

    key: str
    owner: str
    category: str
    idea: int
    until: str
    day: int
    partner: str = "nord-signer"
    joint: tuple[str, ...] = ()
    change: Callable[[Content], Content] | None = None
    returned: bool = False

    @property
    def begun_at(self) -> datetime:
        """When it was begun; two stories never share a day."""
        return BEGUN + timedelta(days=self.day)


def _unfinished(content: Content) -> Content:
    """A big municipality's draft: a coordinator nobody has given a reason for, no own effort."""
    answers = {n: v for n, v in content.answers.items() if n not in ("own_effort", "signs")}
    coordinator = Line("coordinator", to_partner=False, amounts=(90_000,))
    return replace(content, answers=answers, budget=(*content.budget, coordinator))


def _just_begun(content: Content) -> Content:
    """A tiny municipality's draft: begun, without a word on Sámi perspectives or on money."""
    wanted = ("title", "category", "units", "staff", "assessment", "aims", "themes")
    answers = {n: v for n, v in content.answers.items() if n.startswith(wanted)}
    return replace(content, answers=answers, budget=())


STORIES = (
    Story("rana", "municipality:1833", "school", 0, "complete", 0),
    Story("vaagan", "municipality:1865", "kindergarten", 2, "assessed", 1),
    Story("bodo-laget", BODO, "interdisciplinary", 0, "assessed", 3),
    Story("alstahaug", "municipality:1820", "school", 3, "assessed", 7),
    Story("hamaroy", "municipality:1875", "interdisciplinary", 5, "submitted", 9),
    Story("narvik", NARVIK, "kindergarten", 1, "submitted", 14),
    Story(
        "sortland", "municipality:1870", "school", 6, "submitted", 16,
        joint=("municipality:1868", "municipality:1871"),
    ),
    Story("bodo-vurdering", BODO, "school", 1, "submitted", 18, returned=True),
    Story("blaafjell", KINDERGARTEN, "kindergarten", 3, "signed", 21, partner="fagskolen-signer"),
    Story("bodo-sprak", BODO, "kindergarten", 0, "asked", 23),
    Story("bodo-pp", BODO, "interdisciplinary", 1, "draft", 24, change=_unfinished),
    Story("vevelstad", VEVELSTAD, "school", 4, "draft", 25, change=_just_begun),
)  # fmt: skip


def tell(cycle: Cycle, at: datetime) -> Counter[str]:
    """Write what is not written yet and not ahead of `at`; gives how many are new, by state.

    A report that is assessed counts as `assessed`.
    """
    told: Counter[str] = Counter()
    known = known_stories(cycle)
    for story in STORIES:
        if story.key not in known and story.begun_at + timedelta(days=2) <= at:
            report = _tell(story, cycle, story.begun_at)
            told["assessed" if story.until == "assessed" else str(report.state)] += 1
    if told["assessed"]:
        _propose(cycle, min(at, BEGUN + timedelta(days=30)))
    return told


def known_stories(cycle: Cycle) -> dict[str, int]:
    """Key → report of what is told already, however much a visitor has changed since.

    Known by the moment it was begun: no other report has it, and it never changes.
    """
    begun = {story.begun_at: story.key for story in STORIES}
    rows = NeedsReport.objects.filter(cycle=cycle, created_at__in=begun)
    return {begun[at]: pk for at, pk in rows.values_list("created_at", "pk")}


def _tell(story: Story, cycle: Cycle, at: datetime) -> NeedsReport:
    owner = organisation_of(story.owner)
    content = content_for(
        owner,
        year=cycle.year,
        category=story.category,
        draw=Random(story.key),  # noqa: S311
        idea=measures.IDEAS[story.category][story.idea],
        joint=[put_signers(organisation_of(key), at)[1] for key in story.joint],
    )
    if story.change:
        content = story.change(content)
    report = take(owner, content, story.partner, cycle=cycle, until=story.until, at=at)
    return _send_back(report, at + timedelta(days=2)) if story.returned else report


def _send_back(report: NeedsReport, at: datetime) -> NeedsReport:
    actions.return_report(
        report=report,
        fields=measures.REMARKS,
        message=measures.RETURNED,
        until=ANSWER_BY,
        by=actor_of("case-worker", at),
        at=at,
    )
    return NeedsReport.objects.get(pk=report.pk)


def _propose(cycle: Cycle, at: datetime) -> None:
    """A first computation of the few that are assessed, so that the page has one to show."""
    if not Scenario.objects.filter(cycle=cycle).exists():
        by = actor_of("case-worker", at)
        allocation.compute_scenario(cycle=cycle, name="Første prøveregning", by=by, at=at)
