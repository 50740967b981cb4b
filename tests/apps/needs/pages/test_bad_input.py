"""Bad input gets a clear message at its field, and what was typed is still on the page."""

import io
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samspill.apps.needs.models import Attachment
from samspill.shared.files import checking
from tests.apps.needs.factories import draft_report, filled_report, fresh
from tests.apps.needs.pages.conftest import typed_into

TOO_LONG = "Språk og lek. " * 400
AMOUNTS = [
    ("-5", "Beløpet kan ikke være negativt."),
    ("1 250 000,50", "Skriv hele kroner, uten øre."),
    ("12,5", "Skriv hele kroner, uten øre."),
    ("1000000000000000", "Beløpet er for stort. Største beløp er 999 999 999 999 kr."),
    ("1.250.000", "Skriv beløpet uten punktum, for eksempel 1 250 000."),
    ("mange", "Skriv beløpet med bare tall, for eksempel 1 250 000."),
]


def part_url(report, part):
    return reverse("needs:section", args=[report.pk, part])


def text_of(page):
    return unescape(page.content.decode()).replace("\xa0", " ")


def at_field(page, name):
    """The page from the field's block to the next one."""
    html = text_of(page)
    start = html.index(f'id="felt-{name}"')
    end = html.find('id="felt-', start + 10)
    return html[start : end if end > 0 else None]


@pytest.mark.parametrize(("typed", "message"), AMOUNTS)
def test_an_amount_that_is_no_amount(year, as_actor, typed, message):
    report = filled_report(year)
    browser, url = as_actor(year.editor), part_url(report, "budsjett")
    sent = typed_into(browser.get(url), minimum__2027=typed, own_effort="Nytt bidrag")

    page = browser.post(url, sent)

    here = at_field(page, "minimum")
    assert page.status_code == 422
    assert message in here
    assert f'value="{typed}"' in here
    assert f"2027: {message}" in text_of(page)[: text_of(page).index('id="felt-budget"')]
    assert fresh(report).minimum == {"2027": 300_000}
    assert fresh(report).own_effort == "Nytt bidrag"


@pytest.mark.parametrize(("typed", "message"), AMOUNTS)
def test_a_budget_cell_that_is_no_amount(year, as_actor, typed, message):
    report = filled_report(year)
    line = report.budget.get()
    browser, url = as_actor(year.editor), part_url(report, "budsjett")
    cell = f"budget__{line.pk}__2027"

    page = browser.post(url, typed_into(browser.get(url), **{cell: typed}))

    here = at_field(page, "budget")
    assert page.status_code == 422
    assert f"Faglig bidrag 2027: {message}" in here
    assert f'name="{cell}" value="{typed}"' in here
    assert f'id="id_{cell}_error"' in here
    assert fresh(report).budget.get().amounts == {"2027": 400_000}


def test_spaces_between_thousands_and_kr_are_understood(year, as_actor):
    report = filled_report(year)
    browser, url = as_actor(year.editor), part_url(report, "budsjett")

    browser.post(url, typed_into(browser.get(url), minimum__2027="1 250 000 kr"))

    assert fresh(report).minimum == {"2027": 1_250_000}


def test_a_text_that_is_too_long(year, as_actor):
    report = draft_report(year)
    browser, url = as_actor(year.editor), part_url(report, "maal")

    page = browser.post(url, typed_into(browser.get(url), aims=TOO_LONG, signs="Dette er kort"))

    here = at_field(page, "aims")
    assert page.status_code == 422
    assert "Teksten er 1 599 tegn for lang. Grensen er 4 000." in here
    assert TOO_LONG in here
    assert (fresh(report).aims, fresh(report).signs) == ("", "Dette er kort")


def test_a_title_that_is_too_long(year, as_actor):
    report = draft_report(year)
    browser, url = as_actor(year.editor), part_url(report, "om-tiltaket")

    page = browser.post(url, typed_into(browser.get(url), title="x" * 161))

    assert "Teksten er 1 tegn for lang. Grensen er 160." in at_field(page, "title")
    assert "x" * 161 in at_field(page, "title")


def test_emoji_are_kept(year, as_actor):
    report = draft_report(year)
    browser, url = as_actor(year.editor), part_url(report, "maal")

    browser.post(url, typed_into(browser.get(url), aims="Mer lek 🎈👩‍🏫 og læring"))

    assert fresh(report).aims == "Mer lek 🎈👩‍🏫 og læring"


def test_nul_bytes_are_refused_at_the_field_with_the_text_kept(year, as_actor):
    report = draft_report(year)
    browser, url = as_actor(year.editor), part_url(report, "maal")

    page = browser.post(url, typed_into(browser.get(url), aims="Mer\x00 lek", signs="Kort"))

    here = at_field(page, "aims")
    assert page.status_code == 422
    assert "Teksten inneholder tegn vi ikke kan lagre" in here
    assert "Mer\x00 lek" in here
    assert (fresh(report).aims, fresh(report).signs) == ("", "Kort")


@pytest.mark.parametrize("words", ["\x00", "å\x00", "%", "'; --"])
def test_a_hostile_search_finds_nothing_and_breaks_nothing(year, as_actor, words):
    report = draft_report(year)

    pages = [
        as_actor(year.editor).get(part_url(report, part), {"finn": words})
        for part in ("partnerskap", "om-tiltaket")
    ]

    assert [page.status_code for page in pages] == [200, 200]


def test_a_day_that_does_not_exist(year, as_actor):
    report = draft_report(year)
    browser, url = as_actor(year.editor), part_url(report, "behovsvurdering")

    page = browser.post(url, typed_into(browser.get(url), assessment_date="31.02.2027"))

    assert "Datoen finnes ikke i kalenderen." in at_field(page, "assessment_date")
    assert 'value="31.02.2027"' in at_field(page, "assessment_date")


@pytest.mark.parametrize("typed", ["tolv", "1,5", "-3", "1000000"])
def test_a_count_that_is_no_count(year, as_actor, typed):
    report = draft_report(year)
    browser, url = as_actor(year.editor), part_url(report, "om-tiltaket")

    page = browser.post(url, typed_into(browser.get(url), staff__teachers=typed))

    here = at_field(page, "staff")
    assert page.status_code == 422
    assert "Skriv et helt tall" in here or "Skriv et tall fra 0 til 100 000." in here
    assert f'value="{typed}"' in here


def test_a_code_nobody_offered_is_refused(year, as_actor):
    report = draft_report(year)
    browser, url = as_actor(year.editor), part_url(report, "om-tiltaket")

    page = browser.post(url, typed_into(browser.get(url), category="hacked"))

    assert "Velg et av svarene i lista." in at_field(page, "category")
    assert fresh(report).category == ""


def test_a_wrong_amount_saved_alone_says_so_under_the_field(year, as_actor):
    report = filled_report(year)
    browser, url = as_actor(year.editor), part_url(report, "budsjett")
    sent = typed_into(browser.get(url), minimum__2027="12,5")

    answer = browser.post(url, sent, headers={"hx-request": "true"})

    html = text_of(answer)
    assert answer.status_code == 422
    assert "Verdien er ikke lagret. Se meldingen ved feltet." in html
    assert 'data-error-of="minimum__2027"' in html
    assert "Skriv hele kroner, uten øre." in html


# --- Files ---------------------------------------------------------------------------------------
def zipped(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def upload(browser, report, name, content, **typed):
    url = part_url(report, "kunnskapsdeling")
    sent = typed_into(browser.get(url), do="attach", **typed)
    return browser.post(url, {**sent, "attachment": SimpleUploadedFile(name, content)})


def test_an_honest_file_is_kept_and_can_be_fetched(year, as_actor):
    report = draft_report(year)
    browser = as_actor(year.editor)

    answer = upload(browser, report, "plan.pdf", b"%PDF-1.7 hei")
    row = fresh(report).attachments.get()
    fetched = browser.get(reverse("needs:attachment", args=[row.pk]))

    assert answer.url == f"{part_url(report, 'kunnskapsdeling')}#felt-attachments"
    assert b"".join(fetched.streaming_content) == b"%PDF-1.7 hei"
    assert fetched["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert "sandbox" in fetched["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("budsjett.pdf", b"MZ\x90\x00 program", "Filen heter .pdf, men innholdet er noe annet."),
        ("program.exe", b"MZ\x90\x00 program", "Vi tar imot PDF, Word, Excel, CSV, PNG og JPEG."),
        ("tom.pdf", b"", "Velg en fil først."),
    ],
)
def test_a_hostile_file_is_refused_at_its_field_and_the_text_is_kept(
    year, as_actor, name, content, message
):
    report = draft_report(year)

    page = upload(as_actor(year.editor), report, name, content, knowledge_sharing="Vi deler mye")

    here = at_field(page, "attachments")
    assert page.status_code == 422
    assert message in here or "Filen er tom." in here
    assert "Vi deler mye" in text_of(page)
    assert fresh(report).knowledge_sharing == "Vi deler mye"
    assert Attachment.objects.count() == 0


def test_a_zip_bomb_named_xlsx_is_refused(year, as_actor, monkeypatch):
    monkeypatch.setattr(checking, "ZIP_BYTES", 1024 * 1024)
    bomb = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": "0" * (2 * 1024 * 1024),
        }
    )
    report = draft_report(year)

    page = upload(as_actor(year.editor), report, "tall.xlsx", bomb)

    assert "pakker ut til mye mer enn et vanlig dokument" in at_field(page, "attachments")
    assert Attachment.objects.count() == 0


def test_a_file_above_the_limit_is_refused_and_the_text_is_kept(year, as_actor, settings):
    settings.UPLOAD_LIMIT = 1024
    report = draft_report(year)
    content = b"%PDF-" + b"0" * 5000

    page = upload(as_actor(year.editor), report, "stor.pdf", content, further_education="Ja")

    assert "Filen er for stor." in at_field(page, "attachments")
    assert fresh(report).further_education == "Ja"
    assert Attachment.objects.count() == 0


def test_an_attachment_is_taken_off_again(year, as_actor):
    report = draft_report(year)
    browser = as_actor(year.editor)
    upload(browser, report, "plan.pdf", b"%PDF-1.7 hei")
    row, url = fresh(report).attachments.get(), part_url(report, "kunnskapsdeling")

    browser.post(url, typed_into(browser.get(url), do=f"remove_file:{row.pk}"))

    assert fresh(report).attachments.count() == 0
