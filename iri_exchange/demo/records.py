"""What else the directory knows: moves and ends of companies, a group's by-laws, an asking of its members, a wish."""

import datetime
import io

import pikepdf

from groups.models import (
    Adviser,
    AdviserRequest,
    Bylaws,
    Confirmation,
    ConfirmationLink,
    ConfirmationRound,
    Group,
    Membership,
    Representative,
    StaffAssignment,
)
from groups.models.confirmation import LINK_VALID_FOR
from iri_exchange.demo.world import World
from iri_exchange.lib import japan
from members.models import Company, FormerAddress, Person, User
from members.models.invitation import hash_of

JST = datetime.timezone(datetime.timedelta(hours=9))
# Groups in their first year on their own: one has its answer, the other waits for it.
ANSWERED, ASKS = "yumenoshima", "akishima-suiyo"
EVERY = 45  # one company in so many has moved
BYLAWS = (
    "TAMA24　会則",
    "第1条　本会は、業種のちがう企業が集まり、たがいに学ぶことを目的とする。",
    "第2条　会員は、本会の目的に賛同する企業および個人とする。",
    "第3条　一社の登録者は、2名までとする。",
    "第4条　定例会は、毎月1回ひらく。",
    "第5条　知り得た会員の秘密は、外に漏らさない。",
    "第6条　役員の任期は1年とし、再任を妨げない。",
)


def add(world: World, group: Group, staff: Person) -> None:
    """Everything of this module; `group` is the one of the demo logins."""
    office = User.objects.get(person=staff)
    secretary = User.objects.get(person=world.secretaries[group.slug])
    _move(world)
    _keep_bylaws(world, group, secretary)
    _ask_members(world, group, secretary)
    _ask_for_advisers(world, office)
    _plan_staff(world)


def _move(world: World) -> None:
    """Some companies had another address, and other numbers, until some day of the last years."""
    for company in Company.objects.order_by("pk")[::EVERY]:
        FormerAddress.objects.create(
            company=company,
            postal_code=company.postal_code,
            address=f"{company.prefecture}{company.city}旧町{world.dice.randrange(1, 9)}-{world.dice.randrange(1, 30)}",
            phone=world.telephone("042-000"),
            until=world.day_between(world.today - datetime.timedelta(days=1500), world.today, 0.8)
            - datetime.timedelta(days=1),
        )


def _keep_bylaws(world: World, group: Group, by: User) -> None:
    content = paper(BYLAWS)
    years = (group.founded_year, group.founded_year + 5)
    for year, note in zip(years, ("発会式で決めた", "総会で、第3条を改めた"), strict=True):
        since = datetime.date(year, 7, 1)
        kept = Bylaws.objects.create(
            group=group,
            valid_from=since,
            filename="会則.pdf",
            content=content,
            size=len(content),
            note=note,
            uploaded_by=by,
        )
        Bylaws.objects.filter(pk=kept.pk).update(uploaded_at=_at(since))


def _ask_members(world: World, group: Group, by: User) -> None:
    """Ten days ago; most have answered by the link, a few by telephone, some not yet."""
    started = _at(world.today - datetime.timedelta(days=10))
    asking = ConfirmationRound.objects.create(group=group, started_by=by, started_at=started)
    terms = Representative.objects.on(world.today).order_by("-rank").select_related("person")
    contacts = {term.membership_id: term.person for term in terms.filter(membership__group=group)}
    for membership in Membership.objects.belonging(world.today).filter(group=group).order_by("sequence"):
        person = contacts.get(membership.pk) or membership.person
        row = Confirmation(round=asking, membership=membership, person=person)
        by_letter = bool(person and person.email and person.contact_method == "email")
        if world.chance(0.7 if by_letter else 0.3):
            answered = started + datetime.timedelta(days=world.dice.randrange(1, 9), hours=3)
            row.confirmed_at, row.source = answered, "link" if by_letter else "phone"
            row.confirmed_by = None if by_letter else by
            row.corrected = by_letter and world.chance(0.2)
        row.save()
        if by_letter and person:
            ConfirmationLink.objects.create(
                confirmation=row,
                email=person.email,
                token_hash=hash_of(f"{world.dice.getrandbits(192):048x}"),
                made_at=started,
                expires_at=started + LINK_VALID_FOR,
            )


def _ask_for_advisers(world: World, by: User) -> None:
    """As the office wrote it down: the officers of these groups have no login in the demo."""
    year = japan.fiscal_year(world.today)
    for slug in (ANSWERED, ASKS):
        group = Group.objects.get(slug=slug)
        if group.founded_year + 1 != year:
            continue
        asked = AdviserRequest.objects.create(
            group=group, fiscal_year=year, note="役員会で、もう1年お願いしたいと決まりました。", asked_by=by
        )
        day = max(datetime.date(year, 4, 1), world.today - datetime.timedelta(days=12))
        AdviserRequest.objects.filter(pk=asked.pk).update(asked_at=_at(day))
        if slug == ANSWERED:
            AdviserRequest.objects.filter(pk=asked.pk).update(
                state=AdviserRequest.State.ACCEPTED,
                answered_by=by,
                answered_at=_at(day) + datetime.timedelta(hours=5),
                term=Adviser.objects.filter(group=group).order_by("pk").last(),
            )


def _plan_staff(world: World) -> None:
    """Next April one colleague goes from one office to the other."""
    april = datetime.date(japan.fiscal_year(world.today) + 1, 4, 1)
    office = world.offices["tama"]
    moving = StaffAssignment.objects.on(world.today).filter(office=office).order_by("since", "pk").first()
    if moving and moving.until is None:
        moving.until = april - datetime.timedelta(days=1)
        moving.save()
        StaffAssignment.objects.create(person=moving.person, office=world.offices["honbu"], since=april)


def paper(lines: tuple[str, ...]) -> bytes:
    """A PDF of one page. Its reader brings the Japanese font along, so that it stays small and always the same."""
    with pikepdf.Pdf.new() as made:
        page = made.add_blank_page(page_size=(595, 842))
        described = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType0,
            BaseFont=pikepdf.Name("/HeiseiKakuGo-W5"),
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Japan1", Supplement=2),
            FontDescriptor=pikepdf.Dictionary(
                Type=pikepdf.Name.FontDescriptor,
                FontName=pikepdf.Name("/HeiseiKakuGo-W5"),
                Flags=4,
                FontBBox=[-92, -250, 1010, 922],
                ItalicAngle=0,
                Ascent=752,
                Descent=-221,
                CapHeight=737,
                StemV=114,
            ),
        )
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name("/HeiseiKakuGo-W5"),
            Encoding=pikepdf.Name("/UniJIS-UTF16-H"),
            DescendantFonts=[described],
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
        page.Contents = made.make_stream(f"BT /F1 12 Tf 30 TL 60 760 Td {shown} ET".encode())
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
        return out.getvalue()


def _at(day: datetime.date) -> datetime.datetime:
    """Ten in the morning in Tokyo."""
    return datetime.datetime.combine(day, datetime.time(10), JST)
