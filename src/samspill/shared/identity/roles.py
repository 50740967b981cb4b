"""The roles (rollene) a person can hold in a mandate."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a mandate lets a person do. A person may hold several; one at a time is active."""

    CASE_WORKER = "case_worker", _("Saksbehandler")
    APPROVER = "approver", _("Godkjenner")
    OWNER_EDITOR = "owner_editor", _("Skriver for eier")
    OWNER_SIGNER = "owner_signer", _("Signerer for eier")
    ENVIRONMENT_SIGNER = "environment_signer", _("Signerer for kompetansemiljø")
    FORUM_MEMBER = "forum_member", _("Medlem av samarbeidsforum")
    REGION_COORDINATOR = "region_coordinator", _("Regionkoordinator")
    UNION_REPRESENTATIVE = "union_representative", _("Tillitsvalgt")
    EMPLOYEE = "employee", _("Ansatt")
    FACILITATOR = "facilitator", _("Leder av samling")
    AUDITOR = "auditor", _("Revisor")
    PLATFORM_ADMINISTRATOR = "platform_administrator", _("Plattformansvarlig")


#: Those who write and sign for an owner.
OWNER = (Role.OWNER_EDITOR, Role.OWNER_SIGNER)
#: Those who work at the county governor's office (statsforvalteren).
SECRETARIAT = (Role.CASE_WORKER, Role.APPROVER)
EVERYONE = tuple(Role)
