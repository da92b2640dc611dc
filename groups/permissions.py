"""May you do it now: rules that read aloud. docs/permissions.md is printed from this module.

A rule is asked about the group, company, person or membership it concerns: `user.has_perm("groups.edit_group", group)`.
Each predicate reads today's dated records (`groups.standing`), so an ended term ends the right.
"""

from typing import Any

import rules
from django.utils import timezone

from groups.first_year import is_in_its_first_own_year, is_near_its_handover, is_officer_of_its_group
from groups.models import Group, Membership, OfficerTerm, Printout, Representative
from groups.standing import bound_elsewhere, standing
from groups.visibility import exports_visible_to
from members.models import Company, Employment, Export, Person


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
def is_officer(user: Any, group: Group | None) -> bool:
    """今日、そのグループの役員である（発足年度を含む）"""
    return group is not None and group.pk in standing(user).officer_of


@rules.predicate
def institute_is_secretariat(user: Any, group: Group | None) -> bool:
    """今日、グループは準備中か発足年度である"""
    stages = (Group.Stage.FORMING, Group.Stage.LAUNCHED)
    return group is not None and group.stage_on(standing(user).day) in stages


@rules.predicate
def made_it(user: Any, printout: Printout | None) -> bool:
    """自分がつくったものである"""
    return printout is not None and printout.made_by_id == user.pk


@rules.predicate
def is_dissolved(user: Any, group: Group | None) -> bool:
    """今日、グループは解散している"""
    return group is not None and group.stage_on(standing(user).day) == Group.Stage.DISSOLVED


@rules.predicate
def runs_the_group_of(user: Any, record: Any) -> bool:
    """役員をしている自主運営グループのものである"""
    return record is not None and record.group_id in standing(user).runs


@rules.predicate
def may_edit_its_company(user: Any, former: Any) -> bool:
    """その企業の内容を直せる"""
    return former is not None and bool(user.has_perm("members.edit_company", former.company))


@rules.predicate
def is_officer_of_a_group(user: Any) -> bool:
    """今日、どこかのグループの役員である"""
    return bool(standing(user).officer_of)


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
    """その企業が入っている自主運営グループの役員である（名簿の引き継ぎに同意していない会員を除く）"""
    who = standing(user)
    return bool(company and who.runs) and who.register.filter(company=company).exists()


@rules.predicate
def keeps_the_register_of_person(user: Any, person: Person | None) -> bool:
    """その人が入っている自主運営グループの役員である（名簿の引き継ぎに同意していない会員を除く）"""
    who = standing(user)
    if not (person and who.runs):
        return False
    represented = person.representations.on(who.day).values("membership_id")
    rows = who.register
    return (rows.filter(person=person) | rows.filter(pk__in=represented)).exists()


@rules.predicate
def keeps_everything_of_person(user: Any, about: Person | Employment | None) -> bool:
    """役員をしている自主運営グループに入っている人で、ほかのグループには入っておらず、職員でもない"""
    who = standing(user)
    person = about.person if isinstance(about, Employment) else about
    if person is None or not keeps_the_register_of_person(user, person):
        return False
    return not bound_elsewhere([person.pk], who.runs, who.day)


@rules.predicate
def keeps_the_register_of_membership(user: Any, about: Membership | Representative | None) -> bool:
    """役員をしている自主運営グループの会員である（退会した会員を含む）"""
    membership = about.membership if isinstance(about, Representative) else about
    return isinstance(membership, Membership) and membership.group_id in standing(user).runs


@rules.predicate
def was_handed_on(user: Any, membership: Membership | None) -> bool:
    """名簿の引き継ぎに同意していない会員ではない"""
    return membership is not None and membership.pk not in standing(user).withheld.memberships


@rules.predicate
def keeps_the_register_of_copy(user: Any, copy: Export | None) -> bool:
    """役員をしている自主運営グループの名簿の写しである"""
    return copy is not None and exports_visible_to(user).filter(pk=copy.pk).exists()


def _is_open(term: OfficerTerm) -> bool:
    return term.until is None or term.until >= timezone.localdate()


RULES: dict[str, tuple[str, rules.predicates.Predicate]] = {
    "office.work": ("事務局の机を開く", is_office_staff),
    "recruitment.run": ("募集を進める（応募を審査する・採否を決める・お知らせする）", is_office_staff),
    "office.administer": ("管理サイトで記録を直す", is_office_staff),
    "office.install": ("管理サイトでログイン・拠点・職員を登録する", is_office_staff | installs_the_portal),
    "groups.add_group": ("グループを登録する", is_office_staff),
    "groups.edit_group": ("グループの紹介・設定を直す", is_office_staff | is_officer_of_self_run_group),
    "groups.see_members": ("会員の一覧を見る", is_office_staff | is_member | is_adviser),
    "groups.appoint_officers": ("役員を登録する", is_office_staff | is_officer_of_self_run_group),
    "groups.keep_members": ("会員を加える", is_office_staff | is_officer_of_self_run_group),
    "groups.change_membership": (
        "会員の記録を見て、休会・退会・復帰・登録者を入れる",
        is_office_staff | keeps_the_register_of_membership,
    ),
    "groups.end_officer_term": (
        "役員の任期を終える",
        is_office_staff & is_open_term | leads_the_group_of_the_term | is_own_term,
    ),
    "groups.see_readiness": (
        "引き継ぎの準備・次の年度の準備がどこまで進んだかを見る",
        is_office_staff | is_officer,
    ),
    "groups.hand_over": ("グループを引き継ぐ（自主運営に移す日を決める・取り消す）", is_office_staff),
    "groups.make_handover_book": (
        "引き継ぎ帳をつくる",
        is_office_staff & institute_is_secretariat | is_officer_of_self_run_group,
    ),
    "groups.fetch_handover_book": ("自分がつくった引き継ぎ帳を受け取る・やめる・つくりなおす", made_it),
    "groups.end_group": ("グループを休止・再開・解散にする", is_office_staff),
    "groups.make_archive": ("解散したグループの記録を一つにまとめる", is_office_staff & is_dissolved),
    "groups.commission_adviser": ("助言者を委嘱する・任期を直す・依頼に答える", is_office_staff),
    "groups.ask_for_adviser": (
        "助言者の継続を依頼する",
        is_officer_of_self_run_group & is_in_its_first_own_year | is_officer & is_near_its_handover,
    ),
    "groups.withdraw_request": ("助言者の継続の依頼を取り下げる", is_officer_of_its_group),
    "groups.remove_bylaws": ("会則を一つ取り消す", is_office_staff | runs_the_group_of),
    "groups.keep_confirmation": (
        "登録内容の確認を進める・会員にかわって書きとめる",
        is_office_staff | runs_the_group_of,
    ),
    "members.correct_former": ("企業の前の名前や所在地の記録を直す", may_edit_its_company),
    "groups.see_bylaws": ("会則を見る", is_office_staff | is_member | is_adviser),
    "groups.keep_bylaws": ("会則を登録する・取り消す", is_office_staff | is_officer_of_self_run_group),
    "groups.ask_to_confirm": (
        "登録内容の確認をお願いする",
        is_office_staff | is_officer_of_self_run_group,
    ),
    "office.assign_staff": ("職員の配置・異動を登録する", is_office_staff),
    "members.close_company": ("企業の廃業・合併を登録する", is_office_staff),
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
    "members.keep_search": ("さがす条件を保存する", is_office_staff | is_officer_of_a_group),
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
    "members.change_employer": ("人の所属企業を変える", is_office_staff | keeps_everything_of_person),
    "members.see_what_is_seen": ("人の情報がだれに見えるかを確かめる", is_office_staff | is_oneself),
    "members.look_as": ("その人の見え方で画面を見る（30分、読むだけ）", is_office_staff & is_no_colleague),
    "members.see_looks": ("職員がその人の画面を見た記録を見る", is_office_staff | is_oneself),
    "members.see_company_history": (
        "企業の変更の履歴を見る",
        is_office_staff | is_own_company | keeps_the_register_of_company,
    ),
    "members.see_person_history": (
        "人の変更の履歴を見る",
        is_office_staff | is_oneself | keeps_the_register_of_person,
    ),
    "groups.see_group_history": (
        "グループの変更の履歴を見る",
        is_office_staff | is_officer_of_self_run_group,
    ),
    "groups.see_membership_history": (
        "会員の変更の履歴を見る",
        is_office_staff | keeps_the_register_of_membership & was_handed_on,
    ),
    "members.see_company_exports": (
        "企業が載っている写しを調べる",
        is_office_staff | keeps_the_register_of_company,
    ),
}

for rule in RULES:
    rules.add_perm(rule, RULES[rule][1])
