"""Reading: the network's owners, the office, the auditor, strangers; the blank form on paper."""

from html import unescape

import pytest
from django.urls import reverse

from samspill.apps.needs import actions
from samspill.apps.needs.queries import SECTIONS
from samspill.shared.identity.roles import Role
from tests.apps.needs.factories import NOW, draft_report, filled_report, fresh, submitted_report
from tests.apps.organisations.factories import OrganisationFactory, actor


def words(page):
    return unescape(page.content.decode()).replace("\xa0", " ")


def read(browser, report):
    return browser.get(reverse("needs:read", args=[report.pk]))


def invited(year, report):
    neighbour = OrganisationFactory(county=year.cycle.county)
    row = actions.invite_network_owner(report=report, owner=neighbour, by=year.editor, at=NOW)
    return neighbour, row


def test_the_office_and_the_auditor_read_what_is_sent(year, as_actor):
    report = submitted_report(year)
    auditor = actor(Role.AUDITOR, organisation=OrganisationFactory(), county=year.cycle.county)

    pages = [read(as_actor(who), report) for who in (year.case_worker, auditor)]

    assert [page.status_code for page in pages] == [200, 200]
    assert all("Barna får et rikere språk." in words(page) for page in pages)
    assert all("Sendt 11. januar 2027 kl. 12.00" in words(page) for page in pages)


def test_the_office_sees_no_drafts(year, as_actor):
    report = filled_report(year)

    assert read(as_actor(year.case_worker), report).status_code == 404


def test_the_reports_own_page_leads_each_reader_to_theirs(year, as_actor):
    report = submitted_report(year)
    url = reverse("needs:report", args=[report.pk])

    office = as_actor(year.case_worker).get(url)
    partner = as_actor(year.partner_signer).get(url)

    assert office.url == reverse("needs:read", args=[report.pk])
    assert partner.url == reverse("needs:partner_report", args=[report.partners.get().pk])


def test_an_invited_owner_reads_and_says_yes(year, as_actor):
    report = filled_report(year)
    neighbour, row = invited(year, report)
    signer = actor(Role.OWNER_SIGNER, organisation=neighbour)
    browser = as_actor(signer)

    page = read(browser, report)
    answer = browser.post(reverse("needs:network_confirm", args=[row.pk]), follow=True)

    assert "Dere er invitert" in words(page)
    assert fresh(report).network.get().confirmed_by_id == signer.person_id
    assert "Dere er med i tiltaket." in words(answer)


def test_an_invited_editor_reads_that_the_signer_answers(year, as_actor):
    report = filled_report(year)
    neighbour, row = invited(year, report)
    browser = as_actor(actor(Role.OWNER_EDITOR, organisation=neighbour))

    page = read(browser, report)

    assert "Bare den som signerer for eieren som er invitert, kan bekrefte." in words(page)
    assert browser.post(reverse("needs:network_confirm", args=[row.pk])).status_code == 403


def test_an_invited_owner_does_not_write(year, as_actor):
    report = filled_report(year)
    neighbour, _row = invited(year, report)
    browser = as_actor(actor(Role.OWNER_EDITOR, organisation=neighbour))

    answer = browser.get(reverse("needs:section", args=[report.pk, "maal"]))

    assert answer.url == reverse("needs:read", args=[report.pk])


@pytest.mark.parametrize("name", ["report", "read", "review", "receipt", "withdraw"])
def test_a_stranger_finds_nothing(year, as_actor, name):
    report = submitted_report(year)
    stranger = actor(Role.OWNER_SIGNER, organisation=OrganisationFactory())

    page = as_actor(stranger).get(reverse(f"needs:{name}", args=[report.pk]))

    assert page.status_code == 404


@pytest.mark.parametrize("name", ["submit", "ask", "withdraw"])
def test_a_stranger_does_nothing(year, as_actor, name):
    report = submitted_report(year)
    stranger = actor(Role.OWNER_SIGNER, organisation=OrganisationFactory())

    page = as_actor(stranger).post(reverse(f"needs:{name}", args=[report.pk]))

    assert page.status_code == 404


def test_what_was_not_answered_is_named_in_one_line(year, as_actor):
    report = draft_report(year)

    page = words(read(as_actor(year.editor), report))

    assert "Ikke besvart: Navn på tiltaket · Kategori" in page
    assert "Ingen budsjettlinjer." in page


def test_the_blank_form_is_public_and_asks_every_question(client, db, tmp_path):
    import subprocess

    page = client.get(reverse("needs:blank"))
    made = tmp_path / "blank.pdf"
    made.write_bytes(page.content)
    text = subprocess.run(
        ["pdftotext", "-layout", str(made), "-"], capture_output=True, check=True
    ).stdout.decode()

    flat = " ".join(text.split())
    assert page["Content-Type"] == "application/pdf"
    assert [s.code for s in SECTIONS if str(s.title) not in flat] == []
    assert "Hvorfor trenger dere koordinator?" in flat


def test_the_blank_form_comes_in_nynorsk_too(client, db):
    client.cookies["spraak"] = "nn"

    page = client.get(reverse("needs:blank"))

    assert page["Content-Disposition"] == 'attachment; filename="behovsmelding-nn.pdf"'
    assert b"/Lang (nn)" in page.content or b"nn" in page.content
