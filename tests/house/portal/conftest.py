"""The world that the tests of the whole portal share: built once, for all of them."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from tests.conftest import NOW
from tests.house.portal.canaries import Aviary, plant
from tests.house.portal.sent_forms import SentForm, forms_of
from tests.house.portal.world import World, build


@pytest.fixture(scope="package")
def built_world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """In a transaction around those of the tests."""
    media = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW), override_settings(MEDIA_ROOT=media):
            built = build(media)
        yield built
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def all_forms(built_world, django_db_blocker) -> list[SentForm]:
    """Every form on the pages of the world."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW),
        override_settings(MEDIA_ROOT=built_world.media),
    ):
        return forms_of(built_world)


@pytest.fixture(scope="module")
def aviary(built_world, django_db_blocker) -> Iterator[Aviary]:
    """The world with canaries in it, for this module alone."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW), override_settings(MEDIA_ROOT=built_world.media):
            planted = plant(built_world)
        yield planted
        transaction.set_rollback(True)


@pytest.fixture
def an_hour_later(now) -> Iterator[None]:
    """What was begun when the world was built is over."""
    with time_machine.travel(NOW + datetime.timedelta(hours=1)):
        yield


@pytest.fixture
def world(built_world, db, settings) -> World:
    settings.MEDIA_ROOT = built_world.media
    return built_world
