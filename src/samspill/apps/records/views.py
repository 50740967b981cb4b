"""The journal and the tasks, for the secretariat and the auditor."""

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspill.apps.records import actions, forms, queries
from samspill.shared.files.serving import serve
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import SECRETARIAT, Role
from samspill.shared.messages import actions as outbox
from samspill.shared.messages import queries as outbox_queries

PER_PAGE = 50


@door(*SECRETARIAT, Role.AUDITOR)
@require_GET
def journal(request):
    asked = forms.journal_filter(request.GET)
    rows = queries.journal(request.actor, asked)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "years": queries.journal_years(request.actor),
        "directions": forms.direction_choices(),
    }
    return render(request, "records/journal.html", context)


@door(*SECRETARIAT, Role.AUDITOR)
@require_GET
def document(request, pk):
    entry = queries.entry_for(request.actor, pk)
    if entry.document is None:
        raise Http404
    return serve(entry.document)


@door(*SECRETARIAT, Role.AUDITOR, Role.PLATFORM_ADMINISTRATOR)
@require_GET
def tasks(request):
    context = {
        "page": Paginator(queries.tasks_for(request.actor), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "failed": queries.failed_messages(request.actor)[:PER_PAGE],
        "at": request.at,
        "may_finish": request.actor.has(*SECRETARIAT),
    }
    return render(request, "records/tasks.html", context)


@door(*SECRETARIAT)
@require_POST
def finish_task(request, pk):
    task = queries.task_for(request.actor, pk)
    actions.finish_task(task=task, by=request.actor, at=request.at)
    flash.success(request, _("Oppgaven er merket som ferdig."))
    return redirect("records:tasks")


@door(*SECRETARIAT, Role.PLATFORM_ADMINISTRATOR)
@require_POST
def send_again(request, pk):
    message = outbox_queries.failed_for(request.actor, pk)
    outbox.try_again(message=message, by=request.actor, at=request.at)
    flash.success(request, _("Meldingen er lagt i køen og sendes på nytt."))
    return redirect("records:tasks")
