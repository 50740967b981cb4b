"""Text that outlives a lost session (tekst vi tar vare på).

A form says on its hidden `kept_for` whose it is (signed). Posted after the session ran out, its
fields wait in the anonymous session for an hour and are handed back once, on the form's own
page, to that person only. A form without a valid `kept_for` leaves nothing: so strangers can't
fill the session table either.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, QueryDict

from samspill.shared.identity import clock, session

FOR = "kept_for"
BACK = "kept_back"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", FOR, BACK})
#: Bytes of text.
LIMIT = 200_000
_SIGNER = Signer(salt="samspill.kept_for")


def sign(person_id: int) -> str:
    return _SIGNER.sign(str(person_id))


def owner_of(request: HttpRequest) -> int | None:
    """The person the posted form was made for, if the signature is ours."""
    try:
        return int(_SIGNER.unsign(request.POST.get(FOR, "")))
    except (BadSignature, ValueError):
        return None


def keep(request: HttpRequest, *, page: str) -> bool:
    """Keep the posted fields (not files) for their owner's next visit to the page."""
    person_id = owner_of(request)
    if person_id is None:
        return False
    fields = [[name, values] for name, values in request.POST.lists() if name not in NOT_KEPT]
    if not fields or _size(fields) > LIMIT:
        return False
    session.anonymous(request)
    request.session[session.KEPT] = {
        "for": person_id,
        "path": urlsplit(page).path,
        "fields": fields,
        "at": clock.real_now().isoformat(),
    }
    return True


def take(request: HttpRequest, person_id: int | None) -> QueryDict | None:
    """The kept fields, once: only on the page they belong to and only to their owner."""
    kept = request.session.get(session.KEPT)
    if kept is None or person_id is None or kept["path"] != request.path:
        return None
    del request.session[session.KEPT]
    if kept["for"] != person_id or _is_old(kept):
        return None
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"]:
        fields.setlist(name, values)
    return fields


def survives(kept: dict[str, Any] | None, person_id: int) -> bool:
    """It may follow into the session of this person: it is theirs, and not an hour old."""
    return kept is not None and kept["for"] == person_id and not _is_old(kept)


def _is_old(kept: dict[str, Any]) -> bool:
    age = clock.real_now() - datetime.fromisoformat(kept["at"])
    return age > timedelta(seconds=session.ANONYMOUS_SECONDS)


def _size(fields: list[Any]) -> int:
    return sum(
        len(name.encode()) + sum(len(v.encode("utf-8", "surrogatepass")) for v in values)
        for name, values in fields
    )
