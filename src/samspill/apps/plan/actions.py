"""Everything that changes the long-term plan."""

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

import rfc8785
from django.db.models import Max
from django.utils import timezone

from samspill.apps.cycle import actions as cycle_actions
from samspill.apps.cycle.models import Cycle
from samspill.apps.organisations.models import County, Organisation
from samspill.apps.plan import access, queries
from samspill.apps.plan.models import Plan, PlanInUse, PlanVersion
from samspill.regulation.plan import PlanParameters, check_plan, nordland_draft
from samspill.shared.audit import trail as audit
from samspill.shared.audit.trail import Trail
from samspill.shared.identity.actor import Actor
from samspill.shared.states import advance

State = PlanVersion.State
FILE = "nordland-2026.toml"
TEXTS = ("heading_nb", "heading_nn", "text_nb", "text_nn", "open_nb", "open_nn")


def load_packaged_plan(
    *, county: County, authority: Organisation, by: Actor, at: datetime
) -> PlanVersion:
    """Load the packaged draft («utkast, høsten 2025 – ikke vedtatt»). Twice is once."""
    access.may_keep_plan(by, authority, county).or_refuse()
    packaged = packaged_plan()
    content = {
        "label": packaged["label"],
        "sections": [_section(row) for row in packaged["section"]],
        "parameters": nordland_draft().to_json(),
    }
    with audit.writing(county.pk, by=by, at=at) as trail:
        plan, _new = Plan.objects.get_or_create(
            scheme=packaged["scheme"],
            county=county,
            defaults={"authority": authority, "title": packaged["title"]},
        )
        already = plan.versions.filter(content_hash=_hash(content)).first()
        return already or _new_version(plan, content, trail)


def adopt_version(*, version: PlanVersion, by: Actor, at: datetime) -> PlanVersion:
    """Record that a version is adopted (vedtatt). Raises RulesBroken (P01) where § 9 is not met."""
    plan = version.plan
    access.may_keep_plan(by, plan.authority, plan.county).or_refuse()
    with audit.writing(plan.county_id, by=by, at=at) as trail:
        return _adopt(version, trail)


def copy_as_adopted(*, version: PlanVersion, label: str, by: Actor, at: datetime) -> PlanVersion:
    """A made-up adopted copy for the demo («fiktivt vedtatt»), with § 9 d filled in.

    Always marked synthetic. The same copy twice is one version.
    """
    plan = version.plan
    access.may_keep_plan(by, plan.authority, plan.county).or_refuse()
    content = {"label": label, **_filled_in(version)}
    with audit.writing(plan.county_id, by=by, at=at) as trail:
        already = plan.versions.filter(content_hash=_hash(content)).first()
        if already is not None:
            return already
        return _adopt(_new_version(plan, content, trail, synthetic=True), trail)


def use_in_cycle(*, cycle: Cycle, version: PlanVersion, by: Actor, at: datetime) -> PlanInUse:
    """Let the version govern the year (ta planen i bruk); the announcement names it."""
    access.may_use(by, cycle, version, at).or_refuse()
    with audit.writing(cycle.county_id, by=by, at=at) as trail:
        cycle_actions.set_plan_label(trail=trail, cycle=cycle, label=version.label)
        in_use, _new = PlanInUse.objects.update_or_create(
            cycle=cycle, defaults={"version": version}
        )
        trail.line(
            in_use, "plan.in_use", cycle=cycle.pk, version=version.pk, content=version.content_hash
        )
    return in_use


@cache
def packaged_plan() -> dict[str, Any]:
    """The packaged draft as read from its file. Shared: do not change what you get."""
    text = resources.files("samspill.apps.plan").joinpath("data", FILE).read_text(encoding="utf-8")
    return tomllib.loads(text)


def _section(row: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: str(row.get(name, "")).strip() for name in TEXTS}
    return {"key": row["key"], "letters": list(row["letters"]), **texts}


def _filled_in(version: PlanVersion) -> dict[str, Any]:
    """The version's content with the demo's criteria in place of the missing chapter."""
    fictive = packaged_plan()["fictive"]
    sections = [
        {
            **section,
            "text_nb": fictive["text_nb"].strip(),
            "text_nn": fictive["text_nn"].strip(),
            "open_nb": "",
            "open_nn": "",
            "fictive": True,
        }
        if "d" in section["letters"] and not section["text_nb"]
        else section
        for section in version.sections
    ]
    parameters = {
        **version.parameters,
        "criteria": [dict(row) for row in fictive["criteria"]],
        "method": fictive["method"],
        "salary_rows": [*version.parameters["salary_rows"], *fictive["salary_rows"]],
        "sources": {**version.parameters["sources"], "criteria": "standard"},
    }
    # Read and written once, so that what is stored is what the regulation can read.
    return {"sections": sections, "parameters": PlanParameters.from_json(parameters).to_json()}


def _new_version(
    plan: Plan, content: Mapping[str, Any], trail: Trail, *, synthetic: bool = False
) -> PlanVersion:
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion(
        plan=plan,
        number=last + 1,
        state_since=trail.at,
        content_hash=_hash(content),
        synthetic=synthetic,
        **content,
    )
    version.full_clean()
    version.save()
    trail.line(version, "plan.version_made", number=version.number, content=version.content_hash)
    return version


def _adopt(version: PlanVersion, trail: Trail) -> PlanVersion:
    findings = check_plan(
        queries.letters_answered(version),
        on=timezone.localdate(trail.at),
        scheme=version.plan.scheme,
    )
    return advance(version, to=State.ADOPTED, trail=trail, findings=findings)


def _hash(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(dict(content))).hexdigest()
