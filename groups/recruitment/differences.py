"""What an applicant wrote and what the directory knew: gaps are filled, and where the two disagree, the office decides."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from groups.models import Application, Participant, RecruitmentRound
from iri_exchange.lib import history, japan
from members import companies, directory
from members.models import Company, CompanyFacts, Employment, Person

SETTLED = "この違いは、もうありません。ページを開きなおして確かめてください。"


@dataclass(frozen=True)
class Part:
    """Columns that are taken over together or not at all; `along` follows without being compared."""

    label: str
    fields: tuple[str, ...]
    along: str = ""


def _text(label: str, name: str) -> Part:
    return Part(label, (name,), f"{name}_for")


OF_COMPANY: Mapping[str, Part] = {
    "name": Part("企業名", ("name", "kana")),
    "other_names": Part("別表記", ("other_names",)),
    "corporate_number": Part("法人番号", ("corporate_number",)),
    "address": Part("所在地", ("postal_code", "prefecture", "city", "street", "building")),
    "phone": Part("電話", ("phone",)),
    "fax": Part("FAX", ("fax",)),
    "email": Part("代表メール", ("email",)),
    "url": Part("ホームページ", ("url",)),
    "in_tokyo": Part("都内に事業所がある", ("in_tokyo",)),
    "representative": Part("代表者", ("representative_title", "representative_name", "representative_kana")),
    "founded": Part("設立年月", ("founded",)),
    "capital": Part("資本金（万円）", ("capital",)),
    "employees": Part("従業員数（人）", ("employees",)),
    "trade": Part("業種", ("trade",)),
    "industry": Part("業種の分類", ("industry", "industry_middle")),
    "sme_category": Part("中小企業の区分", ("sme_category",)),
    "products": Part("主要製品・サービス", ("products",)),
    "strengths": _text("得意技術・設備", "strengths"),
    "seeking": _text("求める連携", "seeking"),
    "pr": _text("ひとことPR", "pr"),
}
OF_PERSON: Mapping[str, Part] = {
    "kana": Part("フリガナ", ("family_kana", "given_kana")),
    "title": Part("役職", ("title",)),
    "department": Part("部署", ("department",)),
    "email": Part("メール", ("email",)),
    "phone": Part("電話", ("phone",)),
}


class Difference(NamedTuple):
    """One part of a record of the directory of which the applicant wrote something else."""

    key: str
    record: Company | Person
    said_by: Application | Participant
    part: Part
    kept: str
    said: str


def fill(record: Any, said: Any, parts: Mapping[str, Part]) -> bool:
    """Take over what the record lacks, part by part, unless the part disagrees; whether there was anything."""
    changed = False
    for part in parts.values():
        if not _agree(record, said, part):
            continue
        for name in part.fields:
            if _is_blank(getattr(record, name)) and not _is_blank(getattr(said, name)):
                changed = True
                for each in filter(None, (name, part.along)):
                    setattr(record, each, getattr(said, each))
    return changed


def same_company(one: CompanyFacts, other: CompanyFacts) -> bool:
    """Whether two descriptions are of one company: by number where both have one, else by name and place or telephone."""
    if one.corporate_number and other.corporate_number:
        return one.corporate_number == other.corporate_number
    if japan.fold(one.name) != japan.fold(other.name):
        return False
    return any(
        value and plain(value) == plain(getattr(other, name))
        for name in ("phone", "address")
        if (value := getattr(one, name))
    )


def plain(value: Any) -> str:
    """The same for two ways of writing one thing; hyphens of a telephone number do not count."""
    return japan.fold(str(value)).replace("-", "")


def people_of(companies: Iterable[Company], day: datetime.date) -> dict[int, list[Person]]:
    """{company id: who belongs to it on a day}, in one query."""
    last = Employment.objects.filter(person=OuterRef("pk"), since__lte=day).order_by("-since")
    employed = Person.objects.annotate(employer=Subquery(last.values("company")[:1]))
    found: dict[int, list[Person]] = {company.pk: [] for company in companies}
    for person in employed.filter(employer__in=list(found)).order_by("pk"):
        found[person.employer].append(person)
    return found


def find(said: Participant, people: Iterable[Person]) -> Person | None:
    """The one of these people that has the participant's name."""
    return next((each for each in people if is_named(said, each)), None)


def is_named(said: Participant, other: Person | Participant) -> bool:
    """Whether both have one name, however it is spaced and written."""
    one, another = (plain(f"{each.family_name}{each.given_name}") for each in (said, other))
    return one == another


def differences(application: Application) -> list[Difference]:
    """What the directory has otherwise than the applicant wrote, of an admitted company and its people."""
    membership = application.membership
    if membership is None or membership.company is None:
        return []
    people = people_of([membership.company], timezone.localdate())[membership.company.pk]
    return _differences(application, membership.company, people)


def to_decide(round: RecruitmentRound) -> list[tuple[Application, list[Difference]]]:
    """The applications of a round whose companies are members and where something differs. Three queries."""
    rows = Application.objects.filter(round=round, state=Application.State.ACCEPTED)
    rows = rows.filter(membership__company__isnull=False).select_related("membership__company")
    admitted = [
        (each, company)
        for each in rows.prefetch_related("participants")
        if each.membership and (company := each.membership.company)
    ]
    people = people_of([company for _, company in admitted], timezone.localdate())
    found = [(each, _differences(each, company, people[company.pk])) for each, company in admitted]
    return [(each, differing) for each, differing in found if differing]


@transaction.atomic
def take(*, application: Application, key: str) -> Difference:
    """What the applicant wrote takes the place of what the directory had; raises ValidationError if they agree by now.

    A name and an address that the company had until now are kept as former ones.
    """
    chosen = next((each for each in differences(application) if each.key == key), None)
    if chosen is None:
        raise ValidationError(SETTLED, code="settled")
    said = {name: getattr(chosen.said_by, name) for name in chosen.part.fields}
    with history.in_step(f"応募の内容にそろえる（{application.number}）"):
        if isinstance(chosen.record, Person):
            person = Person.objects.select_for_update(no_key=True).get(pk=chosen.record.pk)
            _write(person, said)
            directory.change_person(person=person)
        else:
            _take_of_company(chosen, said)
    return chosen


def _differences(application: Application, company: Company, people: list[Person]) -> list[Difference]:
    found = list(_between(company, application, OF_COMPANY, ""))
    for each in application.participants.all():
        person = find(each, people)
        found += _between(person, each, OF_PERSON, f"{each.order}.") if person else []
    return found


def _take_of_company(chosen: Difference, said: dict[str, Any]) -> None:
    company = Company.objects.select_for_update(no_key=True).get(pk=chosen.record.pk)
    today = timezone.localdate()
    if chosen.key == "name" and said["name"] != company.name:
        companies.rename(company=company, since=today, name=said["name"], kana=said["kana"] or company.kana)
    elif chosen.key == "address":
        kept = {name: getattr(company, name) for name in companies.MOVED}
        companies.move(company=company, since=today, place=kept | said)
    else:
        if along := chosen.part.along:
            said[along] = getattr(chosen.said_by, along)
        _write(company, said)
        directory.change_company(company=company)


def _write(record: Any, said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        setattr(record, name, value)
    record.full_clean()


def _between(record: Any, said: Any, parts: Mapping[str, Part], prefix: str) -> Iterator[Difference]:
    for name, part in parts.items():
        if not _agree(record, said, part):
            yield Difference(
                f"{prefix}{name}", record, said, part, _in_words(record, part), _in_words(said, part)
            )


def _agree(record: Any, said: Any, part: Part) -> bool:
    """A blank on either side contradicts nothing."""
    pairs = [(getattr(record, name), getattr(said, name)) for name in part.fields]
    return all(_is_blank(kept) or _is_blank(new) or plain(kept) == plain(new) for kept, new in pairs)


def _is_blank(value: Any) -> bool:
    return value is None or value == ""


def _in_words(record: Any, part: Part) -> str:
    words = []
    for name in part.fields:
        value = getattr(record, name)
        if isinstance(value, bool):
            words.append("はい" if value else "いいえ")
        elif not _is_blank(value):
            display = getattr(record, f"get_{name}_display", None)
            words.append(str(display() if display else value))
    return " ".join(words) or "―"
