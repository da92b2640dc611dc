"""The log of what leaves the portal: who took which list, when, for what, for whom."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from members.models import Company, Export, Person, User

UNSTATED = "未記入"
# The last part of a subject.
LISTS = {
    "roster": "会員名簿",
    "labels": "宛名ラベル",
    "envelopes": "封筒の宛名",
    "badges": "名札",
    "company-sheets": "自社紹介シート",
    "attendance-sheet": "出席者名簿",
    "book": "グループをまとめた会員名簿",
    "handover": "引き継ぎ帳",
    "archive": "解散したグループの記録",
    "registrations": "合同交流会の参加申込",
    "invitations": "合同交流会の紙のご案内",
    "reception-list": "受付名簿",
    "booth-cards": "合同交流会のブースの札",
    "table-list": "合同交流会の卓ごとの名簿",
    "table-slips": "合同交流会の席の紙",
    "result-letters": "募集の結果のお知らせ（郵便）",
}


@transaction.atomic
def log(
    *,
    about: models.Model,
    subject: str,
    by: User | None,
    variant: str,
    file_format: str,
    as_of: datetime.date,
    columns: Iterable[str],
    row_count: int,
    purpose: str = "",
    receiver: str = "",
    people: Iterable[int] = (),
    companies: Iterable[int] = (),
) -> Export:
    """One more copy of a list, with the list's next number. `about`: the record the list is about.

    `people` and `companies` are the ids of those the copy tells of. The row of `about` is locked
    while the number is taken, so that two copies never bear the same one.
    """
    kind: Any = type(about)
    kind._base_manager.select_for_update().get(pk=about.pk)
    last = Export.objects.filter(subject=subject).aggregate(last=Max("copy_number"))["last"]
    copy = Export.objects.create(
        taken_by=by,
        subject=subject,
        variant=variant,
        file_format=file_format,
        as_of=as_of,
        columns=list(columns),
        row_count=row_count,
        purpose=purpose or UNSTATED,
        receiver=receiver,
        copy_number=(last or 0) + 1,
    )
    copy.people.set(people)
    copy.companies.set(companies)
    return copy


def list_of(copy: Export) -> str:
    """What kind of list it is a copy of, in words: 会員名簿. The subject itself for a kind that is no longer known."""
    return LISTS.get(copy.subject.rpartition("/")[2], copy.subject)


def holding(copies: QuerySet[Export], whom: Person | Company) -> QuerySet[Export]:
    """Of these copies, those that tell of a person or a company, and those of which nobody knows; each says it in `known`.

    One query. Copies that left before people and companies were written down have neither.
    """
    people = Export.people.through.objects.filter(export=OuterRef("pk"))
    companies = Export.companies.through.objects.filter(export=OuterRef("pk"))
    of_them = people.filter(person=whom.pk) if isinstance(whom, Person) else companies.filter(company=whom.pk)
    unknown = ~Exists(people) & ~Exists(companies) & Q(row_count__gt=0)
    return copies.annotate(known=Exists(of_them)).filter(Q(known=True) | unknown)
