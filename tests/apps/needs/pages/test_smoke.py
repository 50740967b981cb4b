import pytest
from django.urls import reverse

from tests.apps.needs.factories import complete_report, draft_report, submitted_report

PARTS = ["om-tiltaket", "behovsvurdering", "partnerskap", "maal", "faser", "budsjett", "kunnskapsdeling"]

@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("make", [draft_report, complete_report])
def test_part(year, as_actor, part, make):
    report = make(year)
    page = as_actor(year.editor).get(reverse("needs:section", args=[report.pk, part]))
    assert page.status_code == 200

@pytest.mark.parametrize("make", [draft_report, complete_report, submitted_report])
@pytest.mark.parametrize("name", ["report", "review", "read", "receipt", "withdraw"])
def test_others(year, as_actor, make, name):
    report = make(year)
    page = as_actor(year.signer).get(reverse(f"needs:{name}", args=[report.pk]), follow=True)
    assert page.status_code == 200

def test_blank(client, db):
    page = client.get(reverse("needs:blank"))
    assert page.content[:5] == b"%PDF-"
    open("/tmp/blank.pdf", "wb").write(page.content)

def test_partner(year, as_actor):
    report = complete_report(year)
    c = as_actor(year.partner_signer)
    assert c.get(reverse("needs:partner_list")).status_code == 200
    assert c.get(reverse("needs:report", args=[report.pk]), follow=True).status_code == 200

def test_copy(year, as_actor):
    report = submitted_report(year)
    c = as_actor(year.editor)
    page = c.get(reverse("needs:copy", args=[report.submissions.get().pk]))
    open("/tmp/copy.pdf", "wb").write(b"".join(page.streaming_content))
def test_start(year, as_actor):
    c = as_actor(year.editor)
    page = c.get(reverse("needs:start"))
    assert page.status_code == 200
    page = c.post(reverse("needs:start"), {"cycle": year.cycle.pk, "source": "blank"}, follow=True)
    assert page.status_code == 200
