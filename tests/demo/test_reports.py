"""The demo's needs reports: made through the actions, the same for a seed, told once."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from samspill.apps.allocation.models import Assessment, Scenario
from samspill.apps.cycle import queries as cycles
from samspill.apps.needs import queries as needs
from samspill.apps.needs.models import NeedsReport
from samspill.apps.organisations.models import Organisation
from samspill.demo import measures, reports, start, stories
from samspill.demo.people import put_signers
from samspill.shared.audit.models import Line
from samspill.shared.audit.verification import verify_all
from samspill.shared.identity.models import User

AT = dt.datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cycle():
    start.prepare(AT)
    return cycles.cycle_for("18", "koll", 2027)


def said(made):
    """What each report says, without the ids that a database gives out."""
    return [
        (r.number, r.owner.name, r.title, r.years, needs.sums_of(r).by_year, r.minimum, r.staff)
        for r in made
    ]


def test_the_same_seed_gives_the_same_reports(cycle):
    first = said(reports.play(cycle=cycle, count=3, at=AT, seed=7, until="submitted"))
    again = said(reports.play(cycle=cycle, count=3, at=AT, seed=7, until="submitted"))

    assert [row[1:] for row in again] == [row[1:] for row in first]


@pytest.mark.parametrize(
    ("until", "state"),
    [("asked", "awaiting_partner"), ("signed", "ready"), ("assessed", "complete")],
)
def test_a_report_is_taken_as_far_as_asked(cycle, until, state):
    made = reports.play(cycle=cycle, count=1, at=AT, seed=1, until=until)

    assert [r.state for r in made] == [state]
    assert Assessment.objects.filter(state="done").count() == (until == "assessed")


def test_submitted_reports_pass_every_rule_and_every_fifth_is_a_network_of_two(cycle):
    made = reports.play(cycle=cycle, count=5, at=AT, seed=3, until="submitted")

    unmet = {f.rule_id for r in made for f in needs.findings_of(r, AT) if f.stops}
    assert unmet == set()
    assert [r.network.filter(confirmed_at__isnull=False).count() for r in made] == [0, 0, 0, 0, 1]


def test_a_big_owner_asks_for_more_than_a_tiny_one(cycle):
    def asked(name):
        owner = Organisation.objects.get(name=name)
        drawn = reports.Random(5)
        idea = measures.SCHOOL[0]
        content = reports.content_for(owner, year=2027, category="school", idea=idea, draw=drawn)
        return sum(line.amounts[0] for line in content.budget)

    assert asked("Bodø kommune") > 2 * asked("Vevelstad kommune")


def test_owners_without_a_persona_get_people_marked_as_demo(cycle):
    owner = Organisation.objects.get(name="Rana kommune")

    writer, signer = put_signers(owner, AT)
    again = put_signers(owner, AT)

    assert (writer.name, signer.name) == (
        "Skriver for Rana kommune (demo)",
        "Signerer for Rana kommune (demo)",
    )
    assert again == (writer, signer)
    assert User.objects.get(pk=writer.person_id).is_demo is True


def test_the_autumn_leaves_something_for_everyone_and_is_told_once(cycle):
    told = start.tell(AT)
    lacking = {
        r.owner.name: {f.rule_id for f in needs.findings_of(r, AT) if f.stops}
        for r in needs.with_content(NeedsReport.objects.filter(state="draft"))
    }
    NeedsReport.objects.update(title="Et navn en besøkende har gitt")
    lines = Line.objects.count()
    again = start.tell(AT + dt.timedelta(days=1))

    assert told == Counter(
        assessed=3, submitted=3, draft=2, awaiting_partner=1, ready=1, complete=1, returned=1
    )
    assert Scenario.objects.filter(cycle=cycle).count() == 1
    assert {"K07", "K18"} <= lacking["Bodø kommune"]
    assert {"K11", "K18"} <= lacking["Vevelstad kommune"]
    assert (again, Line.objects.count()) == (Counter(), lines)
    assert verify_all().flaws == ()


def test_what_has_not_happened_yet_is_not_told(cycle):
    told = start.tell(stories.BEGUN + dt.timedelta(days=3))

    assert told == Counter(complete=1, assessed=1)


def test_load_demo_says_what_it_made(capsys):
    call_command("load_demo")

    assert "Made-up needs reports: " in capsys.readouterr().out
