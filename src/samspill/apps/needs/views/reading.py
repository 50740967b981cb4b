"""Reading a report (lese): the overview, the whole content, files, the blank form."""

from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspill.apps.needs import access, actions, queries
from samspill.apps.needs.queries.blank import blank_form_data
from samspill.apps.needs.queries.shown import readable
from samspill.apps.needs.queries.standing import shown_attachments
from samspill.apps.needs.views import frame, rows
from samspill.shared.documents import render as render_letter
from samspill.shared.files.serving import serve
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import OWNER, SECRETARIAT, Role

READERS = (*OWNER, Role.ENVIRONMENT_SIGNER, *SECRETARIAT, Role.AUDITOR)
LETTERS = Path(__file__).parents[1] / "letters"


@door(*READERS)
@require_GET
def report(request, report_pk):
    found = queries.report_for(request.actor, report_pk)
    if request.actor.has(Role.ENVIRONMENT_SIGNER):
        own = [
            row
            for row in found.partners.all()
            if row.environment_id == request.actor.organisation_id
        ]
        return redirect("needs:partner_report", partner_pk=own[0].pk)
    if not request.actor.has(*OWNER) or request.actor.organisation_id != found.owner_id:
        return redirect("needs:read", report_pk=found.pk)
    return _overview(request, found)


def _overview(request, report):
    """The owner's own page: where it stands, what is missing, what to do next."""
    findings = queries.findings_of(report, request.at)
    _tasks, drawn, writing = frame.task_list(request, report, findings)
    context = frame.of_report(request, report, findings)
    context |= {
        "tasks": drawn,
        "may_edit": access.may_edit(request.actor, report),
        "may_withdraw": access.may_withdraw(request.actor, report),
        "go_to": _next_part(report, drawn),
        "partners": rows.partner_states(report),
        "sums": queries.sums_of(report),
        "returned": queries.open_return(report),
        "remarks": _remarks(report),
        "submissions": sorted(report.submissions.all(), key=lambda row: -row.pk),
        "writing": writing,
        "invited": list(report.network.all()),
        "notes": [one for one in findings if one.audience == "owner" and one.met is False
                  and one.severity == "warning"],
    }  # fmt: skip
    return render(request, "needs/report.html", context)


def _remarks(report):
    """The remarks of an open return, each with its field's name and address."""
    returned = queries.open_return(report)
    if returned is None:
        return []
    return [
        {
            "label": queries.label_of(row["field"]),
            "remark": row["remark"],
            "url": f"{frame.section_url(report, queries.section_of(row['field']).code)}"
            f"#felt-{row['field']}",
        }
        for row in returned.fields
    ]


def _next_part(report, drawn):
    """The first part that is not done: where the person most likely wants to go on."""
    returned = queries.open_return(report)
    if returned is not None:
        first = queries.section_of(returned.fields[0]["field"])
        return {"url": frame.section_url(report, first.code), "label": first.title}
    return next((each for each in drawn if each["state"] in ("new", "missing")), drawn[-1])


@door(*READERS)
@require_GET
def read(request, report_pk):
    found = queries.report_for(request.actor, report_pk)
    findings = queries.findings_of(found, request.at)
    invitation = next(
        (row for row in found.network.all() if row.owner_id == request.actor.organisation_id), None
    )
    if invitation is not None:
        invitation.report = found
    context = frame.of_report(request, found, findings, here=_("Les meldingen"))
    context |= {
        "content": readable(queries.shown_content(request.actor, found)),
        "attachments": shown_attachments(request.actor, found),
        "partners": rows.partner_states(found, says_what_moved=request.actor.has(*OWNER)),
        "may_edit": access.may_edit(request.actor, found),
        "invitation": invitation,
        "may_confirm": invitation and access.may_confirm_network(request.actor, invitation),
        "submission": queries.last_submission(found),
        "is_owner": request.actor.has(*OWNER),
    }
    return render(request, "needs/read.html", context)


@door(*READERS)
@require_GET
def attachment(request, attachment_pk):
    return serve(queries.attachment_for(request.actor, attachment_pk).file)


@door(*READERS)
@require_GET
def copy(request, submission_pk):
    submission = queries.submission_for(request.actor, submission_pk)
    return serve(actions.make_copy(submission, at=request.at))


@door(public=True)
@require_GET
def blank(request):
    """The form on paper, made from the same catalogue as the form on screen."""
    language = get_language() or "nb"
    return HttpResponse(
        _blank(language),
        headers={
            "Content-Type": "application/pdf",
            "Content-Disposition": f'attachment; filename="behovsmelding-{language}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@cache
def _blank(language):
    with override(language):
        data = blank_form_data()
        return render_letter(LETTERS / "blank.typ", data, language=language, title=data["heading"])
