"""People who sign in. As little about them as possible.

Not Django's user: we have no passwords, groups, permissions or admin, so `django.contrib.auth`
is not installed. A session names a person (`sign_in.begin`), a mandate gives the rights.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class User(models.Model):
    """A person (bruker). No password here: people sign in with ID-porten and the like."""

    handle = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("navn"), max_length=200)
    email = models.EmailField(_("e-post"), blank=True)
    is_demo = models.BooleanField(default=False)
    #: The mandate last chosen, so that the next session begins in the same role. Only a number:
    #: mandates live in a room above, and whether it is still valid is asked on every request.
    last_mandate_id = models.BigIntegerField(null=True, blank=True)
    #: Set when the person is erased: name and mail are blanked, decisions stay.
    pseudonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bruker")

    def __str__(self) -> str:
        return self.name


class ExternalIdentity(models.Model):
    """A person's identity at an OpenID provider (innloggingsidentitet): issuer and subject."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("innloggingsidentitet")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_person_per_subject")
        ]


class FailedSignIn(models.Model):
    """A sign-in that failed (mislykket innlogging), kept for minutes to slow down guessing.

    Holds a keyed hash of the network, never the address.
    """

    network = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("mislykket innlogging")
        indexes = [models.Index(fields=["network", "at"], name="failed_sign_in_by_network")]
