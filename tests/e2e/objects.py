"""Prints, as one line of JSON, what stands in the addresses of the running demo.

Adds a group without members, and an upload for it whose preview can be looked at.
"""

import datetime
import json
from typing import Any

import django

django.setup()

from django.contrib import admin  # noqa: E402

from groups import importing, lifecycle  # noqa: E402
from groups.models import Group, ImportBatch, Office  # noqa: E402
from groups.standing import standing  # noqa: E402
from members.models import User  # noqa: E402
from tests.e2e.portal import NEW_GROUP, ROLES, ROOT  # noqa: E402


def main() -> dict[str, Any]:
    member = User.objects.get(email=ROLES["member"])
    staff = User.objects.get(email=ROLES["staff"])
    group = Group.objects.get(slug="tama24")
    new_group = lifecycle.found(
        name="あけぼの会", slug=NEW_GROUP, number_prefix="AK", founded_year=2026, office=Office.objects.all()[0],
        stage=Group.Stage.LAUNCHED, since=datetime.date(2026, 7, 10),
    )  # fmt: skip
    roster = ROOT / "tests" / "data" / "tama24.csv"
    batch: ImportBatch = importing.keep_upload(
        group=new_group, filename=roster.name, content=roster.read_bytes(), by=staff
    )
    records = {
        f"admin/{model._meta.app_label}/{model._meta.model_name}/:object_id": row.pk
        for model in admin.site._registry
        if (row := model._default_manager.first())
    }
    return records | {
        "groups/:slug": group.slug,
        "office/group/?": f"slug={group.slug}",
        "companies/:pk": min(standing(member).own_companies),
        "people/:pk": member.person_id,
        "imports/:pk": batch.pk,
    }


if __name__ == "__main__":
    print(json.dumps(main()))
