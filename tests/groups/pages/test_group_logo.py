"""/groups/<slug>/logo: the picture of a group that has one; see also test_group_edit."""

from django.urls import reverse

from groups.models import Group
from tests.factories import make_group


def test_no_logo_no_file_and_no_group_are_the_same(visitor, group):
    url = reverse("group_logo", args=["keyaki"])
    assert visitor.client.get(url).status_code == 404
    Group.objects.update(logo="logos/gone.png")
    assert visitor.client.get(url).status_code == 404
    assert visitor.client.get(reverse("group_logo", args=["nobody"])).status_code == 404


def test_the_logo_of_a_group_in_preparation_is_not_found(visitor, office):
    make_group(stage=Group.Stage.FORMING, slug="later", office=office)
    assert visitor.client.get(reverse("group_logo", args=["later"])).status_code == 404
