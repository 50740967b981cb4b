"""What people may do with tasks."""

from django.utils.translation import gettext as _

from samspill.apps.records.models import Task
from samspill.shared.identity.access import YES, Answer, no
from samspill.shared.identity.actor import Actor
from samspill.shared.identity.roles import SECRETARIAT


def may_finish_task(actor: Actor, task: Task) -> Answer:
    """The authority's own case workers and approvers; an auditor only reads."""
    own = task.county_id in actor.counties and task.authority_id == actor.organisation_id
    if actor.has(*SECRETARIAT) and own:
        return YES
    return no(_("Bare sekretariatet som eier oppgaven, kan merke den som ferdig."))
