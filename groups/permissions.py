"""May you do it now: rules that read aloud. docs/permissions.md is printed from this module.

A rule is asked about the group, company, person or membership it concerns: `user.has_perm("groups.edit_group", group)`.
Each predicate reads today's dated records (`groups.standing`), so an ended term ends the right.
"""

from typing import Any

import rules

from groups.models import Group, Membership, OfficerTerm
from groups.standing import bound_elsewhere, standing
from groups.visibility import exports_visible_to
from members.models import Company, Export, Person


@rules.predicate
def is_office_staff(user: Any) -> bool:
    """事務局職員: 今日、拠点に配置されている"""
    return standing(user).is_staff


@rules.predicate
def installs_the_portal(user: Any) -> bool:
    """設置者: ログインと拠点、職員の配置だけ"""
    return bool(user.is_superuser)


@rules.predicate
def is_member(user: Any, group: Group | None) -> bool:
    """今日、そのグループの会員である（休会を含む）"""
    return group is not None and group.pk in standing(user).member_of


@rules.predicate
def is_adviser(user: Any, group: Group | None) -> bool:
    """今日、そのグループの助言者である"""
    return group is not None and group.pk in standing(user).adviser_of


@rules.predicate
def is_officer_of_self_run_group(user: Any, group: Group | None) -> bool:
    """今日、そのグループの役員であり、グループは自主運営をしている"""
    return group is not None and group.pk in standing(user).runs


@rules.predicate
def is_own_company(user: Any, company: Company | None) -> bool:
    """自分が登録者になっている企業である"""
    return company is not None and company.pk in standing(user).own_companies


@rules.predicate
def is_oneself(user: Any, person: Person | None) -> bool:
    """本人である"""
    return person is not None and person.pk == user.person_id


@rules.predicate
def is_own_term(user: Any, term: OfficerTerm | None) -> bool:
    """自分の、まだ終わっていない任期である"""
    mine = bool(user.person_id) and term is not None and term.person_id == user.person_id
    return mine and _is_open(term)  # type: ignore[arg-type]


@rules.predicate
def leads_the_group_of_the_term(user: Any, term: OfficerTerm | None) -> bool:
    """自主運営グループの役員であり、同じグループのまだ終わっていない任期である"""
    runs = standing(user).runs
    return bool(runs) and term is not None and term.group_id in runs and _is_open(term)


@rules.predicate
def is_open_term(user: Any, term: OfficerTerm | None) -> bool:
    """まだ終わっていない任期である"""
    return term is None or _is_open(term)


@rules.predicate
def is_no_colleague(user: Any, person: Person | None) -> bool:
    """職員でも設置者でもない"""
    if person is None:
        return True
    if standing(user).is_staff_member(person):
        return False
    return not person.users.filter(is_active=True, is_superuser=True).exists()


@rules.predicate
def keeps_the_register_of_company(user: Any, company: Company | None) -> bool:
    """その企業が入っている自主運営グループの役員である"""
    runs = standing(user).runs
    return bool(company and runs) and _belonging(runs).filter(company=company).exists()


@rules.predicate
def keeps_the_register_of_person(user: Any, person: Person | None) -> bool:
    """その人が入っている自主運営グループの役員である"""
    runs = standing(user).runs
    if not (person and runs):
        return False
    represented = person.representations.on(standing(user).day).values("membership_id")
    rows = _belonging(runs)
    return (rows.filter(person=person) | rows.filter(pk__in=represented)).exists()


@rules.predicate
def keeps_everything_of_person(user: Any, person: Person | None) -> bool:
    """役員をしている自主運営グループに入っている人で、ほかのグループには入っておらず、職員でもない"""
    who = standing(user)
    if person is None or not keeps_the_register_of_person(user, person):
        return False
    return not bound_elsewhere([person.pk], who.runs, who.day)


@rules.predicate
def keeps_the_register_of_copy(user: Any, copy: Export | None) -> bool:
    """役員をしている自主運営グループの名簿の写しである"""
    return copy is not None and exports_visible_to(user).filter(pk=copy.pk).exists()


def _is_open(term: OfficerTerm) -> bool:
    from django.utils import timezone

    return term.until is None or term.until >= timezone.localdate()


def _belonging(group_ids: frozenset[int]) -> Any:
    from django.utils import timezone

    return Membership.objects.belonging(timezone.localdate()).filter(group_id__in=group_ids)


RULES: dict[str, tuple[str, rules.predicates.Predicate]] = {
    "office.work": ("事務局の机を開く", is_office_staff),
    "office.administer": ("管理サイトで記録を直す", is_office_staff),
    "office.install": ("管理サイトでログイン・拠点・職員を登録する", is_office_staff | installs_the_portal),
    "groups.add_group": ("グループを登録する", is_office_staff),
    "groups.edit_group": ("グループの紹介・設定を直す", is_office_staff | is_officer_of_self_run_group),
    "groups.see_members": ("会員の一覧を見る", is_office_staff | is_member | is_adviser),
    "groups.appoint_officers": ("役員を登録する", is_office_staff | is_officer_of_self_run_group),
    "groups.end_officer_term": (
        "役員の任期を終える",
        is_office_staff & is_open_term | leads_the_group_of_the_term | is_own_term,
    ),
    "groups.import_roster": ("名簿を取り込む", is_office_staff),
    "groups.print_member_roster": ("会員用の名簿を出す", is_office_staff | is_member | is_adviser),
    "groups.print_public_roster": ("公開用の名簿を出す", is_office_staff | is_member | is_adviser),
    "groups.print_office_roster": (
        "事務局用・受付用の名簿と出席簿を出す",
        is_office_staff | is_officer_of_self_run_group,
    ),
    "members.edit_company": (
        "企業の内容を直す",
        is_office_staff | is_own_company | keeps_the_register_of_company,
    ),
    "members.edit_person": ("人の内容を直す", is_office_staff | is_oneself | keeps_the_register_of_person),
    "groups.see_exports": (
        "グループの名簿の写しの記録を見る",
        is_office_staff | is_officer_of_self_run_group,
    ),
    "members.see_export": ("一つの写しに載っている人を見る", is_office_staff | keeps_the_register_of_copy),
    "members.see_person_exports": (
        "人が載っている写しを調べる",
        is_office_staff | keeps_the_register_of_person,
    ),
    "members.invite_person": ("人をログインに招待する", is_office_staff | keeps_everything_of_person),
    "groups.invite_members": (
        "会員のログインの有無を見て、まとめて招待する",
        is_office_staff | is_officer_of_self_run_group,
    ),
    "members.see_what_is_seen": ("人の情報がだれに見えるかを確かめる", is_office_staff | is_oneself),
    "members.look_as": ("その人の見え方で画面を見る（30分、読むだけ）", is_office_staff & is_no_colleague),
    "members.see_looks": ("職員がその人の画面を見た記録を見る", is_office_staff | is_oneself),
    "members.see_company_exports": (
        "企業が載っている写しを調べる",
        is_office_staff | keeps_the_register_of_company,
    ),
}

for rule in RULES:
    rules.add_perm(rule, RULES[rule][1])
