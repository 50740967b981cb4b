"""The tags every page uses (byggeklossene i malene): ``{% load samspill %}``.

Filters write amounts and dates; tags draw the components of the gallery page. Each component
has one template under ``design/components/``, so its markup is right or wrong in one place.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.shared.design import wording
from samspill.shared.design.icons import icon as draw_icon

register = template.Library()

COLOURS = {"error": "danger", "warning": "warning", "info": "info"}
FINDING_ICONS = {
    "danger": "ExclamationmarkTriangleFill",
    "warning": "ExclamationmarkTriangleFill",
    "info": "InformationSquareFill",
    "success": "CheckmarkCircleFill",
}
#: State of a section → (icon, colour, word). The word is what a screen reader hears.
TASK_STATES = {
    "done": ("CheckmarkCircleFill", "success", gettext_lazy("Ferdig")),
    "missing": ("ExclamationmarkTriangleFill", "danger", gettext_lazy("Noe mangler")),
    "waiting": ("Hourglass", "warning", gettext_lazy("Venter")),
    "editing": ("PencilWritingFill", "info", gettext_lazy("En kollega skriver her")),
    "new": ("Circle", "neutral", gettext_lazy("Ikke begynt")),
    "locked": ("PadlockLocked", "neutral", gettext_lazy("Ikke åpnet ennå")),
}


# --- Filters: amounts, dates, times --------------------------------------------------------------
def _is_blank(value: object) -> bool:
    return value is None or value == ""


@register.filter
def kr(value: int | None) -> str:
    """``1250000|kr`` → «1 250 000 kr». Nothing in, nothing out."""
    return "" if _is_blank(value) else wording.kroner(int(value or 0))


@register.filter
def kr_change(value: int | None) -> str:
    """A change with its sign: «+20 000 kr», «−5 000 kr»."""
    return "" if _is_blank(value) else wording.kroner(int(value or 0), signed=True)


@register.filter
def number(value: int | None) -> str:
    """``1250000|number`` → «1 250 000»."""
    return "" if _is_blank(value) else wording.number(int(value or 0))


@register.filter
def percent(value: float | Decimal | None, decimals: int = 1) -> str:
    """A share of one: ``0.118|percent`` → «11,8 %», ``0.4|percent:0`` → «40 %»."""
    return "" if value is None or value == "" else wording.percent(value, decimals=decimals)


@register.filter
def day(value: date | datetime | None, form: str = "") -> str:
    """«20. januar 2027»; ``|day:"weekday"`` → «onsdag …», ``|day:"short"`` → «20. jan»."""
    if not value:
        return ""
    if form == "short":
        return wording.short_day(value)
    return wording.day(value, weekday=form == "weekday")


@register.filter
def clock(value: datetime | None) -> str:
    """``|clock`` → «kl. 14.32», always Oslo time."""
    return wording.clock(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """``|moment`` → «20. januar 2027 kl. 14.32»."""
    return wording.moment(value) if value else ""


@register.filter
def days_left(deadline: date | datetime | None, today: date | datetime) -> str:
    """``deadline|days_left:today`` → «8 dager igjen», «i dag», «3 dager over fristen»."""
    return wording.days_left(deadline, today) if deadline else ""


@register.filter
def isoday(value: date | datetime | None) -> str:
    """For ``<time datetime>``: «2027-01-20»."""
    return wording.norwegian_date(value).isoformat() if value else ""


# --- Small pieces --------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "Person" %}``: Aksel's drawing, hidden from screen readers."""
    return draw_icon(name)


@register.inclusion_tag("design/components/turn.html")
def turn(text: str, since: date | datetime | None = None, mine: bool = False) -> dict[str, Any]:
    """Whose turn it is, since when: ``{% turn "Deres tur" since mine=True %}``."""
    return {"text": text, "since": since, "mine": mine}


@register.inclusion_tag("design/components/status_tag.html")
def status_tag(text: str, color: str = "neutral", icon: str = "") -> dict[str, Any]:
    """A state in words on a tint: ``{% status_tag "Sendt inn" "info" %}``."""
    return {"text": text, "color": color, "icon": icon}


@register.inclusion_tag("design/components/empty_state.html")
def empty_state(
    title: str, text: str = "", url: str = "", action: str = "", icon: str = "Inbox"
) -> dict[str, Any]:
    """What stands where a list would stand: why it is empty, and what to do about it."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


# --- Lists ---------------------------------------------------------------------------------------
def _address(context: Context, **changes: str | int) -> str:
    """This page's own query string with some keys changed; an empty value takes the key away."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    if query is None:
        return "?" + "&".join(f"{key}={value}" for key, value in changes.items() if value != "")
    for key, value in changes.items():
        query.pop(key, None)
        if value != "":
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def address_with(context: Context, **changes: str | int) -> str:
    """``{% address_with status="sent" page="" %}``: the same list with another filter."""
    return _address(context, **changes)


@register.inclusion_tag("design/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], key: str = "page") -> dict[str, Any]:
    """Pages of a list as links that keep filter and sorting. Draws nothing for one page."""
    paginator = page.paginator
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    steps = [
        {"number": None}
        if not isinstance(step, int)
        else {
            "number": step,
            "url": _address(context, **{key: step}),
            "current": step == page.number,
        }
        for step in numbers
    ]
    before = _address(context, **{key: page.number - 1}) if page.has_previous() else ""
    after = _address(context, **{key: page.number + 1}) if page.has_next() else ""
    return {"page": page, "steps": steps, "previous": before, "next": after}


@register.inclusion_tag("design/components/sort_header.html", takes_context=True)
def sort_header(
    context: Context, label: str, field: str, sort: str = "", numeric: bool = False
) -> dict[str, Any]:
    """A column head that sorts: ``{% sort_header "Søkt" "amount" sort numeric=True %}``.

    ``sort`` is what the list is sorted by now: «amount» rising, «-amount» falling. A link, so
    it works without JavaScript and can be shared.
    """
    direction = {field: "ascending", f"-{field}": "descending"}.get(sort, "none")
    after = f"-{field}" if direction == "ascending" else field
    return {
        "label": label,
        "direction": direction,
        "numeric": numeric,
        "url": _address(context, sort=after, page=""),
        "role": context.get("card_table", False),
    }


@register.inclusion_tag("design/components/tasklist.html")
def tasklist(sections: Iterable[Mapping[str, Any]], label: str = "") -> dict[str, Any]:
    """The parts of a form with done/missing: items have url, label, state, note, current.

    ``state`` is one of done, missing, waiting, editing, new, locked; ``note`` replaces its word.
    """
    drawn = []
    for section in sections:
        name, colour, word = TASK_STATES[section["state"]]
        note = section.get("note") or word
        drawn.append({**section, "icon": name, "color": colour, "note": note})
    done = sum(1 for section in drawn if section["state"] == "done")
    return {"sections": drawn, "label": label or _("Deler"), "done": done}


# --- Findings and errors -------------------------------------------------------------------------
def _finding_color(finding: Any) -> str:
    if finding.met is True:
        return "success"
    if finding.met is None:
        # An error that cannot be judged stops a case too, so it must be seen.
        return "warning" if str(finding.severity) == "error" else "info"
    return COLOURS.get(str(finding.severity), "info")


@register.inclusion_tag("design/components/finding.html")
def finding(finding: Any, id: str = "") -> dict[str, Any]:
    """What a rule found: what is wrong, how to mend it, and the paragraph, in this order.

    ``finding`` has severity, met (True, False, None = cannot be judged), said(translate),
    mend(translate), reference, rule_id.
    """
    color = _finding_color(finding)
    return {
        "finding": finding,
        "id": id,
        "color": color,
        "icon": FINDING_ICONS[color],
        "said": finding.said(_),
        "mend": finding.mend(_) if finding.met is not True else "",
        "cited": finding.cited(_) if hasattr(finding, "cited") else finding.reference,
        "unjudged": finding.met is None,
    }


@register.inclusion_tag("design/components/findings.html")
def findings(findings: Sequence[Any], title: str = "") -> dict[str, Any]:
    """All findings of a case together; nothing at all when there are none."""
    return {"findings": findings, "title": title}


@register.inclusion_tag("design/components/error_summary.html")
def error_summary(*forms: BaseForm | None, title: str = "") -> dict[str, Any]:
    """What must be corrected, with a link to each field; takes focus after a failed sending.

    ``{% error_summary form %}`` or several forms at once; draws nothing when all is well.
    """
    return {
        "errors": [line for form in forms if form is not None for line in _error_lines(form)],
        "title": title or _("Dette må rettes"),
    }


def _error_lines(form: BaseForm) -> list[dict[str, str]]:
    if not form.is_bound:
        return []
    lines = [{"text": str(text), "target": ""} for text in form.non_field_errors()]
    for bound in form:
        target = _first_control(bound)
        lines += [
            {"text": _labelled(str(bound.label or ""), str(text)), "target": target}
            for text in bound.errors
        ]
    return lines


def _labelled(label: str, text: str) -> str:
    """«Beløp: Skriv hele kroner.», but «Hva heter tiltaket? Skriv en tittel.»"""
    if not label:
        return text
    return f"{label} {text}" if label.endswith(("?", ":", ".")) else f"{label}: {text}"


def _first_control(bound: BoundField) -> str:
    """The id a link can go to: radios and checkboxes have one control for each choice."""
    if bound.is_hidden:
        return ""
    return bound.id_for_label or f"{bound.auto_id}_0" if bound.auto_id else ""


# --- Form fields ---------------------------------------------------------------------------------
@register.simple_tag
def findings_at(bound: BoundField) -> Sequence[Any]:
    """The findings of this field; a form carries them as ``findings = {"field": [finding]}``."""
    found: Mapping[str, Sequence[Any]] = getattr(bound.form, "findings", {})
    return found.get(bound.name, ())


@register.simple_tag
def control(bound: BoundField, css_class: str = "ds-input") -> SafeString:
    """The input itself, with its class, described by help, error and findings."""
    attrs: dict[str, Any] = {"class": " ".join(filter(None, [_own_class(bound), css_class]))}
    found = findings_at(bound)
    if not bound.use_fieldset and (text := described_by(bound)):
        attrs["aria-describedby"] = text
    if bound.errors or any(_finding_color(one) == "danger" for one in found):
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs=attrs)


@register.filter
def described_by(bound: BoundField) -> str:
    """The ids of help, error and findings; radios and checkboxes have them on the fieldset."""
    parts = [bound.field.widget.attrs.get("aria-describedby", ""), bound.aria_describedby or ""]
    parts += [f"{bound.auto_id}_finding{n}" for n, _ in enumerate(findings_at(bound), start=1)]
    return " ".join(filter(None, parts))


def _own_class(bound: BoundField) -> str:
    return str(bound.field.widget.attrs.get("class", ""))


@register.filter
def control_kind(bound: BoundField) -> str:
    """Which shape of field this is: choices, checkbox, file, hidden or line."""
    kind = getattr(bound.field.widget, "input_type", "")
    if kind in {"radio", "checkbox"}:
        return "choices" if bound.use_fieldset else "checkbox"
    return {"file": "file", "hidden": "hidden"}.get(kind, "line")


@register.filter
def need_word(bound: BoundField) -> str:
    """«må fylles ut» or «valgfritt». A field says otherwise with ``need_word`` of its own."""
    own = getattr(bound.field, "need_word", None)
    if own is not None:
        return str(own)
    return _("må fylles ut") if bound.field.required else _("valgfritt")
