"""The audit trail (revisjonssporet): append-only, every line holds the hash of the one before."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chain(models.Model):
    """The head of one chain (spor): a county number or `national`. Locked before anything else."""

    key = models.CharField(primary_key=True, max_length=16)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("revisjonskjede")


class Line(models.Model):
    """One thing that happened (linje i sporet): ids, codes and hashes, never names or free text.

    The database itself refuses to change or remove a line: `append_only`.
    """

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="lines")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    mandate_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=40, blank=True)
    event = models.CharField(max_length=80)
    case_type = models.CharField(max_length=80)
    case_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("linje i revisjonssporet")
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="one_audit_line_per_seq"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="audit_lines_begin_at_1"),
        ]
        indexes = [models.Index(fields=["case_type", "case_id"], name="audit_by_case")]


class Checkpoint(models.Model):
    """A signed statement of where a chain stood (kontrollpunkt); the same is kept outside.

    The row lets the public page show the day's. What proves anything is the copy somebody else
    holds: whoever owns the database can remove rows, but cannot sign new ones.
    """

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="checkpoints")
    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    public_key_id = models.CharField(max_length=16)
    #: Ed25519 over the canonical JSON of the fields above, base64.
    signature = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("kontrollpunkt")
        indexes = [models.Index(fields=["chain", "at"], name="checkpoint_by_chain")]
