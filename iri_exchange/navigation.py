"""What stands in the header of every page: the few places this reader goes to."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from groups.standing import standing


@dataclass(frozen=True)
class Place:
    label: str
    url: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context for the base template; asks the database only when a page draws the header."""
    return {
        "places": SimpleLazyObject(lambda: _places(request)),
        "hat": SimpleLazyObject(lambda: _hat(request)),
        "look": getattr(request, "look", None),
    }


def _places(request: HttpRequest) -> list[Place]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        names = [
            ("ホーム", "home"),
            ("グループ", "group_list"),
            ("会員企業", "company_list"),
            ("会員の募集", "recruitment"),
            ("合同交流会", "exchange_list"),
        ]
    elif user.has_perm("office.work"):
        names = [
            ("机", "office_desk"),
            ("グループ", "group_list"),
            ("会員", "office_members"),
            ("企業", "company_list"),
            ("募集", "office_recruitment"),
            ("合同交流会", "office_exchanges"),
        ]
    else:
        names = [
            ("マイページ", "my_page"),
            ("グループ", "group_list"),
            ("会員企業", "company_list"),
            ("合同交流会", "exchange_list"),
        ]
    places = [(label, reverse(name)) for label, name in names]
    longest = max((url for _, url in places if request.path.startswith(url)), key=len, default="")
    return [
        Place(label, url, url == longest and (url != "/" or request.path == "/")) for label, url in places
    ]


def _hat(request: HttpRequest) -> str:
    """The small line above the reader's name: an office, a group, or nothing."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    who = standing(user)
    if who.is_staff:
        return who.office_name
    return "・".join(who.group_names[:2])
