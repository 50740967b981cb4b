"""Pages about registers, receivers and account numbers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samspill.apps.organisations import access, actions, queries
from samspill.apps.organisations.forms import AccountForm, ConfirmForm
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import SECRETARIAT, Role

PER_PAGE = 50


@door(public=True)
@require_GET
def sources(request):
    """Where the data come from, with licence and date."""
    return render(request, "organisations/sources.html", {"sources": queries.SOURCES})


@door(*SECRETARIAT, Role.AUDITOR, Role.PLATFORM_ADMINISTRATOR)
@require_GET
def register(request, county):
    """The last loading of the county's registers: what came in, what was left out and why."""
    report = queries.load_report(request.actor, county)
    may_confirm = request.actor.has(*SECRETARIAT)
    context = {"report": report, "may_confirm": may_confirm}
    return render(request, "organisations/register.html", context)


@door(*SECRETARIAT)
@require_GET
def unconfirmed(request, county):
    """Receivers that nobody has confirmed yet, with search."""
    query = request.GET.get("q", "")[:100]
    rows = queries.unconfirmed_in(request.actor, county, query)
    context = {
        "county": queries.reached_county(request.actor, county),
        "query": query,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "organisations/unconfirmed.html", context)


@door(*SECRETARIAT)
@require_http_methods(["GET", "POST"])
def confirm(request, county, pk):
    """Confirm one receiver."""
    owner = queries.unconfirmed_receiver(request.actor, county, pk)
    may = access.may_confirm(request.actor, owner)
    if request.method == "POST":
        may.or_refuse()
        form = ConfirmForm(request.POST)
        if form.is_valid() and _confirmed(request, form, owner):
            return redirect("organisations:unconfirmed", county)
    else:
        form = ConfirmForm(initial={"name": queries.suggested_name(owner)})
    context = {"owner": owner, "county": county, "form": form, "may": may}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/confirm.html", context, status=status)


def _confirmed(request, form, owner):
    try:
        owner = actions.confirm_owner(
            owner=owner, **form.cleaned_data, by=request.actor, at=request.at
        )
    except actions.Refused as refused:
        form.add_error(refused.field, refused)
        return False
    messages.success(request, _("%(name)s er bekreftet.") % {"name": owner.name})
    return True


@door(Role.OWNER_SIGNER, Role.ENVIRONMENT_SIGNER)
@require_http_methods(["GET", "POST"])
def account(request):
    """Enter or change one's own organisation's account number."""
    organisation = queries.signers_organisation(request.actor)
    form = AccountForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.enter_account(
            organisation=organisation,
            number=form.cleaned_data["number"],
            by=request.actor,
            at=request.at,
        )
        messages.success(request, _("Kontonummeret er lagret."))
        return redirect("organisations:account")
    used = queries.account_of(organisation)
    context = {
        "organisation": organisation,
        "account": used,
        "masked": queries.masked(used.number) if used else "",
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "organisations/account.html", context, status=status)
