"""The admin as a tool: everything is found, nothing is written over."""

import datetime
import re

from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.models import Group, Membership, OfficerTerm, Representative
from members.models import Company, Consent, Employment, FormerName, Person
from tests.factories import make_adviser, make_company, make_membership, make_officer, make_person
from tests.strictness import parse_strictly

TODAY = datetime.date(2026, 11, 25)
# Of the rows there may be any number; so many questions are asked of the database for a list.
MOST_QUERIES = 15


def url(model, page, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def found(actor, model, q) -> list[str]:
    answer = actor.client.get(url(model, "changelist"), {"q": q})
    return sorted(str(row) for row in answer.context["cl"].result_list)


def sent(answer) -> dict:
    """What the page would send: all its inputs."""
    values = {}
    tree = parse_strictly(answer.content.decode())
    (form,) = (each for each in tree.iter("form") if (each.get("id") or "").endswith("_form"))
    for each in form.iter():
        name, kind = each.get("name"), each.get("type", "text")
        if not name or kind in ("submit", "file") or "__prefix__" in name:
            continue
        if each.tag == "select":
            chosen = [
                option.get("value", "") for option in each.iter("option") if "selected" in option.attrib
            ]
            values[name] = (chosen or [""])[0]
        elif each.tag == "textarea":
            values[name] = (each.text or "").removeprefix("\n")
        elif each.tag == "input" and (kind not in ("radio", "checkbox") or "checked" in each.attrib):
            values[name] = each.get("value", "on" if kind == "checkbox" else "")
    return values


def test_companies_are_found_by_all_that_people_know_of_them(staff):
    company = make_company(
        name="㈱髙﨑製作所", kana="タカサキセイサクショ", phone="042-500-2300", fax="042-500-2311",
        corporate_number="5999900000400", other_names="タカサキ工房",
    )  # fmt: skip
    FormerName.objects.create(company=company, name="株式会社濵田鉄工", until=TODAY)
    company.save()
    make_company(name="株式会社よそ", phone="03-1111-2222")
    for q in ("高崎製作所", "たかさき", "株式会社高崎", "工房", "浜田鉄工", "042-500-2300", "0425002300", "2311",
              "5999900000400", "T5-9999-0000-0400"[2:]):  # fmt: skip
        assert found(staff, Company, q) == ["㈱髙﨑製作所"], q
    assert found(staff, Company, "090") == []


def test_members_are_found_by_number_name_and_representative(staff, group, other_group):
    first = make_membership(group, company=make_company(name="株式会社葛󠄀飾"))
    make_membership(other_group)
    person = first.representatives.get().person
    for q in (
        "KY-001",
        "ky-1",
        "ＫＹ－００１",
        "葛飾",
        person.family_name + person.given_name,
        f"葛飾 {person.given_name}",
    ):
        assert found(staff, Membership, q) == [str(first)], q
    assert found(staff, Membership, "MN-2") == []


def test_people_are_found_by_variants_and_digits(staff):
    make_person(
        family_name="髙橋",
        given_name="葛󠄀雄",
        family_kana="タカハシ",
        other_names="はしたか",
        phone="090-1234-5678",
    )
    for q in ("高橋", "たかはし", "髙橋 葛雄", "ハシタカ", "12345678"):
        assert found(staff, Person, q) == ["髙橋 葛󠄀雄"], q


def queries(actor, page) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert actor.client.get(page).status_code == 200
    return len(asked)


def test_a_list_asks_as_often_for_thirty_rows_as_for_one(staff, group):
    for _ in range(2):
        row_of_each(group)
    models = [model for model, site in admin.site._registry.items() if model._default_manager.exists()]
    few = {model.__name__: queries(staff, url(model, "changelist")) for model in models}
    for _ in range(8):
        row_of_each(group)
    many = {model.__name__: queries(staff, url(model, "changelist")) for model in models}
    assert many == few
    assert {name: count for name, count in many.items() if count > MOST_QUERIES} == {}
    assert len(models) >= 12


def row_of_each(group) -> None:
    membership = make_membership(group, consent="yes")
    make_membership(group, person=make_person())
    person = membership.representatives.get().person
    make_officer(group, person)
    make_adviser(group, make_person(company=membership.company))
    FormerName.objects.create(company=membership.company, name="むかし", until=TODAY)
    Consent.objects.create(person=person, kind="mail", given=True, since=TODAY)


def test_a_record_shows_what_hangs_on_it_and_leads_to_the_portal(staff, secretary, group):
    membership, company = secretary.membership, secretary.membership.company
    make_adviser(group, secretary.person)
    lines = {
        (Company, company.pk): ["株式会社むかし", secretary.person.name, membership.number],
        (Person, secretary.person.pk): [company.name, membership.number, "事務局", "助言者"],
        (Membership, membership.pk): ["在会", secretary.person.name, "のせてよい"],
        (Group, group.pk): ["自主運営", secretary.person.name, "会員の記録 1件を見る"],
    }
    FormerName.objects.create(company=company, name="株式会社むかし", until=TODAY)
    places = {
        Company: reverse("company", args=[company.pk]),
        Person: reverse("person", args=[secretary.person.pk]),
        Membership: reverse("membership", args=[membership.pk]),
        Group: reverse("group", args=[group.slug]),
    }
    for (model, pk), said in lines.items():
        answer = staff.client.get(url(model, "change", pk))
        text = answer.content.decode()
        assert [line for line in said if line not in text] == [], model
        assert f'href="{places[model]}"' in text, model
        page = staff.client.get(places[model]).content.decode()
        assert model is Group or f'href="{url(model, "change", pk)}"' in page, model
        assert "/admin/" not in secretary.client.get(places[model]).content.decode()
        parse_strictly(answer.content)


# ── two at once ──────────────────────────────────────────────────────────────


def test_the_second_to_save_sees_both_texts_and_loses_nothing(staff, group):
    company = make_company(trade="鋳造")
    page = url(Company, "change", company.pk)
    mine = sent(staff.client.get(page))
    Company.objects.get(pk=company.pk).save()
    theirs = sent(staff.client.get(page))
    assert staff.client.post(page, theirs | {"trade": "めっき"}).status_code == 302
    new_name = {"former_names-TOTAL_FORMS": "1", "former_names-0-name": "株式会社むかし", "former_names-0-until": "H30.3.31",
                "former_names-0-company": company.pk, "former_names-0-kana": ""}  # fmt: skip
    answer = staff.client.post(page, mine | {"trade": "研磨", "products": "金具"} | new_name)
    company.refresh_from_db()
    assert (answer.status_code, company.trade, company.former_names.count()) == (200, "めっき", 0)
    shown = sent(answer)
    assert (shown["trade"], shown["products"], shown["former_names-0-name"]) == (
        "研磨",
        "金具",
        "株式会社むかし",
    )
    assert "あなたが、別の画面で先に保存しています" in answer.content.decode()
    done = staff.client.post(page, shown | {"record-keep-trade": "theirs"})
    company.refresh_from_db()
    assert (done.status_code, company.trade, company.products) == (302, "めっき", "金具")
    assert company.former_names.get().name == "株式会社むかし"


def test_a_verb_is_not_called_on_an_older_version(staff, secretary, member, group):
    term = group.officer_terms.get()
    make_officer(group, member.person)
    page = url(OfficerTerm, "change", term.pk)
    mine = sent(staff.client.get(page))
    term.role = "chair"
    term.save()
    answer = staff.client.post(page, mine | {"until": "2026-12-31"})
    term.refresh_from_db()
    assert (answer.status_code, term.until, term.role) == (200, None, "chair")
    assert [(each.label, each.theirs) for each in answer.context["adminform"].form.conflict.fields] == [
        ("役職", "代表幹事"),
        ("いつまで", ""),
    ]


def test_only_what_was_asked_is_written_and_nothing_without_a_change(staff, group):
    """Numbers that were given out meanwhile stay given out."""
    page = url(Group, "change", group.pk)
    mine = sent(staff.client.get(page))
    rows = Group.history.count()
    assert staff.client.post(page, mine).status_code == 302
    assert Group.history.count() == rows
    staff.client.post(page, mine | {"theme": "脱炭素"})
    Group.objects.filter(pk=group.pk).update(last_member_number=7)
    group.refresh_from_db()
    site, form = (
        admin.site._registry[Group],
        type("Form", (), {"fields": {"theme"}, "has_changed": lambda form: True})(),
    )
    stale = Group.objects.get(pk=group.pk)
    stale.theme, stale.last_member_number = "人手不足", 3
    site.save_model(staff.client.get("/admin/").wsgi_request, stale, form, change=True)
    group.refresh_from_db()
    assert (group.theme, group.last_member_number) == ("人手不足", 7)
    assert found(staff, Group, "人手不足") == [group.name]


# ── new records, history ─────────────────────────────────────────────────────


def test_new_records_are_made_by_the_verbs_of_the_directory(staff):
    typed = sent(staff.client.get(url(Company, "add"))) | {"name": "株式会社はじめ", "kana": "はじめ"}
    assert staff.client.post(url(Company, "add"), typed).status_code == 302
    company = Company.objects.get(name="株式会社はじめ")
    typed = sent(staff.client.get(url(Person, "add"))) | {
        "family_name": "新田",
        "company": company.pk,
        "since": "",
    }
    refused = staff.client.post(url(Person, "add"), typed)
    assert "いつから所属しているかを入れてください。" in refused.content.decode()
    assert staff.client.post(url(Person, "add"), typed | {"since": "R8.4.1"}).status_code == 302
    row = Employment.objects.get(person__family_name="新田")
    assert (company.kana, row.company, row.since) == ("ハジメ", company, datetime.date(2026, 4, 1))
    assert row.history.get().history_user == staff.user


def test_the_history_tells_old_and_new_in_words(staff, member, secretary):
    term = member.membership.representatives.get()
    term.person, term.until = secretary.person, TODAY
    term.save()
    company = member.membership.company
    company.industry, company.in_tokyo = "E", True
    company.save()
    told = {
        (Representative, term.pk): [
            f"登録者</strong>：{member.person} → {secretary.person}",
            "いつまで</strong>：（空） → 令和8年11月25日",
        ],
        (Company, company.pk): [
            "業種（大分類）</strong>：（空） → 製造業",
            "都内に事業所がある</strong>：（空） → はい",
        ],
    }
    for (model, pk), lines in told.items():
        text = re.sub(r"\s+", " ", staff.client.get(url(model, "history", pk)).content.decode())
        assert [line for line in lines if line not in text] == []
