"""Whom a roster is for, and what goes with it: the rule that lets it out, its columns, what it may tell."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from groups.rosters.cells import Column
from groups.rosters.columns import (
    CHECK,
    COMPANY,
    CONTACTS,
    MEMBER_NUMBER,
    MONTHS,
    NAMES,
    NUMBER,
    PRODUCTS,
    ROLE,
    SIGNATURE,
    TOTAL,
    TRADE,
    WEB,
)


class Variant(models.TextChoices):
    """Whom a roster is for."""

    MEMBER = "member", "会員用"
    OFFICE = "office", "事務局用"
    PUBLIC = "public", "公開用"
    RECEPTION = "reception", "受付用"
    ATTENDANCE = "attendance", "出席簿"

    @property
    def terms(self) -> "Terms":
        return TERMS[self]


_WHO = frozenset(["company", "company_kana", "company_id"])
_NAMES = _WHO | {"roles", "status", "people", "person_ids", "member_number", "attended"}
_PUBLIC = _WHO | {"trade", "products", "url"}


@dataclass(frozen=True)
class Terms:
    """What goes with a variant. `columns` are the usual ones, `more` those that may be chosen besides.

    `care` and `handling` tell the reader of a copy what to mind. `by_consent`: the members' answers decide what it
    shows; otherwise it shows all. `public`: only companies that agreed to be shown to everyone. `tells` are the facts
    of a row that it may tell, None for all; of people whose `names_only` it tells, there is no way to reach them.
    `officers_first`: they head the list; otherwise all stand by フリガナ. `row_per_person`: one for each who attends.
    """

    rule: str
    columns: tuple[Column, ...]
    handling: str
    care: str = "取扱注意"
    more: tuple[Column, ...] = ()
    by_consent: bool = False
    public: bool = False
    tells: frozenset[str] | None = None
    names_only: bool = False
    officers_first: bool = True
    row_per_person: bool = False

    @property
    def offered(self) -> dict[str, Column]:
        """The columns to choose from, by key, the usual ones first."""
        return {column.key: column for column in (*self.columns, *self.more)}

    @property
    def usual(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)

    def chosen(self, keys: Iterable[str] | None) -> tuple[Column, ...]:
        """The columns of these keys, in their order; keys that are not offered are passed over. The usual ones for none."""
        offered = self.offered
        known = [offered[key] for key in dict.fromkeys(keys or ()) if key in offered]
        return tuple(known) or self.columns


TERMS = {
    Variant.MEMBER: Terms(
        rule="groups.print_member_roster",
        columns=CONTACTS,
        more=(MEMBER_NUMBER,),
        by_consent=True,
        handling="会員どうしの連絡だけにお使いください。写しを取る、転送する、会の外へ持ち出すことはできません。"
        "いらなくなったら、発行元へお返しください。",
    ),
    Variant.OFFICE: Terms(
        rule="groups.print_office_roster",
        columns=CONTACTS,
        more=(MEMBER_NUMBER,),
        handling="事務局の仕事だけに使い、鍵のかかる場所に置いてください。掲載を希望しない会員の連絡先も入っています。"
        "会員には配れません。",
    ),
    Variant.PUBLIC: Terms(
        rule="groups.print_public_roster",
        columns=(NUMBER, COMPANY, TRADE, PRODUCTS, WEB),
        by_consent=True,
        public=True,
        tells=_PUBLIC,
        officers_first=False,
        care="公開用",
        handling="企業の紹介を公開することに同意した会員だけをのせています。どなたにお渡ししてもかまいません。",
    ),
    Variant.RECEPTION: Terms(
        rule="groups.print_office_roster",
        columns=(CHECK, NUMBER, ROLE, COMPANY, NAMES, SIGNATURE),
        more=(MEMBER_NUMBER,),
        tells=_NAMES,
        names_only=True,
        officers_first=False,
        row_per_person=True,
        handling="受付だけに使い、机に置いたままにしないでください。掲載を希望しない会員の名前も入っています。"
        "終わったら、発行元へお返しください。",
    ),
    Variant.ATTENDANCE: Terms(
        rule="groups.print_office_roster",
        columns=(NUMBER, ROLE, COMPANY, NAMES, MONTHS, TOTAL),
        more=(MEMBER_NUMBER,),
        tells=_NAMES,
        names_only=True,
        handling="出欠の記録だけに使い、鍵のかかる場所に置いてください。掲載を希望しない会員の名前も入っています。"
        "会員には配れません。",
    ),
}
