"""The demo's year: announced by two people, with a plan that says it is made up."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from samspill.apps.cycle import queries as cycles
from samspill.apps.cycle.models import Announcement
from samspill.apps.organisations import queries as organisations
from samspill.apps.plan.models import PlanInUse
from samspill.demo import start, year
from samspill.shared.audit.models import Line
from samspill.shared.identity.models import User
from samspill.shared.messages.models import Message

AT = dt.datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle():
    start.prepare(AT)
    return cycles.cycle_for("18", "koll", 2027)


def test_nordlands_year_is_open_with_eight_dates(cycle):
    assert (cycle.synthetic, cycle.frame) == (True, year.FRAME)
    assert len(cycles.milestones_of(cycle)) == 8
    assert cycles.deadline_of(cycle) == dt.date(2027, 1, 20)
    assert bool(cycles.form_is_open(cycle, AT)) is True


def test_the_plan_in_use_says_that_it_is_made_up(cycle):
    version = PlanInUse.objects.get(cycle=cycle).version

    assert (version.state, version.synthetic, version.label) == ("adopted", True, year.LABEL)
    assert cycle.plan_label == year.LABEL


def test_two_people_announced_it_on_6_october(cycle):
    announcement = Announcement.objects.get(cycle=cycle)
    people = User.objects.in_bulk([announcement.prepared_by_id, announcement.approved_by_id])

    assert announcement.state == "published"
    assert announcement.published_at == year.PUBLISHED_AT
    assert {p.handle for p in people.values()} == {"case-worker", "approver"}


def test_every_possible_receiver_got_a_message(cycle):
    receivers = organisations.possible_receivers("18").count()

    assert Message.objects.filter(key__startswith="announcement/").count() == receivers


def test_load_demo_twice_is_once():
    call_command("load_demo")
    before = Line.objects.count()

    call_command("load_demo")

    assert Line.objects.count() == before
