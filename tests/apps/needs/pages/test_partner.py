"""The partner's side: reads exactly what it signs; a change voids it and is shown."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from samspill.apps.needs import actions
from samspill.apps.needs.models import NeedsReport
from samspill.shared.identity.roles import Role
from tests.apps.needs.factories import (
    NOW,
    complete_report,
    filled_report,
    fresh,
    save,
)
from tests.apps.organisations.factories import EnvironmentFactory, actor

State = NeedsReport.State


def words(page):
    return unescape(page.content.decode()).replace("\xa0", " ")


@pytest.fixture
def asked(year):
    report = filled_report(year)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)
    return fresh(report)


def page_url(report):
    return reverse("needs:partner_report", args=[report.partners.get().pk])


def sign_url(report):
    return reverse("needs:partner_sign", args=[report.partners.get().pk])


def carried(page):
    html = page.content.decode()
    return {
        name: html.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen", "seen_at")
    }


def test_the_list_is_empty_until_somebody_asks(year, as_actor):
    page = as_actor(year.partner_signer).get(reverse("needs:partner_list"))

    assert "Ingen har bedt dere signere ennå" in words(page)


def test_the_list_shows_what_waits(year, as_actor, asked):
    page = words(as_actor(year.partner_signer).get(reverse("needs:partner_list")))

    assert "Deres tur: les og signer" in page
    assert page_url(asked) in page


def test_the_partner_reads_the_whole_content_and_signs_it(year, as_actor, asked):
    browser = as_actor(year.partner_signer)
    page = browser.get(page_url(asked))
    sent = {**carried(page), "teacher_education": "Studentene får praksis der."}

    answer = browser.post(sign_url(asked), sent, follow=True)

    signature = asked.partners.get().signatures.get()
    assert "Barna får et rikere språk." in words(page)
    assert "400 000" in words(page)
    assert fresh(asked).state == State.READY
    assert signature.teacher_education == "Studentene får praksis der."
    assert "Signert 11. januar 2027 kl. 12.00" in words(answer)


def test_a_university_must_say_how_experience_returns(year, as_actor, asked):
    browser = as_actor(year.partner_signer)

    answer = browser.post(sign_url(asked), carried(browser.get(page_url(asked))))

    assert answer.status_code == 422
    assert "Regel K20" in words(answer)
    assert fresh(asked).state == State.AWAITING_PARTNER


def test_a_vocational_college_is_not_asked(year, as_actor):
    year.environment.kind = "vocational_college"
    year.environment.save()
    report = filled_report(year)
    actions.send_to_partner(report=report, by=year.editor, at=NOW)

    page = words(as_actor(year.partner_signer).get(page_url(report)))

    assert "Hvordan kommer erfaringene tilbake til lærerutdanningen?" not in page


def test_what_is_typed_too_long_is_still_there(year, as_actor, asked):
    browser = as_actor(year.partner_signer)
    text = "Mye tekst. " * 300

    answer = browser.post(
        sign_url(asked), {**carried(browser.get(page_url(asked))), "teacher_education": text}
    )

    assert answer.status_code == 422
    assert "tegn for lang. Grensen er 2 000." in words(answer)
    assert text in words(answer)


def test_a_change_while_the_partner_reads_is_shown_and_the_text_is_kept(
    year, as_actor, asked, settings
):
    browser = as_actor(year.partner_signer)
    page = browser.get(page_url(asked))
    settings.AS_OF = later = NOW + timedelta(minutes=3)
    save(asked, {"aims": "Et nytt mål"}, by=year.editor, at=later)
    actions.send_to_partner(report=fresh(asked), by=year.editor, at=later)

    answer = browser.post(
        sign_url(asked), {**carried(page), "teacher_education": "Studentene blir med."}
    )

    assert answer.status_code == 409
    assert "Meldingen ble endret mens dere leste. Dere har ikke signert." in words(answer)
    assert "Hva skal dere oppnå? (kl. 12.03)" in words(answer)
    assert "Et nytt mål" in words(answer)
    assert "Studentene blir med." in words(answer)


def test_the_difference_since_the_last_signature_is_shown(year, as_actor, settings):
    report = complete_report(year)
    line = report.budget.get()
    save(report, {f"budget.{line.pk}.2027": 450_000}, by=year.editor)
    actions.send_to_partner(report=fresh(report), by=year.editor, at=NOW)

    page = words(as_actor(year.partner_signer).get(page_url(report)))

    assert "Endret siden dere signerte 11. januar 2027" in page
    assert "400 000 kr" in page
    assert "450 000 kr" in page


def test_an_environment_that_is_not_asked_sees_nothing(year, as_actor):
    report = filled_report(year)

    assert as_actor(year.partner_signer).get(page_url(report)).status_code == 404


def test_another_environment_sees_nothing(year, as_actor, asked):
    stranger = actor(Role.ENVIRONMENT_SIGNER, organisation=EnvironmentFactory())

    assert as_actor(stranger).get(page_url(asked)).status_code == 404
    assert as_actor(stranger).post(sign_url(asked)).status_code == 404


def test_a_text_survives_the_partners_lost_session(year, as_actor, asked):
    browser = as_actor(year.partner_signer)
    page = browser.get(page_url(asked))
    html = page.content.decode()
    kept = {
        name: html.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("kept_for", "kept_back")
    }
    browser.cookies.clear()

    sent = {**carried(page), **kept, "teacher_education": "Skrevet lenge"}
    lost = browser.post(sign_url(asked), sent)
    session = browser.session
    again = as_actor(year.partner_signer).session
    for key in ("person", "started", "seen", "mandate"):
        session[key] = again[key]
    session.save()
    page = browser.get(page_url(asked))

    assert "vare=1" in lost.url
    assert "Vi tok vare på det dere skrev." in words(page)
    assert "Skrevet lenge" in words(page)


@pytest.mark.parametrize("reports", [1, 30])
def test_the_list_takes_the_same_queries_for_many(
    year, as_actor, django_assert_num_queries, reports
):
    from samspill.apps.needs.models import Measure, Partner

    for n in range(reports):
        measure = Measure.objects.create(
            county=year.cycle.county, owner=year.owner, number=f"T-{n}", first_year=2027
        )
        report = NeedsReport.objects.create(
            cycle=year.cycle, measure=measure, owner=year.owner, number=f"B-{n}",
            state_since=NOW, created_at=NOW, created_by_id=year.editor.person_id,
        )  # fmt: skip
        Partner.objects.create(report=report, environment=year.environment, asked_at=NOW)
    browser = as_actor(year.partner_signer)
    browser.get(reverse("needs:partner_list"))

    with django_assert_num_queries(6):
        page = browser.get(reverse("needs:partner_list"))

    assert page.content.decode().count('<th scope="row"') == reports
