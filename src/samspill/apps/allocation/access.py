"""What may be done with an assessment or a scenario, and why not."""

from django.utils.translation import gettext as _

from samspill.apps.cycle.models import Cycle
from samspill.apps.needs.access import parties_of
from samspill.apps.needs.models import NeedsReport
from samspill.shared.identity.access import YES, Answer, no
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import Role


def may_assess(actor: Actor, report: NeedsReport) -> Answer:
    """A case worker of the county, without a tie to any party of the report.

    The tie follows the person over all mandates, ended ones too (forvaltningsloven § 6).
    """
    if not actor.has(Role.CASE_WORKER):
        return no(_("Bare saksbehandleren vurderer meldinger."))
    if not _works_with(actor, report.cycle):
        return no(_("Meldingen hører til et annet kontor."))
    if any(actor.ever_at(party) for party in parties_of(report)):
        return no(
            _("Du har eller har hatt en rolle hos en av partene. En kollega må vurdere meldingen.")
        )
    return YES


def may_compute(actor: Actor, cycle: Cycle) -> Answer:
    """Scenarios are made by the case worker; others at the office read them."""
    if not actor.has(Role.CASE_WORKER):
        return no(_("Bare saksbehandleren regner ut forslag."))
    if not _works_with(actor, cycle):
        return no(_("Forslaget hører til et annet kontor."))
    return YES


def _works_with(actor: Actor, cycle: Cycle) -> bool:
    """The deciding organisation's own people, in the counties they serve."""
    return cycle.county_id in actor.counties and cycle.authority_id == actor.organisation_id
