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
    """One thing that happened (linje i sporet): ids, codes and hashes, never names or free text."""

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
            models.UniqueConstraint(fields=["chain", "seq"], name="one_audit_line_per_seq")
        ]
        indexes = [models.Index(fields=["case_type", "case_id"], name="audit_by_case")]
