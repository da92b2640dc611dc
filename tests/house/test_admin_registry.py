"""What the admin offers: every record of ours, but for those that belong elsewhere."""

from django.apps import apps
from django.contrib import admin

from groups.models import Printout, RosterColumns
from members.models import Bounce, Invitation, Letter, LetterWording, Suppression

# A print is its maker's alone; chosen columns are chosen on the roster's page; letters have pages of their own, which
# hide what is secret in them; an invitation stands on the page of the person.
ELSEWHERE = {Printout, RosterColumns, Letter, LetterWording, Bounce, Suppression, Invitation}


def test_every_record_of_ours_is_registered():
    ours = {model for name in ("groups", "members") for model in apps.get_app_config(name).get_models()}
    offered = {model for model in ours - ELSEWHERE if not model.__name__.startswith("Historical")}
    assert set(admin.site._registry) == offered
