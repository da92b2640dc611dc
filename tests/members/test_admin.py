"""The directory in the admin: what a company was called before leads to it, however it was written down."""

from django.urls import reverse

from members.models import Company, FormerName
from tests.factories import make_company
from tests.iri_exchange.lib.test_admin import found, sent, url


def test_a_former_name_of_the_admin_finds_the_company(staff):
    company = make_company(name="株式会社あらた")
    page = url(Company, "change", company.pk)
    added = {"former_names-TOTAL_FORMS": "1", "former_names-0-name": "株式会社むかし", "former_names-0-until": "H30.3.31",
             "former_names-0-company": company.pk, "former_names-0-kana": ""}  # fmt: skip
    assert staff.client.post(page, sent(staff.client.get(page)) | added).status_code == 302
    former = company.former_names.get()
    assert found(staff, Company, "むかし") == ["株式会社あらた"]

    page = url(FormerName, "change", former.pk)
    corrected = sent(staff.client.get(page)) | {"name": "株式会社もとの名", "company": make_company().pk}
    assert staff.client.post(page, corrected).status_code == 302
    assert [found(staff, Company, name) for name in ("むかし", "もとの名")] == [[], ["株式会社あらた"]]

    new = {"company": company.pk, "name": "有限会社はじめ", "kana": "", "until": "H20.3.31"}
    assert staff.client.post(url(FormerName, "add"), new).status_code == 302
    assert found(staff, Company, "はじめ") == ["株式会社あらた"]
    answer = staff.client.get(reverse("search"), {"q": "もとの名"})
    assert "株式会社あらた" in answer.text
