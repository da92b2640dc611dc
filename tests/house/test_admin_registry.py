"""What the admin offers: every record of ours, but for those that belong elsewhere."""

from django.apps import apps
from django.contrib import admin

from groups.models import Printout, RosterColumns

# A print is its maker's alone; chosen columns are chosen on the roster's page.
ELSEWHERE = {Printout, RosterColumns}


def test_every_record_of_ours_is_registered():
    ours = {model for name in ("groups", "members") for model in apps.get_app_config(name).get_models()}
    offered = {model for model in ours - ELSEWHERE if not model.__name__.startswith("Historical")}
    assert set(admin.site._registry) == offered
