"""Standing agreements (partnerskapsavtaler) between owners and environments. Thin for now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.apps.organisations.models import Organisation
from samspill.shared.identity.models import User


class Agreement(models.Model):
    """An agreement between an owner and a competence environment (partnerskapsavtale), dated."""

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    environment = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("partnerskapsavtale")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="agreement_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title
