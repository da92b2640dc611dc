"""As whom somebody may exhibit, and what is known of each already."""

from dataclasses import dataclass
from typing import Any

from events.models import Booth, PartnerGroup
from events.partners import is_partner
from groups.models import Group
from groups.standing import standing
from groups.visibility import companies_visible_to, groups_visible_to
from members.models import Company

PUBLIC = Company.Audience.PUBLIC


@dataclass(frozen=True)
class Exhibitor:
    """Exactly one of the three. `key` names it in an address."""

    company: Company | None = None
    group: Group | None = None
    partner_group: PartnerGroup | None = None

    @property
    def record(self) -> Company | Group | PartnerGroup:
        found = self.company or self.group or self.partner_group
        assert found is not None
        return found

    @property
    def key(self) -> str:
        kind = "company" if self.company else "group" if self.group else "partner"
        return f"{kind}-{self.record.pk}"

    @property
    def kind(self) -> str:
        """In words."""
        return "企業" if self.company else "グループ" if self.group else "公社のグループ"

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a booth that say whose it is."""
        return {"company": self.company, "group": self.group, "partner_group": self.partner_group}


def exhibitors_of(user: Any) -> list[Exhibitor]:
    """As whom the user may apply today: the companies represented, the groups led, the partner corporation's groups."""
    who = standing(user)
    companies = Company.objects.filter(pk__in=who.own_companies) if who.own_companies else []
    groups = Group.objects.filter(pk__in=who.officer_of) if who.officer_of else []
    partners = PartnerGroup.objects.filter(is_current=True) if is_partner(user) else []
    return [
        *(Exhibitor(company=each) for each in companies),
        *(Exhibitor(group=each) for each in groups),
        *(Exhibitor(partner_group=each) for each in partners),
    ]


def offered_to_office(user: Any) -> dict[str, list[tuple[str, str]]]:
    """For whom the office may take an application in: (key, name) by kind, those that are no more left out."""
    companies = companies_visible_to(user).filter(status=Company.Status.CONTINUING)
    groups: Any = groups_visible_to(user)  # with its stage of today
    groups = groups.exclude(stage=Group.Stage.DISSOLVED)
    partners = PartnerGroup.objects.filter(is_current=True)
    return {
        "企業": [
            (f"company-{pk}", f"{name}（{city}）" if city else name)
            for pk, name, city in companies.values_list("pk", "name", "city")
        ],
        "グループ": [(f"group-{pk}", name) for pk, name in groups.values_list("pk", "name")],
        "公社のグループ": [(f"partner-{pk}", name) for pk, name in partners.values_list("pk", "name")],
    }


def named(key: str) -> Exhibitor:
    """Whom a key of `offered_to_office` means."""
    kind, _, pk = key.partition("-")
    if kind == "company":
        return Exhibitor(company=Company.objects.get(pk=pk))
    if kind == "group":
        return Exhibitor(group=Group.objects.get(pk=pk))
    return Exhibitor(partner_group=PartnerGroup.objects.get(pk=pk))


def prefilled(exhibitor: Exhibitor, user: Any = None) -> dict[str, Any]:
    """What a new application begins with: of a company what everybody may read of it, and how the user is reached, if
    it is theirs.
    """
    known: dict[str, Any] = {"exhibitor": exhibitor.record.name}
    company, group = exhibitor.company, exhibitor.group
    if company:
        known |= {
            "trade": company.industry,
            "technologies": company.strengths
            if _is_short(company.strengths) and company.strengths_for == PUBLIC
            else "",
            "url": company.url,
            "words": (company.pr if company.pr_for == PUBLIC else "") or company.products,
        }
    elif group:
        known |= {"url": group.url, "words": group.introduction}
    known["words"] = known.get("words", "")[: _limit("words")]
    person = getattr(user, "person", None)
    if person:
        known |= {"first_person": str(person), "email": person.email, "phone": person.phone}
    return known


def _is_short(text: str) -> bool:
    return "\n" not in text and len(text) <= _limit("technologies")


def _limit(name: str) -> int:
    column: Any = Booth._meta.get_field(name)
    return int(column.max_length)
