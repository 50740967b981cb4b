"""Writing, seeing, sending and approving the announcement."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samspill.apps.cycle import access, actions, queries
from samspill.apps.cycle.forms import AnnouncementForm, ReturnForm
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import SECRETARIAT, Role
from samspill.shared.states import IllegalMove

PER_PAGE = 50


@door(*SECRETARIAT)
@require_http_methods(["GET", "POST"])
def draft(request, pk):
    """Write the announcement. «Lag teksten på nytt» fills the form from the template, unsaved."""
    cycle = queries.cycle_on_board(request.actor, pk)
    found = queries.announcement_of(cycle)
    access.may_prepare(request.actor, cycle, found).or_refuse()
    if request.method == "POST" and "fresh" not in request.POST:
        return _save_draft(request, cycle, found)
    saved = queries.texts_of(found)
    if "fresh" in request.POST or not saved:
        saved = queries.drafted_texts(cycle)
    return _draft(request, cycle, found, AnnouncementForm(initial=saved))


def _save_draft(request, cycle, found):
    form = AnnouncementForm(request.POST)
    if not form.is_valid():
        return _draft(request, cycle, found, form, status=422)
    try:
        actions.draft_announcement(
            cycle=cycle,
            **form.cleaned_data,
            seen_hash=request.POST.get("seen"),
            by=request.actor,
            at=request.at,
        )
    except actions.ContentMoved as moved:
        found = queries.announcement_of(cycle)
        theirs = queries.differences(moved.before, moved.now)
        return _draft(request, cycle, found, form, theirs=theirs, status=409)
    return redirect("cycle:preview", cycle.pk)


def _draft(request, cycle, found, form, theirs=(), status=200):
    typed = request.POST.get("seen") if status == 422 else None
    context = {
        "cycle": cycle,
        "announcement": found,
        "form": form,
        "seen": typed if typed is not None else queries.texts_hash_of(found),
        "theirs": theirs,
        "stale": found is not None and found.facts_hash != queries.facts_hash_of(cycle),
        "fresh": "fresh" in request.POST,
        "crumbs": _crumbs(cycle, _("Kunngjøring")),
    }
    return render(request, "cycle/draft.html", context, status=status)


@door(*SECRETARIAT, Role.AUDITOR)
@require_GET
def preview(request, pk):
    """Both texts, the receivers, and what happens next."""
    cycle, found = queries.announcement_for(request.actor, pk)
    return _preview(request, cycle, found, ReturnForm())


@door(*SECRETARIAT)
@require_POST
def send(request, pk):
    """Send it to another person for approval."""
    cycle, found = queries.announcement_for(request.actor, pk)
    try:
        actions.send_for_approval(
            announcement=found,
            seen_hash=request.POST.get("seen", ""),
            by=request.actor,
            at=request.at,
        )
    except actions.ContentMoved as moved:
        return _moved(request, cycle, moved)
    messages.success(request, _("Kunngjøringen er sendt til godkjenning."))
    return redirect("cycle:preview", pk)


@door(*SECRETARIAT)
@require_POST
def approve(request, pk):
    """Approve and publish: goes to every possible receiver."""
    cycle, found = queries.announcement_for(request.actor, pk)
    try:
        published = actions.approve_announcement(
            announcement=found,
            seen_hash=request.POST.get("seen", ""),
            by=request.actor,
            at=request.at,
        )
    except actions.ContentMoved as moved:
        return _moved(request, cycle, moved)
    messages.success(request, _("Midlene er kunngjort, og skjemaet er åpent."))
    return redirect("cycle:announcement", published.pk)


@door(*SECRETARIAT)
@require_POST
def give_back(request, pk):
    """Send it back to draft with a note."""
    cycle, found = queries.announcement_for(request.actor, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _preview(request, cycle, found, form, status=422)
    try:
        actions.return_announcement(
            announcement=found, note=form.cleaned_data["note"], by=request.actor, at=request.at
        )
    except IllegalMove:
        return render(request, "design/409.html", status=409)
    messages.success(request, _("Kunngjøringen er sendt tilbake."))
    return redirect(
        "cycle:draft" if found.prepared_by_id == request.actor.person_id else "cycle:preview", pk
    )


def _preview(request, cycle, found, form, status=200):
    facts_hash = queries.facts_hash_of(cycle)
    content = queries.content_of(cycle, found)
    page = Paginator(queries.receivers_shown(cycle, found), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "cycle": cycle,
        "announcement": found,
        "written": [
            (said, queries.blocks(said["text"]))
            for said in (queries.in_language(found, "nb"), queries.in_language(found, "nn"))
        ],
        "page": page,
        "receivers": queries.receiver_count(cycle, found),
        "seen": queries.content_hash_of(content),
        "changed": queries.differences(found.content, content)
        if found.state == "awaiting_approval"
        else [],
        "may_prepare": access.may_prepare(request.actor, cycle, found),
        "may_send": access.may_send(request.actor, cycle, found, facts_hash=facts_hash),
        "may_approve": access.may_approve(request.actor, cycle, found, facts_hash=facts_hash),
        "may_return": access.may_return(request.actor, cycle, found),
        "form": form,
        "crumbs": _crumbs(cycle, _("Kunngjøring")),
    }
    return render(request, "cycle/preview.html", context, status=status)


def _moved(request, cycle, moved):
    """409: what is not the same as when it was seen."""
    context = {
        "cycle": cycle,
        "differences": queries.differences(moved.before, moved.now) if moved.before else [],
        "crumbs": _crumbs(cycle, _("Kunngjøring")),
    }
    return render(request, "cycle/moved.html", context, status=409)


def _crumbs(cycle, last):
    words = _("Årshjul {year}").format(year=cycle.year)
    return [{"label": words, "url": reverse("cycle:board", args=[cycle.pk])}, {"label": last}]
