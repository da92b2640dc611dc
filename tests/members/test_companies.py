"""A company is renamed and moves from a day on; what was kept is put right."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from members import companies
from members.models import Company, FormerName
from tests.factories import make_company

SINCE, LAST = datetime.date(2026, 10, 1), datetime.date(2026, 9, 30)
PLACE = {
    "postal_code": "190-0012",
    "prefecture": "東京都",
    "city": "立川市",
    "street": "曙町1-1",
    "building": "",
    "phone": "042-500-9999",
    "fax": "",
}


def test_the_old_name_is_kept_with_its_last_day_and_found(db):
    company = make_company(name="株式会社まえの名", kana="マエノナ")
    renamed = companies.rename(company=company, name="株式会社あとの名", kana="アトノナ", since=SINCE)
    former = company.former_names.get()
    assert (renamed.name, former.name, former.kana, former.until) == (
        "株式会社あとの名",
        "株式会社まえの名",
        "マエノナ",
        LAST,
    )
    assert Company.objects.get(search_key__contains="マエノ名") == company
    assert company.history.first().history_change_reason == "社名の変更（令和8年10月1日から）"


@pytest.mark.parametrize(
    ("name", "since", "field", "sentence"),
    [
        ("株式会社まえの名", SINCE, "name", companies.SAME_NAME),
        (
            "あと",
            datetime.date(2026, 11, 26),
            "since",
            "まだ来ていない日です。その日になってから登録してください。",
        ),
        ("あと", SINCE, "since", "同じ日までの記録が、もうあります。日を確かめてください。"),
    ],
)
def test_what_is_no_change_or_no_day_is_refused(db, name, since, field, sentence):
    company = make_company(name="株式会社まえの名")
    FormerName.objects.create(company=company, name="さらに前", until=LAST)
    with pytest.raises(ValidationError) as refused:
        companies.rename(company=company, name=name, kana="", since=since)
    assert refused.value.message_dict == {field: [sentence]}


def test_the_old_place_is_kept_with_its_last_day(db):
    company = make_company(fax="042-500-0001")
    was = company.address
    companies.move(company=company, since=SINCE, place=PLACE)
    company.refresh_from_db()
    former = company.former_addresses.get()
    assert (company.address, company.phone, company.fax) == ("東京都立川市曙町1-1", "042-500-9999", "")
    assert (former.address, former.fax, former.until) == (was, "042-500-0001", LAST)
    with pytest.raises(ValidationError) as same:
        companies.move(company=company, since=SINCE, place=PLACE)
    assert same.value.messages == [companies.SAME_PLACE]
    companies.remove_former_address(former=former)
    with pytest.raises(ValidationError) as gone:
        companies.remove_former_address(former=former)
    assert (gone.value.messages, list(company.former_addresses.all())) == ([companies.GONE], [])


def test_no_change_lies_before_an_earlier_one(db):
    company = make_company()
    companies.rename(company=company, name="株式会社いま", kana="", since=SINCE)
    companies.move(company=company, since=SINCE, place=PLACE)
    for change in (
        lambda since: companies.rename(company=company, name="株式会社つぎ", kana="", since=since),
        lambda since: companies.move(company=company, since=since, place=PLACE | {"phone": "042-500-1111"}),
    ):
        for day in (datetime.date(2026, 5, 1), LAST):
            with pytest.raises(ValidationError) as early:
                change(day)
            sentence = "令和8年9月30日までの記録が、もうあります。それより後の日にしてください。"
            assert early.value.message_dict == {"since": [sentence]}
        change(datetime.date(2026, 10, 2))


def test_a_former_name_is_put_right_and_taken_back(db):
    company = make_company()
    former = FormerName.objects.create(company=company, name="まちがい", until=LAST)
    companies.correct_former_name(former=former, name="有限会社ただしい", kana="", until=LAST)
    assert Company.objects.get(search_key__contains="タダシイ") == company
    with pytest.raises(ValidationError) as to_come:
        companies.correct_former_name(
            former=former, name="有限会社ただしい", kana="", until=datetime.date(2026, 11, 25)
        )
    assert to_come.value.message_dict == {"until": ["今日より前の日にしてください。"]}
    companies.remove_former_name(former=FormerName.objects.get())
    assert [
        FormerName.objects.count(),
        Company.objects.filter(search_key__contains="タダシイ").count(),
        FormerName.history.count(),
    ] == [0, 0, 3]
