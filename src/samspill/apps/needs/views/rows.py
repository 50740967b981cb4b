"""What the buttons inside the form do besides saving (knappene): lines, partners, owners, files."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from samspill.apps.needs import actions, queries
from samspill.apps.needs.queries import choices
from samspill.shared.files.storage import FileRefused, store_upload


@dataclass(frozen=True)
class Command:
    """What the button said: «remove_line:12». `anchor`: where on the page we come back to."""

    verb: str = ""
    argument: str = ""
    anchor: str = ""
    query: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why the button could not do it, and the field it belongs to."""

    message: str
    field: str
    anchor: str


ANCHORS = {
    "stay": "skjema",
    "mine": "skjema",
    "theirs": "skjema",
    "find_partner": "felt-partners",
    "find_owner": "felt-owners",
    "add_partner": "felt-partners",
    "remove_partner": "felt-partners",
    "ask_partner": "felt-partners",
    "invite_owner": "felt-owners",
    "remove_owner": "felt-owners",
    "add_line": "felt-budget",
    "remove_line": "felt-budget",
    "attach": "felt-attachments",
    "remove_file": "felt-attachments",
}


def command_of(sent):
    """The button that was pressed; anything unknown only saves."""
    verb, _colon, argument = sent.get("do", "").partition(":")
    if verb not in ANCHORS:
        return Command()
    words = sent.get(verb, "")[:100] if verb.startswith("find_") else ""
    return Command(verb, argument, ANCHORS[verb], urlencode({"finn": words}) if words else "")


def without_command(sent, command):
    """What was sent, with the field that took the other's text left out: it shows what stands."""
    if command.verb != "theirs":
        return sent
    kept = sent.copy()
    kept.pop(f"seen-{command.argument.replace('.', '__')}", None)
    return kept


def perform(request, report, command):
    """Do it. Gives a Refusal where it cannot be done; a file that came along is always taken."""
    try:
        _attach(request, report)
        verb = VERBS.get(command.verb)
        if verb is not None:
            verb(request, report, command.argument)
    except actions.Refused as refused:
        field = refused.field or command.anchor.removeprefix("felt-")
        return Refusal(refused.message, field, command.anchor)
    except FileRefused as refused:
        return Refusal(str(refused), "attachments", "id_attachment")
    return None


def _attach(request, report):
    upload = request.FILES.get("attachment")
    if upload is None:
        if request.POST.get("do") == "attach":
            raise FileRefused(_("Velg en fil først."))
        return
    stored = store_upload(upload, at=request.at)
    actions.add_attachment(report=report, file=stored, by=request.actor, at=request.at)


def _add_line(request, report, _argument):
    receiver = choices.party_in(report, request.POST.get("new_receiver", ""))
    if receiver is None:
        raise actions.Refused(_("Velg hvem som skal motta beløpet."), field="budget")
    actions.add_budget_line(
        report=report,
        kind=request.POST.get("new_kind", ""),
        receiver=receiver,
        by=request.actor,
        at=request.at,
    )


def _remove_line(request, report, argument):
    line = _of(report.budget.all(), argument)
    actions.remove_budget_line(line=line, by=request.actor, at=request.at)


def _add_partner(request, report, argument):
    found = choices.environment_to_add(argument)
    actions.add_partner(report=report, environment=found, by=request.actor, at=request.at)


def _remove_partner(request, report, argument):
    row = _of(report.partners.all(), argument)
    actions.remove_partner(partner=row, by=request.actor, at=request.at)


def _ask_partner(request, report, argument):
    row = _of(report.partners.all(), argument)
    actions.ask_partner(partner=row, by=request.actor, at=request.at)


def _invite_owner(request, report, argument):
    found = choices.owner_to_invite(report, argument)
    actions.invite_network_owner(report=report, owner=found, by=request.actor, at=request.at)


def _remove_owner(request, report, argument):
    row = _of(report.network.all(), argument)
    actions.remove_network_owner(network_owner=row, by=request.actor, at=request.at)


def _remove_file(request, report, argument):
    row = _of(report.attachments.all(), argument)
    actions.remove_attachment(attachment=row, by=request.actor, at=request.at)


def _of(found, argument):
    """The row with this id among the report's own, or 404."""
    row = next((each for each in found if str(each.pk) == argument), None)
    if row is None:
        raise Http404
    return row


VERBS = {
    "add_line": _add_line,
    "remove_line": _remove_line,
    "add_partner": _add_partner,
    "remove_partner": _remove_partner,
    "ask_partner": _ask_partner,
    "invite_owner": _invite_owner,
    "remove_owner": _remove_owner,
    "remove_file": _remove_file,
}


@dataclass(frozen=True)
class PartnerState:
    """A partner with its signature, as the owner reads it."""

    row: object
    signature: object
    holds: bool
    changes: tuple[object, ...] = ()


def _telling(changes):
    """What says most in three lines: not whom a new line names, when its amounts follow."""
    parties = (".receiver", ".payee", ".kind")
    return [each for each in changes if each.before or not each.field.endswith(parties)]


def partner_states(report, *, says_what_moved=True):
    """The report's partners: not asked, waiting, signed, or to sign again (with what moved).

    What moved is the owner's to tell until it is sent.
    """
    now = queries.current_hash(report)
    made = []
    for row in report.partners.all():
        signature = queries.newest_signature(row)
        holds = queries.holds(signature, now)
        changes = ()
        if says_what_moved and signature is not None and not holds:
            row.report = report
            changes = tuple(_telling(queries.changes_since_signed(row))[:3])
        made.append(PartnerState(row, signature, holds, changes))
    return made
