"""One whole year so far, on whichever database runs: announced, reported, assessed, shared out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from samspill.apps.allocation import actions, queries
from samspill.apps.cycle import queries as cycles
from samspill.apps.cycle.models import Announcement
from samspill.apps.needs.models import NeedsReport
from samspill.demo import people, start
from samspill.engines.allocation import Result, parse_problem, verify
from samspill.shared.audit.verification import verify_all

pytestmark = [pytest.mark.django_db, pytest.mark.both]

OSLO = ZoneInfo("Europe/Oslo")
AT = datetime(2027, 1, 25, 10, 0, tzinfo=OSLO)


def test_nordlands_year_goes_from_announcement_to_a_proposal_that_can_be_recomputed(clock):
    clock(AT)
    start.prepare(AT)
    start.tell(AT)
    cycle = cycles.cycle_for("18", year=2027)

    scenario = actions.compute_scenario(
        cycle=cycle, name="Første utregning", by=people.actor_of("case-worker", AT), at=AT
    )

    result = Result.from_json(scenario.result)
    assessed = NeedsReport.objects.filter(assessment__state="done").count()
    assert Announcement.objects.get(cycle=cycle).state == "published"
    assert len(result.grants) == assessed > 0
    assert sum(result.grants.values()) <= cycle.frame
    assert all(row.reason for row in queries.rows_of(scenario))
    assert verify(parse_problem(scenario.problem), result).holds
    assert verify_all().flaws == ()
