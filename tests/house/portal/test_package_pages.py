"""The pages that packages bring along: the admin's open by our rules for everybody, and looking writes nothing."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests.house.portal.asking import LOOKING, asked
from tests.urlmap import addresses

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
# Pages of the packages that only a link in a letter opens, or that need something that nobody here has.
PLANTED_KEY = {"key": "no-such-key", "uidb36": "1", "pk": 1}


def admin_pages(model, actor) -> dict[str, str]:
    """Of a record that the admin lists at all: a group that runs itself keeps its meetings to itself."""
    record = admin.site._registry[model].get_queryset(AS(actor)).first()
    assert record, (
        f"the world of the house tests has no {model.__name__}: write one (tests/house/portal/world.py)"
    )
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    of_one = {page: reverse(f"{name}_{page}", args=[record.pk]) for page in ("change", "history", "delete")}
    return {page: reverse(f"{name}_{page}") for page in ("changelist", "add")} | of_one


def may(model, actor, page: str) -> bool:
    """As our admin declares: a rule opens the page, nothing is deleted, logs take no new rows."""
    declared = admin.site._registry[model]
    if not (actor.user and actor.user.has_perm(declared.rule)) or page == "delete":
        return False
    return page != "add" or not (declared.read_only or not declared.has_add_permission(AS(actor)))


class AS:
    """As much of a request as a permission of the admin asks."""

    def __init__(self, actor) -> None:
        self.user = actor.user


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_admin_opens_to_those_whom_the_rule_names(model, world):
    said = []
    for page, url in admin_pages(model, world.actors["staff"]).items():
        for name, actor in world.readers.items():
            to_login = actor.user is None or not actor.user.has_perm("office.install")
            expected = 302 if to_login else 200 if may(model, actor, page) else 403
            for method in ("get", "head") if page == "changelist" else ("get",):
                answer = asked(actor, method, url)
                if answer.status_code != expected:
                    said.append(f"{method.upper()} {url} as {name}: {answer.status_code}, not {expected}")
            posted = actor.client.post(url).status_code if expected != 200 else expected
            if posted != expected:
                said.append(f"POST {url} as {name}: {posted}, not {expected}")
    assert said == []


def test_looking_at_pages_of_packages_writes_nothing(world):
    """Each of them, as everybody; the models of the admin have their own test."""
    for address in addresses():
        if address.is_ours or (address.name.count("_") > 1 and address.name.startswith("admin:")):
            continue
        try:
            url = reverse(address.name, kwargs={each: PLANTED_KEY[each] for each in address.parameters})
        except (KeyError, NoReverseMatch):
            assert address.name.startswith("admin:"), f"no example is known for {address.route}"
            continue
        for actor in world.readers.values():
            for method in LOOKING[:2]:
                assert asked(actor, method, url).status_code < 500, f"{method} {url}"
