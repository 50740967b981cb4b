"""Agreements between owners and competence environments."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samspill.apps.partnerships import actions, queries
from samspill.apps.partnerships.forms import AgreementForm
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import OWNER, Role


@door(*OWNER, Role.ENVIRONMENT_SIGNER)
@require_GET
def overview(request):
    """The agreements of one's own organisation."""
    context = {
        "agreements": queries.agreements_of(request.actor),
        "may_add": request.actor.has(*OWNER),
    }
    return render(request, "partnerships/overview.html", context)


@door(*OWNER)
@require_http_methods(["GET", "POST"])
def add(request):
    """Register an agreement."""
    form = AgreementForm()
    if request.method == "POST":
        form = AgreementForm(request.POST)
        if form.is_valid() and _added(request, form):
            messages.success(request, _("Avtalen er lagret."))
            return redirect("partnerships:overview")
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/add.html", {"form": form}, status=status)


def _added(request, form):
    try:
        owner = queries.owner_of(request.actor)
        actions.add_agreement(owner=owner, **form.cleaned_data, by=request.actor, at=request.at)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
