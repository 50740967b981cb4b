"""Partners (partnere): asked by the owner, they read exactly what they sign, and sign once."""

from datetime import datetime

from django.utils.translation import gettext as _

from samspill.apps.needs import access
from samspill.apps.needs.actions import telling
from samspill.apps.needs.actions.changing import changing, locked
from samspill.apps.needs.actions.network import refuse_if_paid
from samspill.apps.needs.actions.saved import ContentMoved, Refused
from samspill.apps.needs.actions.values import text
from samspill.apps.needs.models import Cosignature, NeedsReport, Partner
from samspill.apps.needs.queries.content import content_of, hash_of_content
from samspill.apps.needs.queries.facts import facts_of, party_id, plan_of
from samspill.apps.needs.queries.findings import NO_PLAN
from samspill.apps.needs.queries.standing import holds, newest_signature
from samspill.apps.organisations.models import Organisation
from samspill.regulation.collective import check_cosignature
from samspill.regulation.finding import Finding
from samspill.shared.audit import trail as audit
from samspill.shared.audit.trail import Trail
from samspill.shared.identity.access import person_of
from samspill.shared.identity.actor import Actor
from samspill.shared.states import RulesBroken, advance

State = NeedsReport.State
LONGEST_TEACHER_EDUCATION = 2000


def add_partner(
    *, report: NeedsReport, environment: Organisation, by: Actor, at: datetime
) -> Partner:
    """Put a competence environment in the report (legg til partner). It sees it once asked."""
    if not environment.is_environment:
        raise Refused(_("Velg et kompetansemiljø fra lista."), field="partners")
    with changing(report, by=by, at=at) as change:
        if reason := change.may_touch("partners"):
            raise Refused(reason, field="partners")
        row, new = Partner.objects.get_or_create(report=change.report, environment=environment)
        if new:
            change.touched("partners")
    return row


def remove_partner(*, partner: Partner, by: Actor, at: datetime) -> None:
    """Take a partner out (fjern partner), with its signature; its budget lines come out first."""
    with changing(partner.report, by=by, at=at) as change:
        if reason := change.may_touch("partners"):
            raise Refused(reason, field="partners")
        refuse_if_paid(change.report, partner.environment_id)
        gone, _rows = Partner.objects.filter(pk=partner.pk).delete()
        if gone:
            change.touched("partners")


def ask_partner(*, partner: Partner, by: Actor, at: datetime) -> Partner:
    """Let a partner read the draft and plan along (inviter partner). Asks for no signature yet."""
    report = partner.report
    with audit.writing(report.cycle.county_id, by=by, at=at) as trail:
        report = locked(report.pk)
        access.may_edit(by, report).or_refuse()
        row = Partner.objects.get(pk=partner.pk)
        if row.asked_at is None:
            _ask(report, row, trail)
    return row


def send_to_partner(*, report: NeedsReport, by: Actor, at: datetime) -> NeedsReport:
    """Ask every partner to sign what stands now (be om medsignatur): draft → awaiting_partner.

    A partner whose signature still holds is not asked again; do all hold, the report is ready at
    once. A returned report keeps its state while partners sign what was changed.
    """
    with audit.writing(report.cycle.county_id, by=by, at=at) as trail:
        report = locked(report.pk)
        access.may_edit(by, report).or_refuse()
        partners = list(report.partners.all())
        if not partners:
            raise Refused(_("Velg en partner først."), field="partners")
        if report.state == State.AWAITING_PARTNER:
            return report
        now = hash_of_content(content_of(report))
        waiting = [row for row in partners if not holds(newest_signature(row), now)]
        if report.state == State.READY:
            if not waiting:
                return report
            # A name has moved in a register since they signed: nobody wrote, so nothing voided it.
            # The count goes up, so that the partners are told anew.
            moved = {"content_revision": report.content_revision + 1}
            report = advance(report, to=State.DRAFT, trail=trail, changes=moved)
        for row in waiting:
            row.report = report
            _ask(report, row, trail, hash=now)
        if report.state == State.RETURNED:
            return report
        return advance(report, to=State.AWAITING_PARTNER if waiting else State.READY, trail=trail)


def _ask(report: NeedsReport, row: Partner, trail: Trail, **detail: str) -> None:
    row.asked_at = trail.at
    row.save(update_fields=["asked_at"])
    trail.line(report, "needs.partner_asked", partner=row.environment_id, **detail)
    telling.partner_asked(row, trail, to_sign=bool(detail))


def sign_as_partner(
    *,
    partner: Partner,
    content_hash_seen: str,
    teacher_education: str = "",
    by: Actor,
    at: datetime,
) -> Cosignature:
    """Sign exactly the content that was seen (medsignatur). The last one makes the report ready.

    A double click signs once. Raises PermissionDenied, ContentMoved (show
    `queries.changes_between`), RulesBroken with K20 – a university or college says how experience
    returns to teacher education – and Refused for a text that cannot be stored.
    """
    with audit.writing(partner.report.cycle.county_id, by=by, at=at) as trail:
        report = locked(partner.report_id)
        row = next((each for each in report.partners.all() if each.pk == partner.pk), None)
        if row is None:
            raise Refused(_("Dere er ikke lenger partner i denne meldingen."))
        row.report = report
        content = content_of(report)
        now = hash_of_content(content)
        if (already := newest_signature(row)) and holds(already, now) and _same(already, by):
            return already
        access.may_sign(by, row).or_refuse()
        if now != content_hash_seen:
            raise ContentMoved(report, seen=content_hash_seen, now=now)
        said = text(teacher_education, longest=LONGEST_TEACHER_EDUCATION)
        findings = _judged(report, row, said, at)
        signature = Cosignature.objects.create(
            partner=row,
            signed_by_id=person_of(by),
            signed_at=at,
            content_hash=now,
            content=content,
            teacher_education=said,
        )
        trail.line(report, "needs.cosigned", partner=row.environment_id, hash=now)
        _ready_when_all_have_signed(report, now, trail, findings)
    return signature


def _same(signature: Cosignature, by: Actor) -> bool:
    return signature.signed_by_id == by.person_id


def _judged(report: NeedsReport, row: Partner, said: str, at: datetime) -> tuple[Finding, ...]:
    """K20, with what the partner is about to say."""
    plan = plan_of(report.cycle)
    if plan is None:
        raise RulesBroken([NO_PLAN])
    facts = facts_of(report, at, teacher_education={row.pk: said})
    signing = party_id(row.environment)
    findings = check_cosignature(facts, signing, at=at, plan=plan)
    if broken := [each for each in findings if each.stops]:
        raise RulesBroken(broken)
    return findings


def _ready_when_all_have_signed(
    report: NeedsReport, now: str, trail: Trail, findings: tuple[Finding, ...]
) -> None:
    rows = Partner.objects.filter(report=report).prefetch_related("signatures")
    if not all(holds(newest_signature(row), now) for row in rows):
        return
    if report.state == State.AWAITING_PARTNER:
        report = advance(report, to=State.READY, trail=trail, findings=findings)
    telling.all_have_signed(report, now, trail)
