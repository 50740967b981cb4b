"""One part of the form (del av meldingen): show it, save it, let nobody lose a word."""

import hashlib
import secrets

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.apps.needs import access, actions, queries
from samspill.apps.needs.forms import AnswerForm, blocks_of, budget_rows, clash_of, html_name
from samspill.apps.needs.forms.answers import years_in
from samspill.apps.needs.queries import choices
from samspill.apps.needs.queries.shown import last_saved, readable
from samspill.apps.needs.queries.standing import named_in
from samspill.apps.needs.views import frame, rows
from samspill.shared.identity import sign_in
from samspill.shared.identity.access import door
from samspill.shared.identity.roles import OWNER


@door(*OWNER)
@require_http_methods(["GET", "POST"])
def section(request, report_pk, section):
    report = queries.report_for(request.actor, report_pk)
    part = _part(section)
    may_edit = access.may_edit(request.actor, report)
    if request.method == "GET":
        if not may_edit:
            return redirect("needs:read", report_pk=report.pk)
        kept = sign_in.kept(request)
        return _page(request, report, part, sent=kept, is_kept=kept is not None)
    if not may_edit:
        return _stopped(request, report, part, may_edit.reason)
    if request.htmx:
        return _save_field(request, report, part)
    return _save_page(request, report, part)


def _part(address):
    code = frame.CODES.get(address, "")
    if not code or code == "review":
        raise Http404
    return queries.section_with(code)


# --- Saving --------------------------------------------------------------------------------------
def _save_page(request, report, part):
    """Every field of the part, then what the button asked for; or the page with what stopped."""
    form = _form(request, report, part, request.POST)
    command = rows.command_of(request.POST)
    saved = _save(request, report, form, command)
    refusal = rows.perform(request, report, command)
    report = queries.report_for(request.actor, report.pk)
    if saved.is_clean and form.is_valid() and refusal is None:
        return redirect(_onwards(request, report, part, command))
    status = 409 if saved.conflicts else 422
    sent = rows.without_command(request.POST, command)
    return _page(
        request,
        report,
        part,
        sent=sent,
        saved=saved,
        refusal=refusal,
        form_errors=form,
        status=status,
    )


def _save_field(request, report, part):
    """A single field, saved while the person writes on: only what stands around it is redrawn."""
    form = _form(request, report, part, request.POST)
    saved = _save(request, report, form, rows.Command())
    report = queries.report_for(request.actor, report.pk)
    fresh = _form(request, report, part, request.POST)
    _put_errors(fresh, form, saved)
    context = _context(request, report, part, fresh, saved=saved)
    context["saved_names"] = [html_name(name) for name in form.sent_names]
    for block in context["blocks"]:
        block.show_errors_below()
    is_wrong = bool(saved.errors) or not form.is_valid()
    status = 409 if saved.conflicts else 422 if is_wrong else 200
    return render(request, "needs/saved.html", context, status=status)


def _save(request, report, form, command):
    values = form.values()
    seen = dict(form.seen)
    if command.verb == "theirs":
        values.pop(command.argument, None)
    if command.verb == "mine":
        seen[command.argument] = request.POST.get(f"theirs-{html_name(command.argument)}", "")
    return actions.save_fields(
        report=report,
        values=values,
        seen={name: mark for name, mark in seen.items() if name in values},
        save_id=_save_id(request),
        by=request.actor,
        at=request.at,
    )


def _save_id(request):
    """The same form sent twice is one save; the same form sent with other words is another."""
    made_by_page = request.POST.get("save_id", "")[:64]
    if not made_by_page:
        return ""
    sent = sorted((name, request.POST.getlist(name)) for name in request.POST)
    return hashlib.sha256(repr((made_by_page, sent)).encode("utf-8", "replace")).hexdigest()


def _onwards(request, report, part, command):
    """The next part, or this one again at the place the button stood."""
    if command.anchor:
        query = f"?{command.query}" if command.query else ""
        return f"{frame.section_url(report, part.code)}{query}#{command.anchor}"
    codes = [each.code for each in queries.SECTIONS]
    return frame.section_url(report, codes[codes.index(part.code) + 1])


def _stopped(request, report, part, reason):
    """The report has been sent or withdrawn meanwhile: nothing is saved, and nothing is lost."""
    form = _form(request, report, part, request.POST)
    written = [
        (str(form[html_name(name)].label), " ".join(request.POST.getlist(html_name(name))))
        for name in form.sent_names
        if any(request.POST.getlist(html_name(name)))
    ]
    context = {"reason": reason, "report": report, "written": written}
    return render(request, "needs/stopped.html", context, status=409)


# --- Drawing -------------------------------------------------------------------------------------
def _form(request, report, part, sent):
    returned = queries.open_return(report)
    open_names = None if returned is None else named_in(returned)
    return AnswerForm(report, part, sent=sent, open_names=open_names)


def _page(request, report, part, *, sent=None, saved=None, refusal=None, form_errors=None,
          is_kept=False, status=200):  # fmt: skip
    form = _form(request, report, part, sent)
    if form_errors is not None:
        _put_errors(form, form_errors, saved)
    context = _context(request, report, part, form, saved=saved, refusal=refusal)
    context |= {"is_kept": is_kept, **_searches(request, report, part)}
    return render(request, "needs/section.html", context, status=status)


def _put_errors(form, first, saved):
    """Show on the new form what was wrong with the one that was sent."""
    form.full_clean()
    for name, message in saved.errors.items():
        if html_name(name) in form.fields and not form.has_error(html_name(name)):
            form.add_error(html_name(name), message)
    form.take_fingerprints(
        {n: mark for n, mark in saved.fingerprints.items() if not form.has_error(html_name(n))}
    )


def _context(request, report, part, form, *, saved=None, refusal=None):
    findings = queries.findings_of(report, request.at)
    tasks, drawn, writing = frame.task_list(request, report, findings, current=part.code)
    task = next(each for each in tasks if each.section.code == part.code)
    shown = [one for one in findings if one.audience == "owner" and task.begun]
    form.mark_wrong({one.field.partition(".")[0] for one in shown if one.stops})
    clashes = [clash_of(report, conflict) for conflict in (saved.conflicts if saved else ())]
    returned = queries.open_return(report)
    remarks = {row["field"]: row["remark"] for row in returned.fields} if returned else {}
    blocks = blocks_of(form, findings=shown, clashes=clashes, remarks=remarks)
    number = task.number
    context = frame.of_report(request, report, findings, here=str(part.title))
    context |= {
        "part": part,
        "part_number": number,
        "form": form,
        "blocks": blocks,
        "tasks": drawn,
        "writing": _writing(report, writing),
        "stopping": [
            {"text": one.said(_), "target": f"felt-{one.field.partition('.')[0]}"}
            for one in task.findings
            if one.stops and task.begun
        ],
        "saved_at": saved.saved_at if saved else None,
        "last_saved": last_saved(report),
        "problems": _problems(form),
        "is_wrong": bool(form.is_bound and form.errors),
        "closed_rows": _closed_rows(part, returned),
        "page_id": secrets.token_hex(8),
        "clashes": clashes,
        "refusal": refusal,
        "returned": returned,
        "previous": queries.SECTIONS[number - 2] if number > 1 else None,
        "previous_url": frame.section_url(report, queries.SECTIONS[number - 2].code)
        if number > 1
        else "",
        "next": queries.SECTIONS[number],
        "aside": _aside(report),
    }
    if returned:
        context |= _shut(report, part, blocks)
    if part.code == "budget":
        context |= _budget(report, form)
    return context


def _shut(report, part, blocks):
    """Fields a return has not opened are read, not written: their answers in words."""
    shown = next(
        one for one in readable(queries.content_of(report)).sections if one.code == part.code
    )
    answers = {answer.name: answer for answer in shown.answers}
    for block in blocks:
        block.answer = answers.get(block.field.name)
    return {"closed_budget": shown.budget}


def _problems(form):
    """What could not be read, each with the place it stands."""
    if not form.is_bound:
        return []
    return [
        {"text": f"{bound.label}: {error}", "target": bound.id_for_label or f"felt-{bound.name}"}
        for bound in form
        for error in bound.errors
    ]


def _closed_rows(part, returned):
    """Rows of their own that a return has not opened."""
    if returned is None:
        return {}
    named = named_in(returned)
    return {each.name: each.name not in named for each in part.fields}


def _budget(report, form):
    sums = queries.sums_of(report)
    later = [str(year) for year in sums.years[1:]]
    return {
        "budget_sums": [(str(year), sums.by_year[year]) for year in sums.years],
        "later_years": _("{first} og {last}").format(first=", ".join(later[:-1]), last=later[-1])
        if len(later) > 1
        else "".join(later),
        "has_extra": any(form.stored[n] for n in form.names if n.startswith("extra_")),
        "budget_rows": budget_rows(form),
        "budget_years": years_in(report),
        "parties": choices.parties(report),
        "budget_kinds": queries.BUDGET_KINDS.items(),
    }


def _aside(report):
    """Short about the amounts and the partners, at the side of every part."""
    sums = queries.sums_of(report)
    year = report.cycle.year
    travel = sums.by_kind.get("travel", {}).get(year, 0)
    asked = sums.by_year.get(year, 0)
    return {
        "year": year,
        "asked": asked,
        "minimum": report.minimum.get(str(year)),
        "travel_share": travel / asked if travel else None,
        "total": sums.total,
        "years": len(sums.years),
        "partners": rows.partner_states(report),
    }


def _searches(request, report, part):
    """What was searched for in the pickers of this part."""
    asked = request.POST.get("find_partner") or request.POST.get("find_owner")
    words = (request.GET.get("finn") or asked or "")[:100]
    if part.code == "partnership":
        return {"find": words, "matches": choices.environments_to_add(report, words)}
    if part.code == "about":
        return {"find": words, "matches": choices.owners_to_invite(report, words)}
    return {}


def _writing(report, writing):
    """«En kollega skriver i «Mål og tegn» nå»: once for each part."""
    return list({queries.section_of(each.field).title: each for each in writing}.items())[:2]
