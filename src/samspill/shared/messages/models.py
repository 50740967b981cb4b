"""The outbox (utboksen): mail and in-app notices, written in the transaction they tell about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspill.shared.identity.models import User


class Message(models.Model):
    """One message to one receiver (melding): mail, and for people and organisations a notice too.

    Where it stands follows from its times, not from a state field: waiting, sent, failed after
    all attempts, or withdrawn because the receiver no longer had access when it was to be sent.
    """

    class Kind(models.TextChoices):
        MUST = "must", _("Må leses")
        TASK = "task", _("Oppgave")
        INFO = "info", _("Til orientering")

    #: What it tells, to whom: «announcement/12/organisation/7». The same key is the same message.
    key = models.CharField(max_length=80, unique=True)
    #: Made from the key, so that a message sent twice is seen as one by the receiver's mail system.
    message_id = models.CharField(max_length=120, unique=True)
    #: The chain it was written under: a county number or `national`; decides who sees failures.
    chain = models.CharField(max_length=16)
    kind = models.CharField(max_length=4, choices=Kind)
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    #: The mandate the person got it for; it is not sent when the mandate has ended.
    mandate_id = models.BigIntegerField(null=True)
    #: The organisation as id: the outbox knows no room.
    organisation_id = models.BigIntegerField(null=True)
    #: Empty for a person: the address is looked up when the mail is sent.
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    #: Path on our own site the notice leads to, or empty.
    link = models.CharField(max_length=200, blank=True)
    case_type = models.CharField(max_length=80, blank=True)
    case_id = models.CharField(max_length=64, blank=True)

    queued_at = models.DateTimeField()
    #: Empty: as soon as possible.
    next_try_at = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    #: A code such as `smtp_550` or `connection`; never what a server wrote.
    error_code = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("melding")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(person__isnull=False, email="", organisation_id=None)
                    | Q(person=None, mandate_id=None) & ~Q(email="")
                ),
                name="message_has_one_receiver",
            ),
            models.CheckConstraint(
                condition=(
                    Q(sent_at=None, failed_at=None)
                    | Q(sent_at=None, withdrawn_at=None)
                    | Q(failed_at=None, withdrawn_at=None)
                ),
                name="message_ends_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=Q(sent_at=None, failed_at=None, withdrawn_at=None),
                name="message_waiting",
            ),
            models.Index(fields=["person", "queued_at"], name="message_by_person"),
            models.Index(fields=["organisation_id", "queued_at"], name="message_by_organisation"),
        ]


class Reading(models.Model):
    """That a person has read a notice (lest varsel); colleagues each read their own."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lest varsel")
        constraints = [
            models.UniqueConstraint(fields=["message", "person"], name="one_reading_a_person")
        ]
