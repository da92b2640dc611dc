"""The groups in the admin: what the portal's own pages check is not offered unchecked here."""

from django.core.files.base import ContentFile
from django.urls import reverse


def test_a_logo_is_shown_and_not_taken(staff, group):
    page = reverse("admin:groups_group_change", args=[group.pk])
    assert reverse("group_edit", args=[group.slug]) in staff.client.get(page).content.decode()
    group.logo.save("logo.png", ContentFile(b"drawn anew"))
    answer = staff.client.get(page)
    assert "logo" not in answer.context["adminform"].form.fields
    assert f'href="{reverse("group_logo", args=[group.slug])}"' in answer.content.decode()
