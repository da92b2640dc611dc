"""What a field stores is what its reader makes of the text; derived keys follow every kind of save."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayFormField
from members.models import Company, Person


def clean(name, text, model=Company):
    return model._meta.get_field(name).clean(text, None)


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("name", "　㈱髙橋﨑𠮷葛\U000e0100製作所 ", "㈱髙橋﨑𠮷葛\U000e0100製作所"),
        ("kana", "ﾀﾁｶﾜｹｲｿｸ", "タチカワケイソク"),
        ("kana", "たちかわ けいそく", "タチカワ ケイソク"),
        ("postal_code", "〒１８３－００１１", "183-0011"),
        ("phone", "（０４２）０００－４８５５", "042-000-4855"),
        ("email", "INFO@Example.JP", "info@example.jp"),
        ("corporate_number", "７０１８５６１６８９０３４", "7018561689034"),
        ("street", "", ""),
    ],
)
def test_what_is_typed_is_stored_as_the_directory_writes_it(name, typed, stored):
    assert clean(name, typed) == stored


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", "山田\u200b製作所", "目に見えない文字が入っています。消して入れ直してください。"),
        ("name", "山田\u202e製作所", "目に見えない文字が入っています。消して入れ直してください。"),
        ("name", "長" * 101, "100文字以内にしてください。いまは101文字です。"),
        ("kana", "立川計測", "「立川計測」をカタカナに直してください。例：タチカワケイソク"),
        ("postal_code", "19600-3", "7けたの数字で入れてください。いまは6けたです。"),
        ("products", "長" * 401, "400文字以内にしてください。いまは401文字です。"),
    ],
)
def test_what_cannot_be_stored_is_said_in_a_sentence(name, typed, said):
    with pytest.raises(ValidationError) as caught:
        clean(name, typed)

    assert caught.value.messages[0] == said


def test_two_companies_without_a_number_do_not_clash(db):
    for name in ("一", "二"):
        company = Company(name=name, corporate_number="")
        company.full_clean()
        company.save()

    assert list(Company.objects.values_list("corporate_number", flat=True)) == [None, None]


def test_derived_keys_follow_single_and_bulk_saves(db):
    one = Company.objects.create(name="株式会社髙橋", kana="タカハシ")
    [two] = Company.objects.bulk_create([Company(name="高橋㈱", kana="タカハシ")])

    one.refresh_from_db()
    two = Company.objects.get(pk=two.pk)
    assert one.search_key.startswith("\x01高橋\x02")
    assert two.search_key.startswith("\x01高橋\x02")
    assert one.sort_key == two.sort_key != ""


def test_the_last_word_of_a_long_entry_is_found_too(db):
    Company.objects.create(name="長" * 100, products="ば" * 390 + "最後の言葉", trade="業" * 60)

    assert Company.objects.filter(search_key__contains=japan.fold("最後の言葉")).count() == 1


def test_people_stand_in_dictionary_order_on_every_database(db):
    for kana in ("ハマダ", "ガモウ", "カモ", "ハヤシ", "パク", "アーク", "アイダ", "バーンズ"):
        Person.objects.create(family_name=kana, family_kana=kana)

    said = list(Person.objects.order_by("sort_key").values_list("family_kana", flat=True))
    assert said == ["アーク", "アイダ", "カモ", "ガモウ", "バーンズ", "パク", "ハマダ", "ハヤシ"]


@pytest.mark.parametrize("typed", ["H25.7.1", "平成25年7月1日", "2013/7/1", "2013-07-01", "Ｈ２５．７．１"])
def test_a_day_may_be_typed_the_japanese_way(typed):
    assert DayFormField().clean(typed) == datetime.date(2013, 7, 1)


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError, match="という日付はありません"):
        DayFormField().clean("H25.2.30")
    with pytest.raises(ValidationError, match="日付を入れてください。"):
        DayFormField().clean("")
