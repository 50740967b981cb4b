"""Who may do what with a needs report (hvem kan gjøre hva), each with a reason to show."""

from datetime import datetime

from django.utils.translation import gettext as _

from samspill.apps.cycle import queries as cycles
from samspill.apps.cycle.models import Cycle
from samspill.apps.needs.models import NeedsReport, NetworkOwner, Partner
from samspill.apps.organisations.models import Organisation
from samspill.regulation import parameters
from samspill.regulation.calendar import norwegian_day
from samspill.shared.identity.access import YES, Answer, no
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import OWNER, SECRETARIAT, Role

State = NeedsReport.State
#: States in which the lead owner may write.
EDITABLE = (*NeedsReport.UNSENT, State.RETURNED)


def may_start(actor: Actor, owner: Organisation, cycle: Cycle, at: datetime) -> Answer:
    """Begin a report: one who writes for the owner, an owner of the scheme, and an open form."""
    if not actor.has(*OWNER) or actor.organisation_id != owner.pk:
        return no(_("Bare de som skriver for eieren, kan starte en behovsmelding."))
    if not reports_in(owner, cycle, at):
        return no(_("Dere kan ikke melde behov i denne ordningen."))
    if owner.county_id != cycle.county_id:
        return no(_("Dere melder behov i fylket dere hører til."))
    return cycles.form_is_open(cycle, at)


def reports_in(owner: Organisation, cycle: Cycle, at: datetime) -> bool:
    """The owner is of a kind that reports needs in the cycle's scheme (rule K19 says the same)."""
    reporters = parameters.scheme(cycle.scheme, norwegian_day(at)).reporters
    return owner.kind in {str(kind) for kind in reporters}


def may_edit(actor: Actor, report: NeedsReport) -> Answer:
    """Write in the report: the lead owner's people, until it is sent, or while it is returned."""
    if not actor.has(*OWNER) or actor.organisation_id != report.owner_id:
        return no(_("Bare eieren som leder tiltaket, kan endre meldingen."))
    if report.state in EDITABLE:
        return YES
    if report.state == State.WITHDRAWN:
        return no(_("Meldingen er trukket og kan ikke endres."))
    return no(_("Meldingen er sendt og kan ikke endres. Sekretariatet kan sende den tilbake."))


def may_submit(actor: Actor, report: NeedsReport) -> Answer:
    """Send the report: the lead owner's signer, and only for an owner that is confirmed.

    Whether the rules let it through, and whether partners have signed, is judged when it is sent.
    """
    if not actor.has(Role.OWNER_SIGNER) or actor.organisation_id != report.owner_id:
        return no(_("Bare den som signerer for eieren, kan sende meldingen."))
    if not report.owner.is_confirmed:
        return no(
            _(
                "Eieren er ikke bekreftet: organisasjonsnummer eller godkjenning mangler. "
                "Ta kontakt med sekretariatet, så kan dere sende når det er på plass."
            )
        )
    if report.state in (State.DRAFT, State.AWAITING_PARTNER):
        return no(_("Alle partnerne må bekrefte meldingen før dere kan sende den."))
    if report.state not in (State.READY, State.RETURNED):
        return no(_("Meldingen er allerede sendt eller trukket."))
    return YES


def may_withdraw(actor: Actor, report: NeedsReport) -> Answer:
    """Withdraw: who writes for the owner while it is unsent, only the signer once it is sent."""
    if actor.organisation_id != report.owner_id or not actor.has(*OWNER):
        return no(_("Bare eieren kan trekke meldingen."))
    if report.state == State.WITHDRAWN:
        return no(_("Meldingen er allerede trukket."))
    if report.state in NeedsReport.SENT and not actor.has(Role.OWNER_SIGNER):
        return no(_("Bare den som signerer for eieren, kan trekke en melding som er sendt."))
    return YES


def may_sign(actor: Actor, partner: Partner) -> Answer:
    """Co-sign for the partner. Nobody signs on both sides: that follows the person."""
    report = partner.report
    if not actor.has(Role.ENVIRONMENT_SIGNER) or actor.organisation_id != partner.environment_id:
        return no(_("Bare den som signerer for kompetansemiljøet, kan bekrefte meldingen."))
    if partner.asked_at is None or report.state not in (State.AWAITING_PARTNER, State.RETURNED):
        return no(_("Meldingen venter ikke på bekreftelse fra dere nå."))
    if actor.person_id == report.created_by_id or _is_owners(actor, report):
        return no(
            _(
                "Du kan ikke bekrefte en melding du selv har skrevet, eller for en eier du har "
                "eller har hatt fullmakt for. Be en kollega om å bekrefte."
            )
        )
    return YES


def may_confirm_network(actor: Actor, network_owner: NetworkOwner) -> Answer:
    """Say yes to be part of a network's report: the invited owner's signer."""
    if not actor.has(Role.OWNER_SIGNER) or actor.organisation_id != network_owner.owner_id:
        return no(_("Bare den som signerer for eieren som er invitert, kan bekrefte."))
    if network_owner.report.state not in EDITABLE:
        return no(_("Meldingen er sendt eller trukket. Det er for sent å bli med."))
    return YES


def may_return(actor: Actor, report: NeedsReport) -> Answer:
    """Send back for completion: the deciding authority's case workers."""
    if not may_handle(actor, report):
        return may_handle(actor, report)
    if report.state not in (State.SUBMITTED, State.COMPLETE):
        return no(_("Bare en melding som er sendt inn, kan sendes tilbake."))
    return YES


def may_mark_complete(actor: Actor, report: NeedsReport) -> Answer:
    """Say that the report is complete and ready for assessment."""
    if not may_handle(actor, report):
        return may_handle(actor, report)
    if report.state != State.SUBMITTED:
        return no(_("Bare en melding som er sendt inn, kan merkes som komplett."))
    return YES


def may_extend(actor: Actor, report: NeedsReport) -> Answer:
    """Give one report a later deadline (K13): the owner must have asked, for drafts are its own."""
    if not may_handle(actor, report):
        return may_handle(actor, report)
    if report.state not in NeedsReport.UNSENT:
        return no(_("Fristen kan bare utsettes for en melding som ikke er sendt."))
    return YES


def may_handle(actor: Actor, report: NeedsReport) -> Answer:
    """Work with the case: the office of the authority that decides, in its own counties.

    Never someone who has or has had a mandate at a party: the tie follows the person
    (forvaltningsloven § 6).
    """
    if not actor.has(Role.CASE_WORKER):
        return no(_("Bare saksbehandlere hos den som avgjør saken, kan gjøre dette."))
    cycle = report.cycle
    if actor.organisation_id != cycle.authority_id or cycle.county_id not in actor.counties:
        return no(_("Saken hører til et annet embete."))
    if any(actor.ever_at(party) for party in parties_of(report)):
        return no(
            _("Du har eller har hatt en rolle hos en av partene. En kollega må vurdere meldingen.")
        )
    return YES


def parties_of(report: NeedsReport) -> set[int]:
    """Owner, network owners and partners: the organisations the case is about."""
    network = {row.owner_id for row in report.network.all()}
    partners = {row.environment_id for row in report.partners.all()}
    return {report.owner_id} | network | partners


def is_secretariat_of(actor: Actor, cycle: Cycle) -> bool:
    """A case worker or approver of the authority that decides in this cycle."""
    return (
        actor.has(*SECRETARIAT)
        and actor.organisation_id == cycle.authority_id
        and cycle.county_id in actor.counties
    )


def _is_owners(actor: Actor, report: NeedsReport) -> bool:
    """The person writes or has written for an owner in the report, in any mandate ever held."""
    owners = {report.owner_id, *(row.owner_id for row in report.network.all())}
    return any(m.role in OWNER and m.organisation_id in owners for m in actor.mandates)
