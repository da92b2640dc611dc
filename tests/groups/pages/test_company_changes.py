"""A company is renamed, moves, closes, and comes back, in pages."""

import datetime

from groups.forms.closing import LOOK_AGAIN
from members.models import Company, CompanyClosing
from tests.factories import make_company, make_membership, make_officer, make_person


def test_the_member_renames_and_the_old_name_stays_on_the_page(member):
    company = member.membership.company
    was = company.name
    url = f"/companies/{company.pk}/rename/"
    refused = member.client.post(url, {"name": "株式会社あおぞら", "kana": "あおぞら", "since": "2027-01-01"})
    assert refused.context["form"].errors == {
        "since": ["まだ来ていない日です。その日になってから登録してください。"]
    }
    assert refused.context["form"]["name"].value() == "株式会社あおぞら"
    done = member.client.post(url, {"name": "株式会社あおぞら", "kana": "あおぞら", "since": "R8.10.1"})
    assert done.status_code == 302
    page = member.client.get(f"/companies/{company.pk}/").text
    assert was in page
    assert "令和8年9月30日まで" in page
    former = company.former_names.get()
    member.client.post(f"/former-names/{former.pk}/", {"name": "直した名", "kana": "", "until": "2026-08-31"})
    former.refresh_from_db()
    assert (former.name, former.until) == ("直した名", datetime.date(2026, 8, 31))
    member.client.post(f"/former-names/{former.pk}/", {"remove": "1"})
    assert list(company.former_names.all()) == []


def test_moves_with_the_old_place_kept_until_it_is_taken_back(member):
    company = member.membership.company
    was = company.address
    shown = member.client.get(f"/companies/{company.pk}/move/").context["form"]
    assert shown["street"].value() == company.street
    typed = {"since": "2026-10-01", "postal_code": "1900012", "prefecture": "東京都", "city": "立川市"}
    typed |= {"street": "曙町1-1", "phone": "０４２－５００－９９９９"}
    assert member.client.post(f"/companies/{company.pk}/move/", typed).status_code == 302
    company.refresh_from_db()
    assert (company.postal_code, company.phone) == ("190-0012", "042-500-9999")
    page = member.client.get(f"/companies/{company.pk}/").text
    assert ("曙町1-1" in page, was in page) == (True, True)
    former = company.former_addresses.get()
    member.client.post(f"/former-addresses/{former.pk}/remove/")
    assert list(company.former_addresses.all()) == []


def test_a_company_of_nobody_moves_too_and_gaps_stay_gaps(staff, db):
    company = Company.objects.create(name="空欄会社")
    typed = {"since": "2026-10-01", "city": "立川市"}
    assert staff.client.post(f"/companies/{company.pk}/move/", typed).status_code == 302
    assert list(company.former_addresses.all()) == []


def test_shows_what_ends_on_the_typed_day_before_it_ends_it(staff, group):
    company, heir = make_company(), make_company(name="株式会社あとつぎ")
    person = make_person(company=company)
    membership = make_membership(group, company=company, representatives=[person])
    make_officer(group, person)
    url = f"/companies/{company.pk}/close/"
    shown = staff.client.get(url)
    assert [each.membership for each in shown.context["form"].affected] == [membership]
    typed = {"status": "merged", "since": "2026-10-01", "shown": "2026-11-25", "merged_into": "㈱アトツギ"}
    unknown = staff.client.post(url, typed | {"merged_into": "知らない会社"})
    assert unknown.context["form"].errors.keys() == {"merged_into"}
    looked = staff.client.post(url, typed | {"merged_into": "株式会社あとつぎ"})
    assert looked.context["form"].errors == {"__all__": [LOOK_AGAIN]}
    assert (looked.status_code, looked.context["form"]["shown"].value()) == (200, "2026-10-01")
    assert CompanyClosing.objects.count() == 0
    again = typed | {"merged_into": "あとつぎ", "shown": "2026-10-01"}
    alone = staff.client.post(url, again)
    assert alone.context["form"].errors.keys() == {"confirmed"}
    done = staff.client.post(url, again | {"confirmed": "on"})
    assert done.status_code == 302
    closing = CompanyClosing.objects.get()
    assert (closing.merged_into, membership.status_on(datetime.date(2026, 10, 1))) == (heir, "left")
    assert "株式会社あとつぎ" in staff.client.get(url).text
    staff.client.post(f"/companies/{company.pk}/reopen/")
    assert membership.status_on(datetime.date(2026, 10, 1)) == "active"
    assert CompanyClosing.objects.count() == 0
