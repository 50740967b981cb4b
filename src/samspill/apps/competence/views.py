"""The owner's competence plan: what it needs, and the plan itself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samspill.apps.competence import actions, queries
from samspill.apps.competence.forms import NeedForm, PlanForm
from samspill.shared.files.serving import serve
from samspill.shared.files.storage import FileRefused, store_upload
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import OWNER


@door(*OWNER)
@require_GET
def overview(request):
    """Needs and plans of the owner."""
    context = {
        "owner": queries.owner_of(request.actor),
        "needs": queries.needs_of(request.actor),
        "plans": queries.plans_of(request.actor),
    }
    return render(request, "competence/overview.html", context)


@door(*OWNER)
@require_http_methods(["GET", "POST"])
def need(request):
    """Note a new need."""
    form = NeedForm()
    if request.method == "POST":
        form = NeedForm(request.POST)
        if form.is_valid() and _added(request, form, actions.add_need, form.cleaned_data):
            messages.success(request, _("Behovet er lagret."))
            return redirect("competence:overview")
    status = 422 if form.is_bound else 200
    return render(request, "competence/need.html", {"form": form}, status=status)


@door(*OWNER)
@require_http_methods(["GET", "POST"])
def plan(request):
    """Add the plan document."""
    form = PlanForm()
    if request.method == "POST":
        form = PlanForm(request.POST, request.FILES)
        if form.is_valid() and _plan_added(request, form):
            messages.success(request, _("Planen er lagret."))
            return redirect("competence:overview")
    status = 422 if form.is_bound else 200
    return render(request, "competence/plan.html", {"form": form}, status=status)


def _plan_added(request, form):
    values = dict(form.cleaned_data)
    if values["file"] and values["address"]:
        form.add_error("address", _("Velg en fil, eller skriv en adresse – ikke begge."))
        return False
    if values["file"]:
        try:
            values["file"] = store_upload(values["file"], at=request.at)
        except FileRefused as refused:
            form.add_error("file", str(refused))
            return False
    return _added(request, form, actions.add_plan, values)


def _added(request, form, action, values):
    try:
        owner = queries.owner_of(request.actor)
        action(owner=owner, **values, by=request.actor, at=request.at)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@door(*OWNER)
@require_GET
def document(request, pk):
    """The plan's file."""
    found = queries.plan_for(request.actor, pk)
    if found.file is None:
        raise Http404
    return serve(found.file)
