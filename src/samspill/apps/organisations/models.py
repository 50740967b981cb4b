"""Counties, offices, owners, units, mandates. From public registers; unknown is unknown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.shared.identity.models import User
from samspill.shared.identity.roles import Role


class Scheme(models.TextChoices):
    """Which of the three grants (tilskuddsordningene) something belongs to."""

    KOLL = "koll", _("Kollektiv kompetanseutvikling i barnehage og grunnskole")
    VGO = "vgo", _("Kollektiv kompetanseutvikling i videregående opplæring")
    VU = "vu", _("Videreutdanning")


class WrittenForm(models.TextChoices):
    """Form of Norwegian (målform) an organisation has chosen or a municipality has decided."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    NEUTRAL = "", _("Nøytral")


class County(models.Model):
    """A county (fylke)."""

    number = models.CharField(primary_key=True, max_length=2)
    name = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("fylke")

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality as a place (kommune som sted), with its key figures (nøkkeltall)."""

    number = models.CharField(primary_key=True, max_length=4)
    name = models.CharField(max_length=80)
    sami_name = models.CharField(max_length=80, blank=True)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="municipalities")
    written_form = models.CharField(max_length=2, choices=WrittenForm, blank=True)
    #: In the Sámi administrative area (forvaltningsområdet for samiske språk).
    sami_area = models.BooleanField(default=False)
    population = models.PositiveIntegerField(null=True)
    centrality_class = models.PositiveSmallIntegerField(null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    #: Figures by name as in docs/data.md; a figure the registers lack is absent, never 0.
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("kommune (sted)")

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """An organisation (organisasjon): owner, competence environment, office, union …

    The owner of a private unit is unknown in the public copies of the registers. It stands here as
    «Ukjent eier av …», without organisation number, until a case worker confirms it.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Kommune")
        PRIVATE_KINDERGARTEN = "private_kindergarten", _("Privat barnehage")
        PRIVATE_SCHOOL = "private_school", _("Privat skole")
        COUNTY_MUNICIPALITY = "county_municipality", _("Fylkeskommune")
        STATE_SCHOOL = "state_school", _("Statlig skole")
        PRIVATE_UPPER_SECONDARY = "private_upper_secondary", _("Privat videregående skole")
        UNIVERSITY = "university", _("Universitet eller høyskole")
        VOCATIONAL_COLLEGE = "vocational_college", _("Fagskole")
        OTHER_ENVIRONMENT = "other_environment", _("Annet relevant kompetansemiljø")
        COUNTY_GOVERNOR = "county_governor", _("Statsforvalter")
        UNION = "union", _("Arbeidstakerorganisasjon")
        EMPLOYER_ORGANISATION = "employer_organisation", _("Arbeidsgiverorganisasjon")
        SAMI_FORUM = "sami_forum", _("Nasjonalt forum for samisk språk og kultur")
        DIRECTORATE = "directorate", _("Direktorat")
        OTHER = "other", _("Annen")

    #: Those who report needs under KOLL (rule K19), and those that are partners.
    OWNER_KINDS = (Kind.MUNICIPALITY, Kind.PRIVATE_KINDERGARTEN, Kind.PRIVATE_SCHOOL)
    ENVIRONMENT_KINDS = (Kind.UNIVERSITY, Kind.VOCATIONAL_COLLEGE, Kind.OTHER_ENVIRONMENT)

    kind = models.CharField(max_length=30, choices=Kind)
    name = models.CharField(_("navn"), max_length=200)
    orgnr = models.CharField(_("organisasjonsnummer"), max_length=9, null=True, unique=True)
    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.PROTECT, related_name="organisations"
    )
    county = models.ForeignKey(
        County, null=True, on_delete=models.PROTECT, related_name="organisations"
    )
    written_form = models.CharField(max_length=2, choices=WrittenForm, blank=True)
    email = models.EmailField(blank=True)
    #: Organisation number and approval are confirmed by a person or a register that says so.
    #: Without it the owner can neither submit, be decided on nor paid.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: Who confirmed; None where the register itself did (municipalities).
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: What the case worker saw: approval under barnehageloven § 14 or privatskoleloven § 2-1.
    approval_note = models.CharField(max_length=500, blank=True)
    #: The demo has put made-up data here (e-mail, confirmation, account), or made it all up.
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("organisasjon")
        indexes = [models.Index(fields=["county", "kind"], name="organisation_by_county")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(orgnr__isnull=False),
                name="confirmed_has_orgnr",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_owner(self) -> bool:
        return self.kind in self.OWNER_KINDS

    @property
    def is_environment(self) -> bool:
        return self.kind in self.ENVIRONMENT_KINDS


class Office(models.Model):
    """A county governor's office (embete); may serve several counties."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="office"
    )
    counties = models.ManyToManyField(County, related_name="offices")

    class Meta:
        verbose_name = _("embete")

    def __str__(self) -> str:
        return str(self.organisation)


class Unit(models.Model):
    """A kindergarten or school (virksomhet) from the national registers NBR and NSR."""

    class Kind(models.TextChoices):
        KINDERGARTEN = "kindergarten", _("Barnehage")
        SCHOOL = "school", _("Grunnskole")
        UPPER_SECONDARY = "upper_secondary", _("Videregående skole")

    class OwnerBasis(models.TextChoices):
        """How we know who owns it (grunnlag for eier)."""

        DERIVED = "derived", _("Avledet av eierform og kommune")
        UNCLEAR = "unclear", _("Offentlig, men registeret sier ikke hvem som eier")
        UNKNOWN = "unknown", _("Ukjent privat eier")

    orgnr = models.CharField(max_length=9, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="units")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    owner_basis = models.CharField(max_length=10, choices=OwnerBasis, default=OwnerBasis.DERIVED)
    private = models.BooleanField()
    #: Children or pupils; None where the register does not say.
    children = models.PositiveIntegerField(null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    place = models.CharField(max_length=80, blank=True)
    fte_estimate = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    fte_method = models.CharField(max_length=200, blank=True)
    #: First register copy that lacked it, not the day it closed: that day stands nowhere.
    closed_date = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("barnehage eller skole")
        indexes = [models.Index(fields=["owner", "kind"], name="unit_by_owner")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(latitude=0, longitude=0), name="unit_not_at_0_0"
            )
        ]

    def __str__(self) -> str:
        return self.name


class StudyPlace(models.Model):
    """A competence environment's study place (studiested)."""

    environment = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="study_places"
    )
    orgnr = models.CharField(max_length=9, null=True, unique=True)
    name = models.CharField(max_length=200)
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("studiested")

    def __str__(self) -> str:
        return self.name


class Region(models.Model):
    """A region of a county (region): «foreslått inndeling» until the forum has decided."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="regions")
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    proposed = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("region")
        constraints = [
            models.UniqueConstraint(fields=["county", "slug"], name="one_region_per_slug")
        ]

    def __str__(self) -> str:
        return self.name


class RegionMembership(models.Model):
    """A municipality's place in a region (regionmedlemskap), dated; may be in several."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="memberships")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="region_memberships"
    )
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("regionmedlemskap")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "municipality", "valid_from"], name="one_membership_per_start"
            )
        ]


class Mandate(models.Model):
    """What a person may do for an organisation in a period (fullmakt)."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=30, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates"
    )
    #: For roles bound to one county (forum member, coordinator); offices get theirs from Office.
    county = models.ForeignKey(County, null=True, blank=True, on_delete=models.PROTECT)
    #: The region a coordinator keeps the overview of.
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT)
    valid_from = models.DateField()
    #: The last day itself is included.
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("fullmakt")
        indexes = [models.Index(fields=["person", "valid_from"], name="mandate_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="mandate_ends_after_start",
            )
        ]


class Account(models.Model):
    """A receiver's account number (kontonummer), entered by the receiver's own signer (mod-11).

    A change makes a new row; the old one keeps its dates. Shown masked except to those who pay.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="accounts"
    )
    number = models.CharField(max_length=11)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("kontonummer")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(replaced_at=None),
                name="one_account_in_use",
            )
        ]


class RegisterLoad(models.Model):
    """What one loading of the registers brought and what it skipped, and why (innlasting)."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="loads")
    at = models.DateTimeField()
    source_hash = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    skipped = models.JSONField(default=list)

    class Meta:
        verbose_name = _("innlasting fra registre")
