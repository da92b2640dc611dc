"""The group forms: see the pages' tests for what people type; here what each reader is offered."""

from groups.forms.groups import REGISTER, GroupForm, NewGroupForm
from groups.models import Group
from iri_exchange.lib.marks import MARKS


def test_officers_are_not_offered_the_register(group):
    offered, all_fields = GroupForm(instance=group, registers=False).fields, GroupForm(instance=group).fields
    assert set(all_fields) - set(offered) == set(REGISTER)


def test_the_address_is_asked_once(group):
    assert "slug" not in GroupForm(instance=group).fields
    assert "slug" in NewGroupForm().fields


def test_every_editable_field_of_a_group_is_in_the_form():
    editable = {field.name for field in Group._meta.fields if field.editable and not field.primary_key}
    assert set(NewGroupForm.base_fields) - {"stage", "since", "self_managed_since"} == editable


def test_every_colour_and_mark_is_a_key(db):
    form = NewGroupForm()
    assert [choice.data["value"] for choice in form["room"].subwidgets] == Group.Room.values
    assert [choice.data["value"] for choice in form["mark"].subwidgets] == ["", *MARKS]
