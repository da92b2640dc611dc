"""The by-laws: registered by who keeps the group, fetched by who is inside, by nobody else."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from groups.models import Bylaws
from tests.house.portal.objects import pdf


def upload(content=None, name="会則.pdf"):
    return SimpleUploadedFile(name, pdf() if content is None else content, "application/pdf")


def test_registered_and_fetched_with_safe_headers(secretary, member, adviser, left_member, outsider, group):
    page = f"/groups/{group.slug}/bylaws/"
    refused = secretary.client.post(
        f"{page}new/", {"file": upload(b"<html>"), "valid_from": "", "note": "総会"}
    )
    assert refused.context["form"].errors.keys() == {"valid_from"}
    refused = secretary.client.post(f"{page}new/", {"file": upload(b"<html>"), "valid_from": "R8.4.1"})
    assert refused.context["form"].errors == {"file": ["PDFではありません。PDFにしてから選んでください。"]}
    done = secretary.client.post(f"{page}new/", {"file": upload(), "valid_from": "R8.4.1", "note": "総会"})
    assert done.status_code == 302
    again = secretary.client.post(f"{page}new/", {"file": upload(name="b.pdf"), "valid_from": "R8.4.1"})
    assert "もう登録されています" in again.context["form"].non_field_errors()[0]

    kept = group.bylaws.get()
    url = f"/bylaws/{kept.pk}/bylaws.pdf"
    fetched = member.client.get(url)
    assert fetched.content == pdf() or fetched.content.startswith(b"%PDF-")
    assert fetched["Content-Type"] == "application/pdf"
    assert fetched["Content-Disposition"].startswith("attachment; filename*=")
    assert (fetched["Cache-Control"], fetched["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert (member.client.head(url).content, adviser.client.get(url).status_code) == (b"", 200)
    assert [left_member.client.get(url).status_code, outsider.client.get(url).status_code] == [404, 404]
    assert "いまの会則" in member.client.get(page).text
    secretary.client.post(f"/bylaws/{kept.pk}/remove/")
    assert Bylaws.objects.count() == 0


def test_files_are_not_read_for_the_list(member, group, staff, django_assert_max_num_queries):
    for year in range(2015, 2026):
        Bylaws.objects.create(
            group=group,
            valid_from=datetime.date(year, 4, 1),
            filename="a.pdf",
            content=b"x",
            size=1,
            uploaded_by=staff.user,
        )
    with django_assert_max_num_queries(25) as queries:
        member.client.get(f"/groups/{group.slug}/bylaws/")
    assert [sql for sql in (each["sql"] for each in queries) if '"content"' in sql] == []
