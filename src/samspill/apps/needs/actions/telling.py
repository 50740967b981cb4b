"""What is told to whom (meldinger): written in the outbox in the same transaction as the change."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.apps.needs.models import NeedsReport, NetworkOwner, Partner, Return, Submission
from samspill.apps.organisations.models import Organisation
from samspill.shared.audit.trail import Trail
from samspill.shared.design import wording
from samspill.shared.messages import actions as messages
from samspill.shared.messages.address import is_usable, to_organisation

LONGEST_SUBJECT = 200


def network_invited(row: NetworkOwner, trail: Trail) -> None:
    """To the invited owner."""
    report = row.report
    with translation.override(_language(row.owner)):
        subject = _("{name} inviterer dere med i en behovsmelding").format(name=report.owner.name)
        body = _(
            "{name} skriver behovsmeldingen «{title}» ({number}) og vil ha dere med. "
            "Den som signerer hos dere, kan lese den og bekrefte."
        ).format(name=report.owner.name, title=report.title, number=report.number)
        key = f"needs/network/{row.pk}"
        _tell(report, row.owner, trail, key=key, subject=subject, body=body, kind="task")


def partner_asked(row: Partner, trail: Trail, *, to_sign: bool) -> None:
    """To the competence environment: to plan along, or to read and sign."""
    report = row.report
    with translation.override(_language(row.environment)):
        if to_sign:
            subject = _("{name} ber dere bekrefte en behovsmelding")
            body = _(
                "Les behovsmeldingen «{title}» ({number}). Stemmer den med det dere har avtalt, "
                "kan den som signerer hos dere, bekrefte den."
            )
        else:
            subject = _("{name} vil planlegge et tiltak med dere")
            body = _("Dere kan nå lese utkastet til behovsmeldingen «{title}» ({number}).")
        words = {"name": report.owner.name, "title": report.title, "number": report.number}
        key = f"needs/partner/{row.pk}/{report.content_revision}/{int(to_sign)}"
        _tell(
            report, row.environment, trail, key=key, kind="task",
            subject=subject.format(**words), body=body.format(**words),
            link=_address("needs:partner_report", row.pk),
        )  # fmt: skip


def all_have_signed(report: NeedsReport, content_hash: str, trail: Trail) -> None:
    """To the owner: the report can be sent."""
    with translation.override(report.language):
        subject = _("Partnerne har bekreftet {number}").format(number=report.number)
        body = _("Alle partnerne har bekreftet «{title}». Nå kan dere sende meldingen.").format(
            title=report.title
        )
        key = f"needs/signed/{report.pk}/{content_hash[:16]}"
        _tell(report, report.owner, trail, key=key, subject=subject, body=body, kind="task")


def submitted(submission: Submission, trail: Trail) -> None:
    """To the owner (receipt) and to the authority."""
    report = submission.report
    words = {
        "number": report.number,
        "title": report.title,
        "receipt": submission.receipt_number,
        "moment": wording.moment(submission.submitted_at, language=report.language),
        "owner": report.owner.name,
    }
    with translation.override(report.language):
        subject = _("Behovsmelding {number} er sendt inn").format(**words)
        body = _(
            "«{title}» ble sendt inn {moment}. Kvitteringsnummer: {receipt}. "
            "En kopi ligger i Samspill."
        ).format(**words)
        key = f"needs/submitted/{submission.pk}/owner"
        _tell(report, report.owner, trail, key=key, subject=subject, body=body)
    with translation.override("nb"):
        subject = _("Ny behovsmelding: {number} fra {owner}").format(**words)
        body = _("«{title}» ble sendt inn {moment} ({receipt}).").format(**words)
        key = f"needs/submitted/{submission.pk}/authority"
        _tell(report, report.cycle.authority, trail, key=key, subject=subject, body=body)


def returned(row: Return, trail: Trail) -> None:
    """To the owner: what is asked for, and until when."""
    report = row.report
    with translation.override(report.language):
        subject = _("Behovsmelding {number} er sendt tilbake").format(number=report.number)
        body = _(
            "Sekretariatet ber om mer i «{title}». Dere kan sende den på nytt til og med {day}.\n\n"
            "{message}"
        ).format(
            title=report.title,
            day=wording.day(row.until, language=report.language),
            message=row.message,
        )
        key = f"needs/returned/{row.pk}"
        _tell(report, report.owner, trail, key=key, subject=subject, body=body, kind="must")


def withdrawn(report: NeedsReport, trail: Trail) -> None:
    """To the authority, when what it had received is taken back."""
    with translation.override("nb"):
        subject = _("Behovsmelding {number} er trukket").format(number=report.number)
        body = _("{name} har trukket «{title}».").format(name=report.owner.name, title=report.title)
        key = f"needs/withdrawn/{report.pk}"
        _tell(report, report.cycle.authority, trail, key=key, subject=subject, body=body)


def extended(report: NeedsReport, trail: Trail) -> None:
    """To the owner: the later deadline of this one report."""
    with translation.override(report.language):
        day = wording.day(report.extension.until, language=report.language)
        subject = _("Ny frist for behovsmelding {number}").format(number=report.number)
        body = _("Dere kan sende «{title}» til og med {day}, kl. 24.00.").format(
            title=report.title or report.number, day=day
        )
        key = f"needs/extended/{report.pk}/{report.extension.until:%Y%m%d}"
        _tell(report, report.owner, trail, key=key, subject=subject, body=body)


def _tell(
    report: NeedsReport,
    to: Organisation,
    trail: Trail,
    *,
    key: str,
    subject: str,
    body: str,
    kind: str = "info",
    link: str = "",
) -> None:
    """Queue one message; an organisation without a known address is shown it in Samspill only."""
    if not is_usable(to.email):
        return
    messages.queue(
        trail=trail,
        key=key,
        to=to_organisation(to.pk, to.email),
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body=body,
        kind=kind,
        language=translation.get_language() or "nb",
        case=report,
        link=link or _address("needs:report", report.pk),
    )


def _address(name: str, pk: int) -> str:
    return reverse(name, args=[pk])


def _language(organisation: Organisation) -> str:
    """Nynorsk to those who have chosen it, else bokmål."""
    return "nn" if organisation.written_form == "nn" else "nb"
