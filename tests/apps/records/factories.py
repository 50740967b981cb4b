"""A journal entry and a task, made as rooms make them: through the actions."""

import datetime as dt
from datetime import UTC

from samspill.apps.records import actions
from samspill.shared.audit import trail as audit
from samspill.shared.identity.actor import SYSTEM
from tests.apps.organisations.factories import CountyFactory, OfficeFactory

AT = dt.datetime(2027, 1, 20, 9, 30, tzinfo=UTC)


def an_office(*numbers):
    """An office that serves the counties, by default Nordland; returns its organisation."""
    counties = [CountyFactory(number=one, name=f"Fylke {one}") for one in numbers or ("18",)]
    return OfficeFactory(organisation__county=counties[0], counties=counties).organisation


def an_entry(office, *, county="18", at=AT, **given):
    content = {
        "direction": "in",
        "title": "Behovsmelding B-2027-001",
        "correspondent_id": None,
        "case": office,
        "document_date": at.date(),
        **given,
    }
    with audit.writing(county, by=SYSTEM, at=at) as trail:
        return actions.journal(
            trail=trail, scheme="koll", county_id=county, authority_id=office.pk, **content
        )


def a_task(office, *, county="18", at=AT, **given):
    content = {"kind": "no_address", "title": "3 mottakere mangler e-post", "case": office}
    with audit.writing(county, by=SYSTEM, at=at) as trail:
        return actions.open_task(
            trail=trail,
            scheme="koll",
            county_id=county,
            authority_id=office.pk,
            **{**content, **given},
        )
