"""A small site around identity: its own addresses, a form page, and empty rooms for the menu."""

from django.conf import settings
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samspill.config import errors
from samspill.shared.identity import sign_in
from samspill.shared.identity.access import door
from samspill.shared.identity.personas import Persona
from samspill.shared.identity.roles import OWNER, Role

FORM = Template(
    "{% load kept %}<form method=post>{% csrf_token %}{% kept_for %}</form>{{ kept.text }}"
)


@door(*OWNER)
@require_http_methods(["GET", "POST"])
def write(request):
    """A page that shows a form, takes it back, and asks for text kept from before."""
    if request.method == "POST":
        return HttpResponse(f"lagret: {request.POST['text']}")
    return HttpResponse(FORM.render(RequestContext(request, {"kept": sign_in.kept(request)})))


@door(*OWNER)
@require_POST
def send(request):
    return HttpResponse("sendt")


@door(Role.CASE_WORKER)
@require_GET
def queue(request):
    return HttpResponse(f"{request.actor.role}")


@door(public=True)
@require_GET
def empty(request, *args, **kwargs):
    return HttpResponse("")


def personas():
    return [
        Persona(
            "kari", "Kari Demo", "Saksbehandler hos Statsforvalteren", "Jeg ser alt.", "Kontor"
        ),
        Persona("odd", "Odd Demo", "Skriver for Bodø kommune", "Jeg skriver.", "Eiere"),
    ]


def page(request):
    """What every page is given, without the rooms' menu."""
    return {"actor": request.actor, "demo": settings.DEMO}


urlpatterns = [
    path("", include("samspill.shared.identity.urls")),
    path("", empty),
    path("skriv/", write, name="write"),
    path("send/", send, name="send"),
    path("ko/", queue, name="queue"),
    path("min-side/", empty, name="my_page"),
]

handler403 = errors.forbidden
handler404 = errors.not_found
