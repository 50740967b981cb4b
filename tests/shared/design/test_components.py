"""Components: what stands in the page that screen readers, printers and phones get."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from tests.shared.design.page import each, read, text, texts

from samspill.shared.design.forms import KronerField, TextField
from samspill.shared.design.gallery import COORDINATOR_MISSING, FINDINGS, gallery_context
from samspill.shared.design.icons import UnknownIcon, icon

pytestmark = pytest.mark.urls("tests.shared.design.urls")

SOURCE = Path(__file__).parents[3] / "src"


def drawn(template: str, **context):
    loaded = "{% load samspill charts %}" + template
    return read(engines["django"].from_string(loaded).render(context))


class NeedForm(forms.Form):
    title = TextField(label="Hva heter tiltaket?", help_text="Kort.", single_line=True)
    amount = KronerField(label="Beløp", required=False)
    network = forms.ChoiceField(
        label="Er flere med?",
        help_text="Et nettverk.",
        widget=forms.RadioSelect,
        choices=[("n", "Nei"), ("j", "Ja")],
    )


def test_a_field_ties_label_help_and_error_to_its_input():
    form = NeedForm({"title": ""})

    field = drawn("{{ form.title.as_field_group }}", form=form)

    (control,) = field.iterfind(".//input")
    assert each(field, ".//label", "for") == ["id_title"]
    assert control.get("aria-describedby").split() == ["id_title_helptext", "id_title_error"]
    assert control.get("aria-invalid") == "true"
    assert texts(field, ".//*[@id='id_title_helptext']") == ["Kort."]
    assert texts(field, ".//*[@id='id_title_error']") == ["Dette må fylles ut."]


def test_radios_are_a_fieldset_described_once_with_the_legend_as_its_name():
    field = drawn("{{ form.network.as_field_group }}", form=NeedForm({}))

    (fieldset,) = field.iterfind(".//fieldset")
    assert fieldset.get("aria-describedby").split() == ["id_network_helptext", "id_network_error"]
    assert texts(fieldset, "legend") == ["Er flere med? må fylles ut"]
    assert each(fieldset, ".//input", "id") == ["id_network_0", "id_network_1"]
    assert each(fieldset, ".//label", "for") == ["id_network_0", "id_network_1"]


def test_what_is_required_and_what_is_optional_is_said_in_words():
    form = NeedForm()

    words = texts(drawn("{{ form }}", form=form), ".//*[@class='sp-need']")

    assert words == ["må fylles ut", "valgfritt", "må fylles ut"]


def test_kroner_stand_behind_the_field_and_are_not_read_twice():
    field = drawn("{{ form.amount.as_field_group }}", form=NeedForm())

    assert texts(field, ".//span[@aria-hidden='true']") == ["kr"]


def test_a_finding_stands_beside_its_field_and_describes_it():
    form = NeedForm()
    form.findings = {"amount": [COORDINATOR_MISSING]}

    field = drawn("{{ form.amount.as_field_group }}", form=form)

    (control,) = field.iterfind(".//input")
    assert (control.get("aria-describedby"), control.get("aria-invalid")) == (
        "id_amount_finding1",
        "true",
    )
    assert texts(field, ".//*[@id='id_amount_finding1']//p") == [
        "Dere søker om 90 000 kr til koordinator i 2027, men har ikke skrevet hvorfor.",
        "Skriv grunnen, eller sett beløpet til 0.",
        "Regel K07 · Forskriften § 11 femte ledd",
    ]


@pytest.mark.parametrize(
    ("severity", "met", "color"),
    [
        ("error", False, "danger"),
        ("warning", False, "warning"),
        ("info", False, "info"),
        ("error", True, "success"),
        ("error", None, "warning"),
        ("warning", None, "info"),
    ],
)
def test_a_finding_has_the_colour_of_what_it_does_to_the_case(severity, met, color):
    finding = replace(FINDINGS[0], severity=severity, met=met)

    assert each(drawn("{% finding f %}", f=finding), ".//*", "data-color") == [color]


def test_the_error_summary_links_to_each_field_and_can_take_focus():
    form = NeedForm({"amount": "1,50"})

    page = drawn("{% error_summary form %}", form=form)

    assert each(page, ".//section", "tabindex") == ["-1"]
    assert [(a.get("href"), a.text) for a in page.iterfind(".//a")] == [
        ("#id_title", "Hva heter tiltaket? Dette må fylles ut."),
        ("#id_amount", "Beløp: Skriv hele kroner, uten øre."),
        ("#id_network_0", "Er flere med? Dette må fylles ut."),
    ]


def test_the_error_summary_draws_nothing_when_nothing_was_sent():
    assert list(drawn("{% error_summary form %}", form=NeedForm())) == []


def test_what_people_type_is_never_markup():
    form = NeedForm({"title": '"><script>alert(1)</script>'})

    page = drawn("{% error_summary form %}{{ form }}{% turn t %}", form=form, t="<b>")

    assert [*page.iter("script"), *page.iter("b")] == []


def test_pages_keep_filter_and_sorting():
    page = Paginator(range(120), 50).page(2)
    request = RequestFactory().get("/?status=sendt&sort=-sum&page=2")

    links = drawn("{% pagination page %}", page=page, request=request)

    assert each(links, ".//a[@rel]", "href") == [
        "?status=sendt&sort=-sum&page=1",
        "?status=sendt&sort=-sum&page=3",
    ]
    assert texts(links, ".//a[@aria-current='true']") == ["2"]


def test_one_page_needs_no_pages():
    page = Paginator(range(3), 50).page(1)

    assert list(drawn("{% pagination page %}", page=page)) == []


@pytest.mark.parametrize(
    ("now", "direction", "leads_to"),
    [
        ("", None, "?q=lek&sort=amount"),
        ("amount", "ascending", "?q=lek&sort=-amount"),
        ("-amount", "descending", "?q=lek&sort=amount"),
    ],
)
def test_a_column_head_says_how_it_is_sorted_and_turns_it(now, direction, leads_to):
    request = RequestFactory().get("/?q=lek&page=3")

    table = drawn(
        "<table><tr>{% sort_header 'Søkt' 'amount' now %}</tr></table>", now=now, request=request
    )

    (head,) = table.iterfind(".//th")
    assert (head.get("aria-sort"), each(head, "a", "href")) == (direction, [leads_to])


def test_a_task_that_is_locked_is_no_link():
    sections = [
        {"url": "#a", "label": "Om tiltaket", "state": "done", "current": True},
        {"url": "", "label": "Send", "state": "locked"},
    ]

    page = drawn("{% tasklist sections %}", sections=sections)

    assert each(page, ".//a", "href") == ["#a"]
    assert each(page, ".//a", "aria-current") == ["step"]
    assert texts(page, ".//small") == ["Ferdig", "Ikke åpnet ennå"]


def test_blank_values_give_blank_text():
    template = "[{{ x|kr }}|{{ x|number }}|{{ x|percent }}|{{ x|day }}|{{ x|clock }}]"

    assert drawn(template, x=None).text == "[||||]"


def test_days_and_short_days():
    template = "{{ d|day }}|{{ d|day:'weekday' }}|{{ d|day:'short' }}|{{ d|isoday }}"

    assert drawn(template, d=date(2027, 1, 20)).text == (
        "20. januar 2027|onsdag 20. januar 2027|20.\u00a0jan|2027-01-20"
    )


@pytest.mark.parametrize("name", ["NoSuchIcon", "../Person", "Person.svg", ""])
def test_an_unknown_icon_is_refused(name):
    with pytest.raises(UnknownIcon):
        icon(name)


def test_every_icon_named_in_a_template_exists():
    named = {
        name
        for template in SOURCE.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon ["\'](\w+)["\']', template.read_text(encoding="utf-8"))
    }

    assert "Person" in "".join(named)
    for name in named:
        assert icon(name).startswith("<svg")


@pytest.mark.parametrize("code", ["400", "403", "404", "409", "413", "429", "csrf", "500"])
def test_error_pages_need_no_context_and_say_what_to_do(code):
    page = read(render_to_string(f"design/{code}.html"))

    assert len(list(page.iter("h1"))) == 1
    assert texts(page, ".//section[@aria-labelledby='videre']//li") != []


def test_pages_hold_no_inline_style_script_or_event():
    page = read(render_to_string("design/gallery.html", gallery_context()))

    assert [*page.iterfind(".//*[@style]"), *page.iter("style")] == []
    assert all("src" in script.attrib for script in page.iter("script"))
    assert [name for node in page.iter() for name in node.attrib if name.startswith("on")] == []


def test_every_id_stands_once_and_every_reference_hits():
    page = read(render_to_string("design/gallery.html", gallery_context()))

    ids = each(page, ".//*", "id")
    wanted = {
        part
        for name in ("for", "aria-labelledby", "aria-describedby")
        for value in each(page, ".//*", name)
        for part in value.split()
    }
    assert len(ids) == len(set(ids))
    assert wanted <= set(ids)


def test_the_wheel_says_the_same_as_its_list():
    context = gallery_context()

    page = read(render_to_string("design/gallery.html", context))

    (picture,) = page.iterfind(".//svg[@role='img']")
    steps = list(page.iterfind(".//ol[@class='sp-steps']/li"))
    assert text(picture.find("desc")) == (
        "Tolv måneder i ring med 8 milepæler. I dag er 12. januar 2027. "
        "Neste er «Frist for behovsmelding», 20. januar. Samme innhold står i listen ved siden av."
    )
    assert len(steps) == len(context["milestones"])
