"""Addresses that name no county are not found, whatever stands in them."""

import pytest

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.mark.parametrize("county", ["%00", "18%00", "²", "99", "a" * 300])
@pytest.mark.parametrize("address", ["/kalender/{}/", "/kalender/{}.ics", "/plan/{}/"])
def test_an_address_without_a_county_is_not_found(client, address, county):
    assert client.get(address.format(county)).status_code == 404
