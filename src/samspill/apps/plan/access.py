"""Who may load, adopt and use a plan version."""

from datetime import datetime

from django.utils.translation import gettext as _

from samspill.apps.cycle import access as cycle_access
from samspill.apps.cycle import queries as cycle_queries
from samspill.apps.cycle.models import Cycle
from samspill.apps.organisations.models import County, Organisation
from samspill.apps.plan.models import PlanVersion
from samspill.shared.identity.access import YES, Answer, no
from samspill.shared.identity.actor import Actor


def may_keep_plan(actor: Actor, authority: Organisation, county: County) -> Answer:
    """Load and copy versions: those who work at the authority, and the operator."""
    return cycle_access.may_set_up(actor, authority, county)


def may_use(actor: Actor, cycle: Cycle, version: PlanVersion, at: datetime) -> Answer:
    """Let a version govern a year: adopted, same scheme and county, year not yet announced."""
    if not (answer := cycle_access.may_change_year(actor, cycle)):
        return answer
    if (version.plan.scheme, version.plan.county_id) != (cycle.scheme, cycle.county_id):
        return no(_("Planen gjelder en annen ordning eller et annet fylke."))
    if not (answer := may_cite(version)):
        return answer
    if cycle_queries.form_is_open(cycle, at):
        return no(_("Året er kunngjort med en annen plan. Planen kan ikke byttes nå."))
    return YES


def may_cite(version: PlanVersion) -> Answer:
    """Letters and decisions cite only an adopted plan."""
    if version.is_adopted:
        return YES
    return no(_("Planen er et utkast og er ikke vedtatt. Bare en vedtatt plan kan styre et år."))
