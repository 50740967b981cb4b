"""People who sign in. As little about them as possible."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractBaseUser):
    """A person (bruker). No password here: people sign in with ID-porten and the like."""

    handle = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("navn"), max_length=200)
    email = models.EmailField(_("e-post"), blank=True)
    is_demo = models.BooleanField(default=False)
    #: Set when the person is erased: name and mail are blanked, decisions stay.
    pseudonymised_at = models.DateTimeField(null=True, blank=True)
    password = None

    USERNAME_FIELD = "handle"
    objects: BaseUserManager["User"] = BaseUserManager()

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
