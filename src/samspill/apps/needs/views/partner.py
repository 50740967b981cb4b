"""The partner's side (medsignering), and the network owner's yes."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspill.apps.needs import access, actions, queries
from samspill.apps.needs.forms import SignForm
from samspill.apps.needs.queries.choices import asks_teacher_education
from samspill.apps.needs.queries.doors import partnerships_of
from samspill.apps.needs.queries.shown import changed_after, readable
from samspill.apps.needs.views import frame
from samspill.shared.identity import sign_in
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import Role
from samspill.shared.states import IllegalMove, RulesBroken

ROWS = 50


@door(Role.ENVIRONMENT_SIGNER)
@require_GET
def partner_list(request):
    found = sorted(partnerships_of(request.actor), key=lambda row: not _waits(row))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = [{"partner": row, "waits": _waits(row), "signed": _standing(row)} for row in page]
    crumbs = [
        {"label": _("Min side"), "url": reverse("home:my_page")},
        {"label": _("Medsignering")},
    ]
    return render(
        request, "needs/partner_list.html", {"page": page, "rows": rows, "crumbs": crumbs}
    )


def _standing(row):
    """The signature that has not been voided; whether it fits is judged on the page itself."""
    signature = queries.newest_signature(row)
    return signature if signature is not None and signature.voided_at is None else None


def _waits(row):
    state = row.report.state
    return state in ("awaiting_partner", "returned") and _standing(row) is None


@door(Role.ENVIRONMENT_SIGNER)
@require_GET
def partner_report(request, partner_pk):
    partner = queries.partner_for(request.actor, partner_pk)
    kept = sign_in.kept(request)
    form = _form(partner, kept)
    return _page(request, partner, form, is_kept=kept is not None)


@door(Role.ENVIRONMENT_SIGNER)
@require_POST
def sign(request, partner_pk):
    partner = queries.partner_for(request.actor, partner_pk)
    form = _form(partner, request.POST)
    if not form.is_valid():
        return _page(request, partner, form, status=422)
    try:
        actions.sign_as_partner(
            partner=partner,
            content_hash_seen=form.cleaned_data["seen"],
            teacher_education=form.cleaned_data.get("teacher_education", ""),
            by=request.actor,
            at=request.at,
        )
    except RulesBroken as broken:
        return _page(request, partner, form, broken=broken.findings, status=422)
    except actions.Refused as refused:
        form.add_error("teacher_education" if "teacher_education" in form.fields else None,
                       refused.message)  # fmt: skip
        return _page(request, partner, form, status=422)
    except actions.ContentMoved:
        return _moved(request, partner_pk)
    except IllegalMove:
        return _page(request, partner, form, problem=_stands_elsewhere(), status=409)
    messages.success(request, _("Takk. Signaturen er lagret."))
    return redirect("needs:partner_report", partner_pk=partner.pk)


def _moved(request, partner_pk):
    """Somebody changed the report while the partner read it: the new content, and what is new."""
    partner = queries.partner_for(request.actor, partner_pk)
    form = _form(partner, request.POST)
    try:
        drawn_at = datetime.fromisoformat(request.POST.get("seen_at", ""))
        moved = changed_after(partner.report, drawn_at)
    except (ValueError, TypeError):
        moved = []
    return _page(request, partner, form, moved=moved, is_moved=True, status=409)


def _form(partner, sent):
    return SignForm(sent, asks_teacher_education=asks_teacher_education(partner))


def _page(request, partner, form, *, broken=(), moved=(), is_moved=False, problem="",
          is_kept=False, status=200):  # fmt: skip
    report = partner.report
    now = queries.current_hash(report)
    signature = queries.newest_signature(partner)
    form.findings = {"teacher_education": [one for one in broken if one.stops]}
    context = frame.of_report(request, report, ())
    context |= {
        "partner": partner,
        "form": form,
        "content": readable(queries.shown_content(request.actor, report)),
        "seen": now,
        "seen_at": request.at,
        "signature": signature,
        "holds": queries.holds(signature, now),
        "changes": queries.changes_since_signed(partner) if signature else [],
        "may_sign": access.may_sign(request.actor, partner),
        "attachments": list(report.attachments.all()),
        "moved": moved,
        "is_moved": is_moved,
        "problem": problem,
        "is_kept": is_kept,
        "broken": [one for one in broken if one.stops],
    }
    return render(request, "needs/partner_report.html", context, status=status)


def _stands_elsewhere():
    return _("Meldingen har skiftet status siden dere åpnet siden. Se hvordan den står nå.")


@door(Role.OWNER_SIGNER)
@require_POST
def confirm(request, network_pk):
    """Say yes to be part of a network's report."""
    row = queries.network_invitation_for(request.actor, network_pk)
    actions.confirm_network(network_owner=row, by=request.actor, at=request.at)
    messages.success(request, _("Dere er med i tiltaket."))
    return redirect("needs:read", report_pk=row.report_id)
