"""Where a request comes from, as a keyed hash: enough to count failures, too little to know who."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def of(request: HttpRequest) -> str:
    """The IPv4 address or the IPv6 /64, hashed with the site's key."""
    return salted_hmac("samspill.network", _network(_address(request))).hexdigest()


def _address(request: HttpRequest) -> str:
    """Behind our own proxy it is the last one the proxy has added; else nobody may say it."""
    if settings.SECURE_PROXY_SSL_HEADER is not None:
        passed_on = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if passed_on:
            return passed_on
    return str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    prefix = 64 if found.version == 6 else 32
    return str(ipaddress.ip_network((found, prefix), strict=False))
