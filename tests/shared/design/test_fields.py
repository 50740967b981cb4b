"""What people type into fields, and what they are told when it cannot be used."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from samspill.shared.design import wording
from samspill.shared.design.forms import (
    AccountNumberField,
    DayField,
    KronerField,
    OrgnrField,
    TextField,
)


def refusal(field: forms.Field, typed: object) -> str:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1250000", 1_250_000),
        ("1 250 000", 1_250_000),
        ("1\u00a0250\u00a0000", 1_250_000),
        ("1\u2009250\u202f000", 1_250_000),
        (" 1 250 000 kr ", 1_250_000),
        ("300 000 kroner", 300_000),
        ("0", 0),
        ("000", 0),
        ("999 999 999 999", 999_999_999_999),
        (42, 42),
    ],
)
def test_whole_kroner_are_read_with_and_without_spaces(typed, amount):
    assert KronerField().clean(typed) == amount


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1 250 000,50", "Skriv hele kroner, uten øre."),
        ("1250000.5", "Skriv hele kroner, uten øre."),
        ("100,-", "Skriv hele kroner, uten øre."),
        ("-5", "Beløpet kan ikke være negativt."),
        ("\u22125 000", "Beløpet kan ikke være negativt."),
        ("-" + "9" * 40, "Beløpet kan ikke være negativt."),
        ("1.250.000", "Skriv beløpet uten punktum, for eksempel 1 250 000."),
        ("1.250", "Skriv beløpet uten punktum, for eksempel 1 250 000."),
        ("12 50", "Sjekk mellomrommene i beløpet. Skriv for eksempel 1 250 000."),
        ("omtrent 5", "Skriv beløpet med bare tall, for eksempel 1 250 000."),
        ("1e9", "Skriv beløpet med bare tall, for eksempel 1 250 000."),
        ("٣٤", "Skriv beløpet med bare tall, for eksempel 1 250 000."),
        ("5\x00", "Skriv beløpet med bare tall, for eksempel 1 250 000."),
        ("\U0001f388", "Skriv beløpet med bare tall, for eksempel 1 250 000."),
        (True, "Skriv beløpet med bare tall, for eksempel 1 250 000."),
        ("", "Dette må fylles ut."),
    ],
)
def test_an_amount_that_cannot_be_used_is_refused_with_the_way_to_mend_it(typed, said):
    assert refusal(KronerField(), typed) == said


@pytest.mark.parametrize("typed", [str(10**15), "1 000 000 000 000", "9" * 5000])
def test_an_amount_above_the_limit_names_the_limit(typed):
    nbsp = wording.NBSP

    said = refusal(KronerField(), typed)

    assert said == (
        f"Beløpet er for stort. Største beløp er 999{nbsp}999{nbsp}999{nbsp}999{nbsp}kr."
    )


def test_a_field_may_take_negative_amounts_where_the_room_says_so():
    field = KronerField(allow_negative=True)

    assert field.clean("\u22125 000") == -5000


def test_an_empty_amount_is_none_and_not_zero():
    assert KronerField(required=False).clean("  ") is None


@given(st.integers(min_value=0, max_value=999_999_999_999))
def test_what_the_site_writes_the_field_reads(amount):
    assert KronerField().clean(wording.kroner(amount)) == amount


@given(st.text(max_size=60))
def test_no_text_breaks_the_fields(typed):
    class Form(forms.Form):
        amount = KronerField()
        text = TextField()
        day = DayField()
        orgnr = OrgnrField()
        account = AccountNumberField()

    form = Form(dict.fromkeys(Form.base_fields, typed))

    form.is_valid()

    assert set(form.errors) | set(form.cleaned_data) == set(form.fields)


def test_an_amount_shows_again_exactly_as_it_was_typed():
    class Form(forms.Form):
        amount = KronerField()

    drawn = str(Form({"amount": "1 250 000,50"})["amount"].as_field_group())

    assert 'value="1 250 000,50"' in drawn


def test_a_saved_amount_is_unchanged_however_it_is_spaced():
    assert not KronerField().has_changed(1_250_000, "1\u00a0250 000")
    assert KronerField().has_changed(1_250_000, "1 250 001")
    assert KronerField().has_changed(1_250_000, "x")


def test_text_keeps_emoji_and_line_breaks_and_drops_carriage_returns():
    assert TextField().clean(" Lek \U0001f388\r\nog språk\t✔ ") == "Lek \U0001f388\nog språk\t✔"


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
def test_text_with_control_characters_is_refused(bad):
    said = refusal(TextField(), f"Språk{bad}og lek")

    assert said == (
        "Teksten inneholder tegn vi ikke kan lagre (usynlige styretegn). "
        "Skriv teksten på nytt, eller lim den inn som ren tekst."
    )


def test_text_that_is_too_long_says_how_much():
    said = refusal(TextField(max_length=4000), "x" * 4312)

    assert said == f"Teksten er 312 tegn for lang. Grensen er 4{wording.NBSP}000."


def test_a_line_break_counts_as_one_character_as_the_counter_on_the_page_says():
    assert TextField(max_length=3).clean("a\r\nb") == "a\nb"


@pytest.mark.parametrize(
    "typed",
    ["20.01.2027", "20.1.2027", "20/1/2027", "20. januar 2027", "20 jan 2027", "2027-01-20"],
)
def test_dates_are_read_as_people_write_them(typed):
    assert DayField().clean(typed) == date(2027, 1, 20)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31.02.2027", "Datoen finnes ikke i kalenderen. Sjekk dag og måned."),
        ("13.13.2027", "Datoen finnes ikke i kalenderen. Sjekk dag og måned."),
        ("20.01.27", "Skriv datoen som dag, måned og år, for eksempel 20.01.2027."),
        ("20. jauar 2027", "Skriv datoen som dag, måned og år, for eksempel 20.01.2027."),
        ("i morgen", "Skriv datoen som dag, måned og år, for eksempel 20.01.2027."),
        ("20.01.1027", "Skriv et år mellom 1900 og 2100."),
    ],
)
def test_a_date_that_cannot_be_used_is_refused_with_the_way_to_mend_it(typed, said):
    assert refusal(DayField(), typed) == said


@pytest.mark.parametrize("typed", ["974760673", "974 760 673", " 974.760.673 "])
def test_organisation_numbers_are_kept_as_nine_digits(typed):
    assert OrgnrField().clean(typed) == "974760673"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("974760674", "Organisasjonsnummeret stemmer ikke. Sjekk at alle sifrene er riktige."),
        ("000000000", "Organisasjonsnummeret stemmer ikke. Sjekk at alle sifrene er riktige."),
        ("97476067", "Et organisasjonsnummer har ni siffer, for eksempel 974 760 673."),
        ("NO974760673", "Et organisasjonsnummer har ni siffer, for eksempel 974 760 673."),
        ("٩٧٤٧٦٠٦٧٣", "Et organisasjonsnummer har ni siffer, for eksempel 974 760 673."),
    ],
)
def test_a_wrong_organisation_number_is_refused(typed, said):
    assert refusal(OrgnrField(), typed) == said


def test_account_numbers_are_kept_as_eleven_digits():
    assert AccountNumberField().clean("8601.11.17947") == "86011117947"


@pytest.mark.parametrize("typed", ["86011117948", "00000000000"])
def test_a_wrong_account_number_is_refused(typed):
    said = "Kontonummeret stemmer ikke. Sjekk at alle sifrene er riktige."

    assert refusal(AccountNumberField(), typed) == said
