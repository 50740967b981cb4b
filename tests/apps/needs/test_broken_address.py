"""A broken e-mail address in a register stops nobody's report."""

import pytest

from samspill.shared.messages.models import Message
from tests.apps.needs.factories import a_year, submitted_report

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_report_is_sent_though_the_owners_address_is_broken():
    year = a_year()
    year.owner.email = "post@kommune"
    year.owner.save()

    report = submitted_report(year)

    assert report.state == "submitted"
    assert not Message.objects.filter(organisation_id=year.owner.pk).exists()
