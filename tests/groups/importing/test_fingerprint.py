"""The fingerprint covers what is said and what is written: two plans of one fingerprint do the same."""

import datetime

import pytest
import time_machine

from groups import memberships
from groups.importing import Outcome, commit_batch, from_json, import_roster, keep_upload, read_again
from groups.models import Group, Membership, Representative
from members.models import Company
from tests.conftest import NOW
from tests.factories import make_company, make_membership

HEADER = "企業名,フリガナ,氏名,メール,電話,入会日"
ROW = "株式会社青葉,アオバ,青木 恵,aoki@example.jp,042-000-0001,2013-07-01"


def fingerprint(group, *lines, header=HEADER):
    content = "\n".join([header, *lines]).encode()
    return import_roster(group=group, content=content, filename="r.csv", commit=False).fingerprint


def kept(group, actor, *lines, header=HEADER):
    content = "\n".join([header, *lines]).encode()
    return keep_upload(group=group, filename="r.csv", content=content, by=actor.user)


def press(batch):
    batch.refresh_from_db()
    return commit_batch(batch=batch, shown=batch.report["fingerprint"])


@pytest.mark.parametrize(
    ("column", "other"),
    [
        ("アオバ", "アオハ"),
        ("青木 恵", "青木 惠"),
        ("aoki@example.jp", "other@example.jp"),
        ("042-000-0001", "042-000-0002"),
        ("2013-07-01", "2013-07-02"),
    ],
)
def test_every_value_of_a_new_member_counts(group, column, other):
    assert fingerprint(group, ROW) == fingerprint(group, ROW)
    assert fingerprint(group, ROW) != fingerprint(group, ROW.replace(column, other))


def test_which_column_is_which_counts(group):
    header = "企業名,フリガナ,電話,ＦＡＸ"
    row = "株式会社青葉,アオバ,042-000-0001,042-000-0002"
    swapped = "企業名,フリガナ,ＦＡＸ,電話"

    assert fingerprint(group, row, header=header) != fingerprint(group, row, header=swapped)


def test_what_a_known_record_was_counts(group):
    company = make_company(name="株式会社青葉", kana="アオバ", phone="042-000-0001", fax="")
    make_membership(group, company=company, representatives=[])
    header, row = "企業名,電話,ＦＡＸ", "株式会社青葉,042-000-0001,042-000-0009"
    before = fingerprint(group, row, header=header)
    Company.objects.update(fax="042-000-0008")

    assert fingerprint(group, row, header=header) != before


def test_members_that_the_file_does_not_name_count(group):
    before = fingerprint(group, ROW)
    make_membership(group)

    assert fingerprint(group, ROW) != before


def test_a_preview_of_yesterday_holds_though_what_begins_today_begins_tomorrow(group, staff):
    """Somebody new without a day of joining, one more representative, one who comes back."""
    known = make_membership(
        group, company=make_company(name="株式会社青葉", kana="アオバ", phone="042-000-0001")
    )
    batch = kept(group, staff, ROW.replace("2013-07-01", ""), "株式会社若葉,ワカバ,若葉 花子,,042-000-0002,")
    tomorrow = NOW + datetime.timedelta(days=1)

    with time_machine.travel(tomorrow):
        assert press(batch) is Outcome.DONE

    since = Representative.objects.exclude(membership=known).get().since
    assert (since, known.representatives.get(rank=2).since) == (tomorrow.date(), tomorrow.date())


def test_a_limit_that_changed_since_the_preview_is_looked_at_again(group, staff):
    batch = kept(group, staff, ROW, ROW.replace("青木 恵,aoki@", "青木 次郎,jiro@"))
    Group.objects.update(representatives_max=1)

    assert press(batch) is Outcome.CHANGED
    assert Membership.objects.count() == 0
    assert press(batch) is Outcome.DONE
    assert Representative.objects.count() == 1


def test_what_somebody_corrects_about_another_file_does_not_change_what_was_shown(group, other_group, staff):
    header, row = "企業名,フリガナ,連絡先A,連絡先B", "株式会社青葉,アオバ,042-000-0001,042-000-0002"
    first = {0: "company_name", 1: "company_kana", 2: "phone", 3: "fax"}
    read_again(batch=kept(group, staff, row, header=header), by=staff.user, header_row=1, mapping=first)
    batch = kept(group, staff, row, header=header)
    assert from_json(batch.report).layout.remembered

    other = kept(other_group, staff, row, header=header)
    read_again(batch=other, by=staff.user, header_row=1, mapping=first | {2: "fax", 3: "phone"})

    assert press(batch) is Outcome.DONE
    company = Company.objects.get()
    assert (company.phone, company.fax) == ("042-000-0001", "042-000-0002")


def test_somebody_who_left_since_the_preview_is_looked_at_again(group, staff):
    company = make_company(name="株式会社青葉", kana="アオバ", phone="042-000-0001")
    membership = make_membership(group, company=company, representatives=[])
    batch = kept(group, staff, ROW.replace("2013-07-01", ""))
    memberships.leave(membership=membership, since=datetime.date(2026, 4, 1), reason="busy")

    assert press(batch) is Outcome.CHANGED
    assert membership.representatives.count() == 0
