"""Needs reports (behovsmeldinger, KOLL § 11): what an owner asks for, with whom, and proof."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.apps.competence.models import Need
from samspill.apps.cycle.models import Cycle
from samspill.apps.organisations.models import County, Organisation, Unit
from samspill.shared.files.models import StoredFile
from samspill.shared.identity.models import User


class NeedsAssessment(models.Model):
    """An owner's needs assessment of the year (behovsvurdering), shared by its reports.

    When a report is sent, it gets a copy of its own (`report` is set): what was sent stands still
    while the owner writes on. A returned report is mended in its own copy.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    report = models.OneToOneField(
        "NeedsReport", null=True, on_delete=models.CASCADE, related_name="own_assessment"
    )
    how = models.TextField(_("hvordan"), blank=True)
    conducted_by = models.TextField(_("hvem"), blank=True)
    conducted_on = models.DateField(_("når"), null=True, blank=True)
    #: None = not answered.
    staff_took_part = models.BooleanField(_("ansatte"), null=True)
    leaders_took_part = models.BooleanField(_("ledere"), null=True)
    unions_took_part = models.BooleanField(_("tillitsvalgte"), null=True)
    no_union = models.BooleanField(_("ingen tillitsvalgt"), default=False)
    no_union_how_heard = models.TextField(blank=True)
    #: How Sámi perspectives were safeguarded (K11); «not_relevant» needs a reason.
    sami_answer = models.CharField(max_length=20, blank=True)
    sami_text = models.TextField(blank=True)
    #: {field: [moment, person id]}: who wrote it last, for the words of a conflict.
    last_changes = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("behovsvurdering")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "owner"],
                condition=models.Q(report=None),
                name="one_assessment_a_year",
            )
        ]


class Measure(models.Model):
    """A measure (tiltak) over the years it runs; each year has its own report."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="measures")
    number = models.CharField(max_length=20, unique=True)
    first_year = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("tiltak")


class NeedsReport(models.Model):
    """One owner's report on one measure for one year (behovsmelding).

    The states here are the report's own; what happens later belongs to the rooms above, and the
    one status line a person sees is computed in overview.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        AWAITING_PARTNER = "awaiting_partner", _("Venter på partner")
        READY = "ready", _("Klar til å sendes")
        SUBMITTED = "submitted", _("Sendt inn")
        RETURNED = "returned", _("Sendt tilbake")
        COMPLETE = "complete", _("Komplett")
        WITHDRAWN = "withdrawn", _("Trukket")

    #: The owner may still change these; a returned one only in the fields that were named.
    UNSENT = (State.DRAFT, State.AWAITING_PARTNER, State.READY)
    SENT = (State.SUBMITTED, State.RETURNED, State.COMPLETE)
    #: Back to draft from awaiting/ready whenever content moves: the signatures are then void.
    MOVES = {
        State.DRAFT: (State.AWAITING_PARTNER, State.READY, State.WITHDRAWN),
        State.AWAITING_PARTNER: (State.DRAFT, State.READY, State.WITHDRAWN),
        State.READY: (State.DRAFT, State.SUBMITTED, State.WITHDRAWN),
        State.SUBMITTED: (State.RETURNED, State.COMPLETE, State.WITHDRAWN),
        State.RETURNED: (State.SUBMITTED, State.WITHDRAWN),
        State.COMPLETE: (State.RETURNED, State.WITHDRAWN),
    }

    class Category(models.TextChoices):
        KINDERGARTEN = "kindergarten", _("Barnehage")
        SCHOOL = "school", _("Skole")
        INTERDISCIPLINARY = "interdisciplinary", _("Tverrfaglig")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reports")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="reports")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reports")
    #: «B-2027-031»: given when the draft is made, unique in the county and year.
    number = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    #: Language the owner wrote in; the letter's form of Norwegian may follow it.
    language = models.CharField(max_length=2, default="nb")
    #: Raised by every change of content, child rows too, under the report's lock.
    content_revision = models.PositiveIntegerField(default=0)

    title = models.CharField(_("tittel"), max_length=160, blank=True)
    category = models.CharField(_("kategori"), max_length=20, choices=Category, blank=True)
    #: Years asked for, counted from the cycle's own. Amounts of later years are kept, not counted.
    years = models.PositiveSmallIntegerField(_("antall år"), default=1)
    units = models.ManyToManyField(Unit, blank=True, related_name="+")
    #: Services without a unit in the registers, by code: after_school, pp_service …
    services = models.JSONField(default=list)
    units_note = models.TextField(blank=True)
    #: {target group code: number of staff reached}
    staff = models.JSONField(default=dict)
    partnership_plan = models.TextField(blank=True)
    aims = models.TextField(blank=True)
    signs = models.TextField(blank=True)
    themes = models.JSONField(default=list)
    #: Per cent (whole) of the measure that is special-needs education and inclusive practice.
    special_needs_share = models.PositiveSmallIntegerField(null=True, blank=True)
    other_theme = models.CharField(max_length=200, blank=True)
    pp_answer = models.CharField(max_length=20, blank=True)
    pp_text = models.TextField(blank=True)
    #: {"2027": ["analyse", "plan"], …}
    phases = models.JSONField(default=dict)
    own_effort = models.TextField(blank=True)
    own_effort_amount = models.BigIntegerField(null=True, blank=True)
    coordinator_ground = models.CharField(max_length=20, blank=True)
    coordinator_text = models.TextField(blank=True)
    #: {"2027": 40000}: the marked part of what is asked for, whole kroner by year.
    extra_amount = models.JSONField(default=dict)
    extra_ground = models.CharField(max_length=20, blank=True)
    extra_text = models.TextField(blank=True)
    #: {"2027": 200000}: smallest meaningful sum per year, whole kroner.
    minimum = models.JSONField(default=dict)
    own_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    competence_plan = models.TextField(blank=True)
    needs = models.ManyToManyField(Need, blank=True, related_name="+")
    further_education = models.TextField(blank=True)
    knowledge_sharing = models.TextField(blank=True)
    #: {field: [moment, person id]}: who wrote it last, for the words of a conflict.
    last_changes = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("behovsmelding")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="one_report_per_number"),
            models.UniqueConstraint(
                fields=["cycle", "measure"],
                condition=~models.Q(state="withdrawn"),
                name="one_report_per_measure",
            ),
            models.CheckConstraint(
                condition=models.Q(years__gte=1, years__lte=6), name="report_years_in_range"
            ),
            models.CheckConstraint(
                condition=models.Q(special_needs_share=None)
                | models.Q(special_needs_share__lte=100),
                name="special_needs_share_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(own_effort_amount=None)
                | models.Q(own_effort_amount__gte=0, own_effort_amount__lt=10**12),
                name="own_effort_in_range",
            ),
        ]
        indexes = [models.Index(fields=["cycle", "state"], name="report_by_state")]

    def __str__(self) -> str:
        return self.title or self.number


class NetworkOwner(models.Model):
    """An owner that joins a network's report (nettverkseier); counts when it has confirmed."""

    report = models.ForeignKey(NeedsReport, on_delete=models.CASCADE, related_name="network")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("nettverkseier")
        constraints = [models.UniqueConstraint(fields=["report", "owner"], name="joins_once")]


class Partner(models.Model):
    """A competence environment that plans and signs with the owner (partner)."""

    report = models.ForeignKey(NeedsReport, on_delete=models.CASCADE, related_name="partners")
    environment = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("partner")
        constraints = [
            models.UniqueConstraint(fields=["report", "environment"], name="partner_once")
        ]


class Cosignature(models.Model):
    """A partner's signature on exactly one content (medsignatur); a change of content voids it."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="signatures")
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    #: What was signed, as canonical content, so that a later change can be shown as a difference.
    content = models.JSONField()
    #: K20: how experience returns to teacher education (universities and colleges).
    teacher_education = models.TextField(blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("medsignatur")


class BudgetLine(models.Model):
    """A line of the budget (budsjettlinje): what for, who receives, who is paid in the end."""

    class Kind(models.TextChoices):
        PROFESSIONAL = "professional", _("Faglig bidrag")
        TRAVEL = "travel", _("Reise og opphold")
        COORDINATOR = "coordinator", _("Koordinator")
        OWNER_COSTS = "owner_costs", _("Eiers utgifter")

    report = models.ForeignKey(NeedsReport, on_delete=models.CASCADE, related_name="budget")
    kind = models.CharField(max_length=20, choices=Kind)
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    description = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()
    #: {"2027": 280000, …}: whole kroner by year.
    amounts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("budsjettlinje")


class SavedAnswer(models.Model):
    """The answer to a save with a client-made id (lagringssvar): a retry gets the same answer."""

    report = models.ForeignKey(NeedsReport, on_delete=models.CASCADE, related_name="+")
    save_id = models.CharField(max_length=64)
    at = models.DateTimeField()
    answer = models.JSONField()

    class Meta:
        verbose_name = _("lagringssvar")
        constraints = [
            models.UniqueConstraint(fields=["report", "save_id"], name="one_answer_per_save")
        ]


class Attachment(models.Model):
    """A file that belongs to a report (vedlegg)."""

    report = models.ForeignKey(NeedsReport, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("vedlegg")


class Submission(models.Model):
    """What was sent in, frozen (innsending): content, hash, receipt number and PDF copy."""

    report = models.ForeignKey(NeedsReport, on_delete=models.PROTECT, related_name="submissions")
    receipt_number = models.CharField(max_length=30, unique=True)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    copy = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("innsending")


class Return(models.Model):
    """A return for completion (tilbakesending): which fields, until when, why."""

    report = models.ForeignKey(NeedsReport, on_delete=models.PROTECT, related_name="returns")
    #: [{"field": "own_effort", "remark": "…"}]
    fields = models.JSONField()
    message = models.TextField()
    until = models.DateField()
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("tilbakesending")


class Extension(models.Model):
    """A later deadline for one report, with its reason (utsatt frist, rule K13)."""

    report = models.OneToOneField(NeedsReport, on_delete=models.PROTECT, related_name="extension")
    until = models.DateField()
    reason = models.TextField()
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("utsatt frist")
