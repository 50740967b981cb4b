"""What stands around every page of a report: where it stands, whose turn, the way back."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.apps.needs import queries
from samspill.apps.needs.queries import progress, turns
from samspill.shared.identity.roles import OWNER, SECRETARIAT, Role

#: The parts' addresses are Norwegian; the codes are the catalogue's.
ADDRESSES = {
    "about": "om-tiltaket",
    "assessment": "behovsvurdering",
    "partnership": "partnerskap",
    "aims": "maal",
    "phases": "faser",
    "budget": "budsjett",
    "sharing": "kunnskapsdeling",
    "review": "se-over",
}
CODES = {address: code for code, address in ADDRESSES.items()}


def section_url(report, code):
    """Where a part of the form is found."""
    if code == "review":
        return reverse("needs:review", args=[report.pk])
    return reverse("needs:section", args=[report.pk, ADDRESSES[code]])


def of_report(request, report, findings, *, here=""):
    """The context every page of the report shares."""
    return {
        "report": report,
        "status_color": turns.COLOURS[report.state],
        "turn": turns.turn_of(request.actor, report, findings),
        "today": timezone.localdate(request.at),
        "crumbs": crumbs(request, report, here),
    }


def crumbs(request, report, here=""):
    """Home, the list the reader came from, the report, this page."""
    made = [{"label": _("Min side"), "url": reverse("home:my_page")}]
    if request.actor.has(*OWNER):
        made.append({"label": _("Behovsmeldinger"), "url": reverse("overview:reports")})
    elif request.actor.has(Role.ENVIRONMENT_SIGNER):
        made.append({"label": _("Medsignering"), "url": reverse("needs:partner_list")})
    elif request.actor.has(*SECRETARIAT):
        made.append({"label": _("Meldinger"), "url": reverse("allocation:queue")})
    made.append({"label": str(report), "url": reverse("needs:report", args=[report.pk])})
    if here:
        made.append({"label": here})
    return made


def task_list(request, report, findings, *, current=""):
    """The eight parts as `{% tasklist %}` wants them, and who writes just now.

    Where the report is seen over, what is missing counts more than who is writing.
    """
    writing = []
    if current != "review":
        writing = queries.recently_changed(report, request.actor, request.at)
    tasks = progress.tasks(report, findings, writing)
    drawn = [
        {
            "url": section_url(report, task.section.code),
            "label": task.section.title,
            "state": task.state,
            "note": task.note,
            "current": task.section.code == current,
        }
        for task in tasks
    ]
    return tasks, drawn, writing
