"""Confirm a receiver, and enter its account number."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from stdnum.no import kontonr
from stdnum.no import orgnr as orgnr_rule

from samspill.apps.organisations import access, queries
from samspill.apps.organisations.actions.mandates import chain_of
from samspill.apps.organisations.models import Account, Organisation, Unit
from samspill.shared.audit import trail as audit
from samspill.shared.identity.actor import Actor


class Refused(ValidationError):
    """What was typed cannot be right; the message says what and how to mend it, `field` where."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


def confirm_owner(
    *,
    owner: Organisation,
    orgnr: str,
    approval_note: str,
    by: Actor,
    at: datetime,
    name: str = "",
) -> Organisation:
    """Confirm who a receiver is (bekreft mottaker): number, approval, and its name.

    In law the private kindergarten or school itself receives (KOLL § 3), so the number may be the
    unit's own. A chain's number fits one of its units only: then use each unit's own. Without a
    name the unit's is used, since «Ukjent eier av …» is no longer true.
    """
    access.may_confirm(by, owner).or_refuse()
    orgnr = orgnr_rule.compact(orgnr)
    if not orgnr_rule.is_valid(orgnr):
        raise Refused(
            "orgnr", _("Organisasjonsnummeret stemmer ikke. Sjekk at alle sifrene er riktige.")
        )
    if not approval_note.strip():
        raise Refused("approval_note", _("Skriv hvordan dere vet at mottakeren er godkjent."))
    with audit.writing(chain_of(owner), by=by, at=at) as trail:
        owner = Organisation.objects.select_for_update().get(pk=owner.pk)
        access.may_confirm(by, owner).or_refuse()
        _refuse_taken(owner, orgnr)
        owner.orgnr = orgnr
        owner.name = name.strip() or queries.suggested_name(owner)
        owner.approval_note = approval_note.strip()
        owner.confirmed_at = at
        owner.confirmed_by_id = by.person_id
        owner.full_clean()
        owner.save()
        trail.line(owner, "organisations.owner_confirmed", orgnr=orgnr)
    return owner


def _refuse_taken(owner: Organisation, orgnr: str) -> None:
    """Two receivers never share a number: their money and letters would mix."""
    other = Organisation.objects.filter(orgnr=orgnr).exclude(pk=owner.pk).first()
    if other is not None:
        raise Refused(
            "orgnr",
            _("%(name)s har dette nummeret. Bruk barnehagens eller skolens eget nummer.")
            % {"name": other.name},
        )
    unit = Unit.objects.filter(orgnr=orgnr).exclude(owner=owner).first()
    if unit is not None:
        raise Refused(
            "orgnr",
            _("Nummeret tilhører %(name)s, som har en annen eier.") % {"name": unit.name},
        )


def enter_account(*, organisation: Organisation, number: str, by: Actor, at: datetime) -> Account:
    """Enter the receiver's account number (kontonummer), only by its own signer; mod-11.

    The number in use is replaced and keeps its dates. The trail holds a keyed hash, since eleven
    digits can be guessed from a plain one. The same number again changes nothing.
    """
    access.may_enter_account(by, organisation).or_refuse()
    if by.person_id is None:
        raise PermissionDenied
    number = kontonr.compact(number)
    if not kontonr.is_valid(number) or int(number) == 0:
        raise Refused("number", _("Kontonummeret stemmer ikke. Sjekk at alle sifrene er riktige."))
    with audit.writing(chain_of(organisation), by=by, at=at) as trail:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        used = Account.objects.filter(organisation=organisation, replaced_at=None).first()
        if used is not None and used.number == number:
            return used
        if used is not None:
            used.replaced_at = at
            used.save(update_fields=["replaced_at"])
        account = Account(
            organisation=organisation, number=number, entered_by_id=by.person_id, entered_at=at
        )
        account.full_clean()
        account.save()
        trail.line(
            account,
            "organisations.account_entered",
            organisation=organisation.pk,
            replaces=used.pk if used else None,
            number_hash=account_hash(number),
        )
    return account


def account_hash(number: str) -> str:
    """What stands in the trail for an account number."""
    return salted_hmac("samspill.account", number, algorithm="sha256").hexdigest()
