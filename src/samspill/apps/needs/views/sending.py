"""Seeing over and sending (se over og send), the receipt, and withdrawing."""

from datetime import datetime

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samspill.apps.needs import access, actions, queries
from samspill.apps.needs.queries.shown import changed_after, readable
from samspill.apps.needs.queries.turns import milestones_ahead
from samspill.apps.needs.views import frame, rows
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import OWNER, Role
from samspill.shared.states import IllegalMove, RulesBroken


@door(*OWNER)
@require_GET
def review(request, report_pk):
    report = queries.report_for(request.actor, report_pk)
    if not access.may_edit(request.actor, report):
        return redirect("needs:read", report_pk=report.pk)
    return _review_page(request, report)


@door(*OWNER)
@require_POST
def ask(request, report_pk):
    """Ask every partner to sign what stands now."""
    report = queries.report_for(request.actor, report_pk)
    try:
        actions.send_to_partner(report=report, by=request.actor, at=request.at)
    except actions.Refused as refused:
        return _review_page(request, report, problem=refused.message, status=422)
    except IllegalMove:
        return _review_page(request, report, problem=_moved(), status=409)
    messages.success(request, _("Partnerne har fått beskjed om å lese og signere."))
    return redirect("needs:review", report_pk=report.pk)


@door(*OWNER)
@require_POST
def submit(request, report_pk):
    report = queries.report_for(request.actor, report_pk)
    seen = request.POST.get("seen", "")
    try:
        actions.submit_report(
            report=report, content_hash_seen=seen, by=request.actor, at=request.at
        )
    except RulesBroken as broken:
        return _review_page(request, report, broken=broken.findings, status=422)
    except actions.Refused as refused:
        return _review_page(request, report, problem=refused.message, status=422)
    except actions.ContentMoved:
        fresh = queries.report_for(request.actor, report_pk)
        return _review_page(request, fresh, moved=_since(request, fresh), status=409)
    except IllegalMove:
        return _review_page(request, report, problem=_moved(), status=409)
    return redirect("needs:receipt", report_pk=report.pk)


@door(*OWNER)
@require_GET
def receipt(request, report_pk):
    report = queries.report_for(request.actor, report_pk)
    submission = queries.last_submission(report)
    if submission is None:
        return redirect("needs:report", report_pk=report.pk)
    context = frame.of_report(request, report, (), here=_("Kvittering"))
    context |= {
        "submission": submission,
        "milestones": milestones_ahead(report, request.at),
        "content": submission.content,
    }
    return render(request, "needs/receipt.html", context)


@door(*OWNER)
@require_http_methods(["GET", "POST"])
def withdraw(request, report_pk):
    report = queries.report_for(request.actor, report_pk)
    if request.method == "POST":
        try:
            actions.withdraw_report(report=report, by=request.actor, at=request.at)
        except IllegalMove:
            messages.warning(request, _moved())
        else:
            messages.success(request, _("Meldingen er trukket."))
        return redirect("needs:report", report_pk=report.pk)
    context = frame.of_report(request, report, (), here=_("Trekk meldingen"))
    context["may_withdraw"] = access.may_withdraw(request.actor, report)
    return render(request, "needs/withdraw.html", context)


def _review_page(request, report, *, broken=None, moved=None, problem="", status=200):
    findings = broken if broken is not None else queries.findings_of(report, request.at)
    _tasks, drawn, _writing = frame.task_list(request, report, findings, current="review")
    owners = [one for one in findings if one.audience == "owner"]
    context = frame.of_report(request, report, findings, here=_("Se over og send"))
    context |= {
        "tasks": drawn,
        "stopping": [_linked(report, one) for one in findings if one.stops],
        "noted": [_linked(report, one) for one in owners if one.met is False and not one.stops],
        "content": readable(queries.content_of(report)),
        "seen": queries.content_hash(report),
        "seen_at": request.at,
        "partners": rows.partner_states(report),
        "may_submit": access.may_submit(request.actor, report),
        "is_signer": request.actor.has(Role.OWNER_SIGNER),
        "accounts": queries.accounts_of(report),
        "own_organisation": request.actor.organisation_id,
        "returned": queries.open_return(report),
        "moved": moved,
        "is_moved": moved is not None,
        "problem": problem,
        "is_attempt": broken is not None,
    }
    return render(request, "needs/review.html", context, status=status)


def _linked(report, finding):
    """A finding with the address of the field it speaks about."""
    section = queries.section_of(finding.field)
    url = ""
    if finding.field and section.code != "review":
        url = f"{frame.section_url(report, section.code)}#felt-{finding.field.partition('.')[0]}"
    words, mend = finding.said(_), finding.mend(_)
    return {"finding": finding, "url": url, "section": section, "words": words, "mend": mend}


def _since(request, report):
    """What was written after the page was drawn; empty where the page did not say when."""
    try:
        drawn_at = datetime.fromisoformat(request.POST.get("seen_at", ""))
        return changed_after(report, drawn_at)
    except (ValueError, TypeError):
        return []


def _moved():
    return _("Meldingen har skiftet status siden dere åpnet siden. Se hvordan den står nå.")
