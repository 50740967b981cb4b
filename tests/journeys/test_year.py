"""A year from set-up to proposal, in a real browser, as six people; again with JavaScript off.

Set up and announced by two people, written by one, signed by a partner, sent by the signer,
assessed and shared out by the case worker. axe looks at every page on the way.
"""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pypdf
import pytest

from samspill.apps.allocation.models import Scenario
from samspill.apps.allocation.queries import CRITERIA
from samspill.apps.cycle.models import Announcement, Cycle
from samspill.apps.needs.models import NeedsReport, Submission
from samspill.apps.organisations import actions as organisations
from samspill.apps.organisations import queries as organisation_queries
from samspill.apps.organisations.models import County
from samspill.apps.plan import actions as plans
from samspill.apps.records.models import JournalEntry
from samspill.demo import people
from samspill.demo.start import COUNTIES
from samspill.engines.allocation import Result, parse_problem, verify
from samspill.shared.audit.verification import verify_all
from samspill.shared.identity.actor import SYSTEM
from samspill.shared.messages.models import Message
from tests.journeys.looking import violations_in_every_look

pytestmark = pytest.mark.django_db(transaction=True)

OSLO = ZoneInfo("Europe/Oslo")
BEFORE = datetime(2026, 9, 1, 8, 0, tzinfo=OSLO)
SET_UP = datetime(2026, 10, 5, 9, 0, tzinfo=OSLO)
ANNOUNCED = datetime(2026, 10, 6, 9, 0, tzinfo=OSLO)
WRITTEN = datetime(2026, 11, 24, 14, 32, tzinfo=OSLO)
ASSESSED = datetime(2027, 1, 25, 10, 0, tzinfo=OSLO)


@pytest.fixture
def nordland(clock):
    """Nordland's registers and the demo's people; no year is set up."""
    clock(BEFORE)
    for number in COUNTIES:
        organisations.load_county(number=number, by=SYSTEM, at=BEFORE)
    people.put_people(BEFORE)
    return County.objects.get(pk="18")


def look(page, seen):
    """axe in every look; what it finds on the whole journey is asserted at the end."""
    seen.update(violations_in_every_look(page))


def test_a_year_from_set_up_to_an_explained_proposal(nordland, clock, open_as, scripting):
    seen: dict[str, list[str]] = {}
    looked = look if scripting else (lambda page, seen: None)

    # 1. Set up and announce: two people.
    clock(SET_UP)
    worker = open_as("case-worker")
    worker.goto("/aarshjul/nytt/")
    looked(worker, seen)
    worker.get_by_label("År").fill("2027")
    worker.get_by_label("Ramme").fill("14 000 000")
    worker.locator("main form button[type=submit]").last.click()
    cycle = Cycle.objects.get()
    put_plan_in_use(cycle)
    worker.goto("/aarshjul/")
    looked(worker, seen)
    worker.get_by_role("link", name="Endre Frist for behovsmelding").click()
    looked(worker, seen)
    worker.goto(f"/aarshjul/{cycle.pk}/kunngjoring/")
    worker.get_by_role("button", name="Lagre og se kunngjøringen").click()
    worker.get_by_role("button", name="Send til godkjenning").click()
    assert worker.get_by_role("button", name="Godkjenn og kunngjør").count() == 0
    looked(worker, seen)

    owner = open_as("bodo-editor")
    owner.goto("/behovsmelding/ny/")
    assert "Skjemaet er ikke åpent nå" in owner.inner_text("main")
    looked(owner, seen)

    clock(ANNOUNCED)
    approver = open_as("approver")
    approver.goto(f"/aarshjul/{cycle.pk}/kunngjoring/se/")
    approver.get_by_role("button", name="Godkjenn og kunngjør").click()
    announcement = Announcement.objects.get()
    assert announcement.state == "published"
    assert Message.objects.count() == announcement.receivers.exclude(message_key="").count()
    public = open_as("public")
    for address in ("/", "/kalender/", f"/kunngjoring/{announcement.pk}/", "/plan/", "/regler/"):
        public.goto(address)
        looked(public, seen)

    # 2. Write, sign, send: owner's writer, partner, owner's signer.
    clock(WRITTEN)
    owner.goto("/behovsmelding/ny/")
    owner.get_by_role("button", name="Begynn på meldingen").click()
    looked(owner, seen)
    report = NeedsReport.objects.get()
    base = f"/behovsmelding/{report.pk}"
    write(owner, base, looked, seen)
    owner.goto(f"{base}/se-over/")
    looked(owner, seen)
    assert "Deres tur: én ting mangler" in owner.inner_text("main")
    owner.get_by_role("button", name="Be om signatur").click()

    partner = open_as("nord-signer")
    partner.goto("/medsignering/")
    looked(partner, seen)
    partner.get_by_role("link", name="Språk og lek").first.click()
    looked(partner, seen)
    partner.get_by_label("Hvordan kommer erfaringene").fill("Studentene følger samlingene.")
    partner.get_by_role("button", name="Signer meldingen").click()

    signer = open_as("bodo-signer")
    signer.goto(f"{base}/se-over/")
    signer.get_by_role("button", name="Send behovsmeldingen").click()
    looked(signer, seen)
    submission = Submission.objects.get()
    assert submission.receipt_number in signer.inner_text("main")
    copy = signer.request.get(f"/behovsmelding/kopi/{submission.pk}/").body()
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(copy)).pages)
    assert submission.receipt_number in text
    assert "Språk og lek" in text
    assert JournalEntry.objects.filter(direction="in").count() == 1
    signer.goto(f"{base}/les/")
    looked(signer, seen)

    # 3. Queue, findings, assessment.
    clock(ASSESSED)
    worker.goto("/meldinger/")
    looked(worker, seen)
    worker.get_by_role("link", name="Språk og lek").click()
    looked(worker, seen)
    worker.get_by_role("link", name="Nei, send tilbake for utfylling").click()
    looked(worker, seen)
    worker.go_back()
    worker.get_by_role("button", name="Ja, merk som komplett").click()
    worker.get_by_role("button", name="Ferdig vurdert").click()
    assert "Gi poeng fra 0 til 100." in worker.inner_text("main")
    looked(worker, seen)
    for criterion in CRITERIA:
        worker.locator(f"[name=c_{criterion}][value=yes]").check()
    worker.locator("[name=score]").fill("82")
    worker.locator("[name=priority][value='1']").check()
    worker.get_by_label("Begrunnelse eieren kan lese").fill("Behovet er godt beskrevet.")
    worker.get_by_role("button", name="Ferdig vurdert").click()
    assert "Meldingen er vurdert." in worker.inner_text("main")

    # 4. The proposal, with its reason in words.
    worker.goto("/forslag/")
    worker.get_by_label("Navn på forslaget").fill("Første utregning")
    worker.get_by_role("button", name="Regn ut").click()
    looked(worker, seen)
    scenario = Scenario.objects.get()
    assert "Behovet får alt det ber om" in worker.inner_text("main")
    assert verify(parse_problem(scenario.problem), Result.from_json(scenario.result)).holds
    assert worker.request.get(f"/forslag/{scenario.pk}/last-ned/").body()[:2] == b"PK"

    owner.goto("/min-side/")
    assert "Vurdert" in owner.inner_text("main")
    looked(owner, seen)
    assert verify_all().flaws == ()
    assert seen == {}


def put_plan_in_use(cycle):
    """The packaged draft, copied as «fiktivt vedtatt», governs the year."""
    office = organisation_queries.office_for(cycle.county_id)
    asked = {"by": SYSTEM, "at": SET_UP}
    draft = plans.load_packaged_plan(county=cycle.county, authority=office, **asked)
    adopted = plans.copy_as_adopted(version=draft, label="Plan (fiktivt vedtatt)", **asked)
    plans.use_in_cycle(cycle=cycle, version=adopted, **asked)


def write(page, base, looked, seen):
    """Fill in the eight sections as a person does, section by section."""
    page.goto(f"{base}/om-tiltaket/")
    page.locator("[name=title]").fill("Språk og lek")
    page.locator("[name=category][value=kindergarten]").check()
    page.locator("[name=years][value='1']").check()
    page.locator("[name=units]").first.check()
    page.locator("[name=staff__kindergarten_teachers]").fill("24")
    onwards(page)
    page.locator("[name=assessment_how]").fill("Vi spurte alle barnehagene i oktober.")
    page.locator("[name=assessment_by]").fill("Styrerne og fagleder")
    page.locator("[name=assessment_date]").fill("20.11.2026")
    for who in ("staff", "leaders", "unions"):
        page.locator(f"[name=assessment_{who}][value=yes]").check()
    page.locator("[name=sami_answer][value=safeguarded]").check()
    page.locator("[name=sami_reason]").fill("De samiske avdelingene er spurt særskilt.")
    looked(page, seen)
    onwards(page)
    page.locator("li, tr", has_text="Nord universitet").locator(
        "button[value^=add_partner]"
    ).click()
    page.locator("[name=partnership_plan]").fill("Fire samlinger, planlagt sammen.")
    page.locator("[name=pp_answer][value=takes_part]").check()
    looked(page, seen)
    onwards(page)
    page.locator("[name=aims]").fill("Barna får et rikere språk.")
    page.locator("[name=signs]").fill("De voksne leser mer sammen med barna.")
    page.locator("[name=themes][value=learning_communities]").check()
    onwards(page)
    page.locator("[name=phases__2027][value=analyse]").check()
    page.locator("[name=phases__2027][value=plan]").check()
    onwards(page)
    page.locator("[name=new_receiver]").select_option(label="Nord universitet")
    page.get_by_role("button", name="Legg til linje").click()
    amount = page.locator("table input[inputmode=numeric]").first
    amount.fill("320 000,50")
    page.locator("[name=own_effort]").fill("To planleggingsdager i hver barnehage.")
    page.locator("[name=minimum__2027]").fill("200 000")
    stay(page)
    assert "Skriv hele kroner, uten øre." in page.inner_text("main")
    assert amount.input_value() == "320 000,50"
    looked(page, seen)
    amount.fill("320 000")
    onwards(page)
    page.locator("[name=knowledge_sharing]").fill("Barnehagene besøker hverandre.")
    page.locator("[name=competence_plan]").fill("Kapittel 3.")
    looked(page, seen)
    onwards(page)


def onwards(page):
    with page.expect_navigation():  # the form waits for its own saves before it goes
        page.locator("button[name=do][value=next]").last.click()


def stay(page):
    with page.expect_navigation():
        page.locator("button[name=do][value=stay]").click()
