"""How often a visitor may send an application: counted in the shared cache, over all workers.

Counted by the address on the network, by the network around it, and by where the letter goes. Behind a web server the
address is the one that this server has seen (TRUSTED_PROXY_COUNT), never a visitor's claim.
"""

import ipaddress

# Its public face knows the limits of its own pages only; this is what stands behind it, with the limits as an argument.
from allauth.core.internal import ratelimit
from django.http import HttpRequest

APP = "recruitment"
# A seminar's guests apply from one address; a letter goes to nobody's box more often than this.
LIMITS = {"send": "30/h/ip,8/h/key,20/d/key", "network": "120/h/key"}
TOO_MANY = (
    "短いあいだに何度も送られたため、いまは送れません。入れた内容はこのまま残っています。"
    "1時間ほどたってから、それでも送れないときは、あくる日に、もう一度お試しください。お急ぎのときは、事務局へお電話ください。"
)


def is_too_often(request: HttpRequest, email: str, app: str = APP) -> bool:
    """Count one more letter to this address; whether it is one too many. `app`: forms that are counted together."""
    return not (
        ratelimit.consume(request, app=app, action="network", config=LIMITS, key=_network(request))
        and ratelimit.consume(request, app=app, action="send", config=LIMITS, key=email.lower())
    )


def _network(request: HttpRequest) -> str:
    """The 256 neighbours of an IPv4 address, or the site of an IPv6 one."""
    try:
        address = ipaddress.ip_address(ratelimit.get_ip(request))
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))
