"""自社紹介シート: one page of A4 a member, told as its readers may know it; what is empty is left to be written in."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from groups.papers import fitting, printing
from groups.papers.fitting import Block, Text
from groups.papers.job import Job
from groups.papers.letterhead import letterhead
from groups.papers.selection import Member, Readers
from members.models import Company, Person

# Millimetres and points of print_papers.css, by which the room for the texts is reckoned.
WIDTH, LABEL, ROOM = 182.0, 24.0, 238.0
FACT, FACT_SIZE, HEADING, RULE = 8.0, 9.5, 8.5, 8.6
FEWEST, MOST = 2, 6  # writing lines of an empty part
BODY, LEADING = (10.5, 9.5, 8.5, 7.5), 1.55
TEXTS = ("strengths", "seeking", "pr")
HANDLING = {
    Readers.OFFICE: "事務局の仕事だけにお使いください。会員に配るときは「同意のとおり」で作り直します。",
    Readers.GROUP: "会員どうしの交流だけにお使いください。会の外へ持ち出すことはできません。",
    Readers.MEMBERS: "異業種交流グループの会員どうしの交流にお使いください。",
    Readers.PUBLIC: "",
}


class Fact(NamedTuple):
    """A line of the table: one fact over the whole width, or two beside each other."""

    label: str
    value: str
    label2: str = ""
    value2: str = ""


class Section(NamedTuple):
    """A longer text under its heading; without one there are lines to write on."""

    label: str
    text: str


class CompanySheet(NamedTuple):
    """A member's sheet. `rules`: on how many lines a section without a text is written by hand."""

    who: list[Block]
    office: list[Block]
    facts: list[Fact]
    sections: list[Section]
    text: Block
    rules: range


def print_company_sheets(*, job: Job, members: Sequence[Member]) -> bytes:
    """The sheets of the members, logged first."""
    columns = ["company", "person", "address", "phone", "email", "url", "trade", "products", *TEXTS]
    number = job.log("company-sheets", columns=columns, rows=len(members), members=members)
    sheets = [_sheet(member, job.readers) for member in members]
    return printing.make(
        "company_sheets",
        {"head": letterhead(job, "自社紹介シート", number, HANDLING[job.readers]), "sheets": sheets},
        title=f"{job.about} 自社紹介シート 部数番号{number}",
        tagged=True,
        rules=fitting.rules(block for sheet in sheets for block in [*sheet.who, *sheet.office, sheet.text]),
    )


def _sheet(member: Member, readers: Readers) -> CompanySheet:
    source, facts = member.source, list(_facts(member, readers))
    sections = list(_sections(source, readers))
    roles = "・".join(dict.fromkeys(role for roles in member.offices.values() for role in roles))
    office = fitting.set_in([Text(roles, (10, 8.5), "office")], 54, 40)
    taken = 62 if office else 0
    names = [Text(source.kana, (9, 8, 7), "kana"), Text(str(source), (24, 20, 16), "name")]
    who = fitting.set_in(names, WIDTH - 6 - taken, 60)
    room = ROOM - fitting.height(who) - sum(_height(fact) for fact in facts)
    return CompanySheet(who, office, facts, sections, *_text(sections, room))


def _text(sections: Sequence[Section], room: float) -> tuple[Block, range]:
    """The largest type in which the texts find room in so many millimetres, for they go on over the page rather than
    being cut; and the writing lines that what is left gives to the others.
    """
    empty = sum(not section.text for section in sections)
    room -= len(sections) * HEADING + empty * FEWEST * RULE
    told = "\n".join(section.text for section in sections)
    for size in BODY:
        spare = room - _lines(told, WIDTH, size) * size * LEADING * fitting.MM_PER_POINT
        if spare >= 0:
            break
    more = int(max(0.0, spare) / RULE / empty) if empty else 0
    return Block((), size), range(min(MOST, FEWEST + more))


def _height(fact: Fact) -> float:
    width = (WIDTH if not fact.label2 else WIDTH / 2) - LABEL - 3
    lines = max(_lines(value, width, FACT_SIZE) for value in (fact.value, fact.value2))
    return max(FACT, lines * FACT_SIZE * 1.4 * fitting.MM_PER_POINT + 1.4)


def _lines(text: str, width: float, size: float) -> int:
    """How many lines a text will about take; the engine breaks them."""
    room = width / fitting.MM_PER_POINT / size
    return sum(len(fitting.broken(line, room)) for line in text.splitlines())


def _facts(member: Member, readers: Readers) -> Iterator[Fact]:
    """What is known of the member; other groups and the public learn the town, the trade and the address of the page."""
    source, company = member.source, member.company
    trade = Fact("業種", source.trade)
    if not readers.near:
        yield Fact("所在地", f"{source.prefecture}{source.city}")
        yield Fact("ホームページ", source.url)
        yield trade
        return
    if company:
        head = (company.representative_title, company.representative_name, company.representative_kana)
        yield Fact("代表者", _named(*head))
        people = (_named(person.title, person.name, person.kana) for person in member.people)
        yield Fact("参加者", "\n".join(people))
    elif member.membership.person:
        yield Fact("肩書", member.membership.person.title)
    code = f"〒{source.postal_code}　" if source.postal_code else ""
    yield Fact("所在地", f"{code}{source.address}")
    yield Fact("電話", source.phone, "FAX", source.fax)
    yield Fact("メール", source.email, "ホームページ", source.url)
    if not company:
        yield trade
        return
    yield trade._replace(label2="設立", value2=_month(company.founded))
    capital = f"{company.capital:,}万円" if company.capital is not None else ""
    staff = f"{company.employees:,}人" if company.employees is not None else ""
    yield Fact("資本金", capital, "従業員数", staff)


def _sections(source: Company | Person, readers: Readers) -> Iterator[Section]:
    """Products, and each text of which the company lets these readers know; a person without company has none."""
    yield Section("主要製品・サービス", source.products)
    for name in TEXTS:
        field: Any = Company._meta.get_field(name)
        told = getattr(source, f"{name}_for", None) in readers.audiences
        yield Section(str(field.verbose_name), getattr(source, name) if told else "")


def _named(title: str, name: str, kana: str) -> str:
    """代表取締役　髙橋 義則（タカハシ ヨシノリ）"""
    if not name:
        return ""
    return f"{f'{title}　' if title else ''}{name}{f'（{kana}）' if kana else ''}"


def _month(founded: str) -> str:
    """1968-04 as 1968年4月, 1968 as 1968年."""
    year, _, month = founded.partition("-")
    return f"{year}年{f'{int(month)}月' if month else ''}" if year else ""
