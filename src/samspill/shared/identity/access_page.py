"""The page `docs/access.md` (hvem slipper inn hvor): every address of ours, read from its door."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from samspill.shared.identity.access import Door
from samspill.shared.identity.roles import Role

#: Column heads, short enough for a table with twelve of them. The order is the roles' own.
SHORT = {
    Role.CASE_WORKER: "Saksb.",
    Role.APPROVER: "Godkj.",
    Role.OWNER_EDITOR: "Eier, skriver",
    Role.OWNER_SIGNER: "Eier, signerer",
    Role.ENVIRONMENT_SIGNER: "Komp.miljø",
    Role.FORUM_MEMBER: "Forum",
    Role.REGION_COORDINATOR: "Region",
    Role.UNION_REPRESENTATIVE: "Tillitsv.",
    Role.EMPLOYEE: "Ansatt",
    Role.FACILITATOR: "Samling",
    Role.AUDITOR: "Revisor",
    Role.PLATFORM_ADMINISTRATOR: "Plattform",
}
INTRODUCTION = """\
# Hvem slipper inn hvor

Laget av `samspill access` fra døren (`door`) på hver side. Ikke rediger for hånd.

● rollen slipper inn · – rollen får 403 · **Åpen** alle, også uten innlogging ·
**Innlogget** alle som er logget inn, også uten fullmakt.

Den som ikke er logget inn, sendes til innlogging. Hvilke *saker* en rolle ser, avgjør rommets
`queries` (ellers 404). Hva rollen får *gjøre* med en sak, avgjør rommets `access` (ellers 403).
"""


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its name, its path as written in `urls`, and the door on its view."""

    name: str
    path: str
    door: Door | None
    #: Names of the values in the path.
    kwargs: tuple[str, ...]


def addresses() -> list[Address]:
    """Every address of ours, by name."""
    return sorted(_walk(get_resolver(), "", ""), key=lambda a: (a.name, a.path))


def page() -> str:
    """The whole page as Markdown."""
    head = ["Navn", "Adresse", "Metode", "Åpen", "Innlogget", *(SHORT[role] for role in Role)]
    rule = ["---", "---", "---", *(":-:" for _ in head[3:])]
    rows = [_row(address) for address in addresses()]
    lines = [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]
    return "\n".join([INTRODUCTION, *lines, ""])


def _row(address: Address) -> list[str]:
    door = address.door
    if door is None:
        raise LookupError(f"{address.name} ({address.path}): the view has no @door")
    marks = [door.public, door.signed_in, *(door.public or role in door.roles for role in Role)]
    methods = ", ".join(door.methods) or "alle"
    path = address.path.replace("|", "\\|")
    return [f"`{address.name}`", f"`/{path}`", methods, *("●" if m else "–" for m in marks)]


def _walk(resolver: URLResolver, before: str, namespace: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, path, inner)
        elif isinstance(entry, URLPattern):
            door = getattr(entry.callback, "door", None)
            kwargs = tuple(entry.pattern.converters) or tuple(entry.pattern.regex.groupindex)
            yield Address(f"{namespace}{entry.name}", path, door, kwargs)
