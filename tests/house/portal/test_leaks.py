"""Nothing of the other group leaks, on pages, in searches and in files; nor what the own group was asked to hide."""

import pytest
from django.http import HttpResponse
from django.urls import include, path

from events.models import (
    AgendaItem,
    DatePoll,
    GroupOffer,
    InvitedGroup,
    LibraryFile,
    Meeting,
    Minutes,
    Notice,
    OfferAnswer,
    Todo,
)
from groups.models import (
    Application,
    ApplicationDraft,
    ApplicationNote,
    Bylaws,
    Dissolution,
    Handover,
    Membership,
    MembershipStatus,
    RecruitmentRound,
    RosterConsent,
    Scenario,
)
from iri_exchange.lib import access, states
from members import invitations, looking
from members.models import Company, FormerAddress, FormerName, Letter, Person, User
from tests.conftest import NOW
from tests.house.portal import exchange_secrets
from tests.house.portal.canaries import Aviary, Canary
from tests.house.portal.crawling import Crawl, crawl, text_of
from tests.house.portal.reply_objects import applied_by_link, asked_by_link
from tests.house.portal.test_access import OURS
from tests.house.portal.world import OFFICE, OTHER, OWN, World

# The selections are tested on both databases, address by address (test_access); once is enough here.
pytestmark = pytest.mark.any_database

# What a company agrees to show everyone.
PUBLIC = frozenset({"link", "name", "kana", "trade", "products", "url", "city", "prefecture"})
# What whoever is in a group reads of its meetings.
OF_MEETINGS = (AgendaItem, DatePoll, LibraryFile, Meeting, Minutes, Notice, Todo)
# What groups say to each other: on the board to every member, in an answer to those who speak for the two.
BETWEEN_GROUPS = {
    GroupOffer: ("member", "secretary"),
    OfferAnswer: ("secretary",),
    InvitedGroup: ("secretary",),
}
# Why a group was handed over as it was, and why it ended, the office keeps to itself.
OF_THE_OFFICE = (Dissolution, Handover)
# What was applied for, and what the office keeps to itself of it even before the applicant.
APPLIED = (Application, ApplicationDraft, RecruitmentRound)
OFFICES_OWN = {(Application, "decision_reason"), (ApplicationNote, "text"), (Scenario, "name")}
READERS = ("visitor", "member", "secretary", "adviser", "left_member", "superuser")
PAPER_READERS = ("member", "secretary")
FILES = [
    f"/groups/{slug}/roster.{form}?variant={variant}"
    for slug in ("keyaki", "minato")
    for form, variants in {
        "csv": ("member", "office", "public", "reception", "attendance"),
        "xlsx": ("member", "office"),
        "pdf": ("member", "office"),
    }.items()
    for variant in variants
]


class Reader:
    """One of the cast, and what they may know."""

    def __init__(self, world: World, aviary: Aviary, name: str) -> None:
        self.name, self.actor, self.aviary = name, world.actors[name], aviary
        person, membership = self.actor.person, self.actor.membership
        self.own = {(Person, person.pk)} if person else set()
        self.own |= {(User, self.actor.user.pk)} if self.actor.user else set()
        if membership:
            self.own |= {(Membership, membership.pk), (Company, membership.company_id)}
        self.hidden, self.by_link = hidden_in(world), applied_by_link(world)
        self.own |= exchange_secrets.entries_of(person)
        self.asked = asked_by_link(world) | exchange_secrets.by_link(world)
        self.question = f"/meetings/{world.objects[OTHER]['meetings/:pk']}/joint/"

    def may_read(self, canary: Canary, url: str) -> bool:
        """On a page; who has the link of an applicant reads there what that applicant wrote."""
        asked = [known for page, known in self.asked.items() if url.startswith(page)]
        is_asked = self.name == "secretary" and url == self.question
        if any(canary.whose in known for known in asked) or (is_asked and told_when_asked(canary)):
            return True
        by_link = [whose for page, whose in self.by_link.items() if url.startswith(page)]
        wrote = canary.whose in by_link and (canary.model, canary.field) not in OFFICES_OWN
        return wrote or self.may_know(canary)

    def may_know(self, canary: Canary) -> bool:
        if canary.side == OFFICE or canary.whose[0] in APPLIED:
            return (canary.model, canary.field) == (RecruitmentRound, "text")
        if canary.model in OF_THE_OFFICE:
            return False
        if canary.model in exchange_secrets.MODELS:
            return canary.whose in self.own or exchange_secrets.is_shown(canary)
        if canary.model in BETWEEN_GROUPS:
            return self.name in BETWEEN_GROUPS[canary.model]
        if (canary.model, canary.field) == (Minutes, "public_summary"):
            return True  # written for everyone to read
        if canary.field == "trade":
            return True  # the face of each group counts its members' trades, without saying whose they are
        if canary.whose in self.own or (canary.pk in self.aviary.public and self._is_public(canary)):
            return True
        if self.name == "superuser":
            # Installs: log-ins, and the names of those who have one.
            return canary.model is User or canary.field in ("family_name", "given_name", "email")
        if canary.side == OTHER or self.name in ("visitor", "left_member"):
            return False
        if (canary.model, canary.field) == (Bylaws, "note"):
            return True  # what was changed in the by-laws is told to whoever may read them
        told = (
            canary.model in (Company, FormerAddress, FormerName, Person, *OF_MEETINGS)
            and canary.whose not in self.hidden
        )
        return told or self.name == "secretary"

    @staticmethod
    def _is_public(canary: Canary) -> bool:
        return canary.model is Company and canary.field in PUBLIC


def told_when_asked(canary: Canary) -> bool:
    """What it is that another group is asked to; not who presents what."""
    return canary.model is Meeting or (canary.model, canary.field) == (AgendaItem, "title")


def hidden_in(world: World) -> set[tuple[type, int]]:
    """Of the own group: who asked not to be listed, whose people are not named, and who has left."""
    hidden: set[tuple[type, int]] = set()
    for row in Membership.objects.filter(group=world.groups[OWN]).annotate(
        today=states.on(MembershipStatus, "membership", NOW.date()),
        answer=states.on(RosterConsent, "membership", NOW.date(), field="answer"),
    ):
        gone = row.today == Membership.Status.LEFT or row.answer == RosterConsent.Answer.NO
        people = {row.person_id, *row.representatives.values_list("person", flat=True)}
        if gone or row.answer == RosterConsent.Answer.COMPANY_ONLY:
            hidden |= {(Person, pk) for pk in people}
        if gone:
            hidden.add((Company, row.company_id))
    return hidden


def start(world: World) -> list[str]:
    return [url for address in OURS for url in world.paths(address).values()] + FILES


def leaks(reader: Reader, found: Crawl) -> list[str]:
    """A line for every canary that this reader should not have heard."""
    return [
        f"{url}: {aviary_says(canary)}"
        for url, text in found.texts.items()
        for song in sorted(reader.aviary.heard_in(text))
        if not reader.may_read(canary := reader.aviary.canaries[song], url)
    ]


def aviary_says(canary: Canary) -> str:
    return f"{canary.field} of {canary.model.__name__} {canary.pk} ({canary.side})"


def searched(reader: Reader, found: Crawl) -> Crawl:
    """The answers to searches for what the reader should not know; the question itself is no answer."""
    answers = Crawl()
    wanted = {}
    for song, canary in reader.aviary.canaries.items():
        if canary.field in ("name", "family_name", "phone") and not reader.may_know(canary):
            wanted.setdefault((canary.side, canary.model, canary.field), song)
    for path_, name in sorted(found.searches):
        for song in wanted.values():
            url = f"{path_}?{name}={song}"
            answers.texts[url] = text_of(reader.actor.client.get(url)).replace(song, "")
    return answers


@pytest.mark.parametrize("name", READERS)
def test_nothing_leaks_and_no_link_is_dead(name, world, aviary):
    reader = Reader(world, aviary, name)
    # Paper is slow to draw and read: two who get different lists are enough.
    pages = [url for url in start(world) if name in PAPER_READERS or ".pdf" not in url]
    found = crawl(reader.actor, pages)
    assert found.dead == []
    assert leaks(reader, found) == []
    assert leaks(reader, searched(reader, found)) == []
    assert found.searches
    if name in ("member", "secretary"):
        for url in FILES[:1] + [each for each in FILES if "keyaki" in each and "member" in each]:
            assert aviary.heard_in(found.texts[url]), f"nothing at all is read in {url}"


def test_the_minutes_of_both_groups_have_canaries(aviary):
    planted = {(canary.side, canary.field) for canary in aviary.canaries.values() if canary.model is Minutes}
    fields = {"chair", "writer", "body", "decisions", "public_summary", "next_duty"}
    assert planted == {(side, field) for side in (OWN, OTHER) for field in fields}


def test_what_is_said_between_groups_and_of_their_ends_has_canaries(aviary):
    models = (*BETWEEN_GROUPS, *OF_THE_OFFICE)
    planted = {
        (canary.side, canary.model, canary.field)
        for canary in aviary.canaries.values()
        if canary.model in models
    }
    ours = [(GroupOffer, "topic"), (GroupOffer, "words"), (GroupOffer, "place"), (OfferAnswer, "words")]
    ours += [(InvitedGroup, "words"), (Handover, "override_reason")]
    expected = {(side, *each) for each in ours for side in (OWN, OTHER)}
    assert planted == expected | {(OFFICE, Dissolution, "reason")}


# ── letters ──────────────────────────────────────────────────────────────────


def test_a_letter_has_canaries_in_all_that_is_read_of_it(aviary):
    planted = {(canary.side, canary.field) for canary in aviary.canaries.values() if canary.model is Letter}
    fields = {"to", "subject", "text", "html", "reason"}
    assert planted == {(side, field) for side in (OWN, OTHER) for field in fields}


@pytest.mark.parametrize("name", [*READERS, "staff"])
def test_letters_are_read_by_staff_alone(name, world, aviary):
    """Each letter page and the list of letters, of both groups' people."""
    client = world.actors[name].client
    pages = [
        "/office/letters/",
        *(f"/office/letters/{world.objects[side]['office/letters/:pk']}/" for side in (OWN, OTHER)),
    ]
    heard = {song for url in pages for song in aviary.heard_in(text_of(client.get(url)))}
    of_letters = {aviary.canaries[song].side for song in heard if aviary.canaries[song].model is Letter}
    assert of_letters == ({OWN, OTHER} if name == "staff" else set())


@pytest.mark.usefixtures("an_hour_later")
@pytest.mark.parametrize("side", [OWN, OTHER])
def test_what_our_verbs_write_to_somebody_holds_nothing_of_the_other_group(side, world, aviary):
    by = world.actors["staff"].user
    person = Person.objects.get(pk=world.objects[side]["people/:pk"])
    before = Letter.objects.latest("pk").pk
    looking.start(looker=by, person=person, why="電話でのお尋ね")
    User.objects.filter(person=person).update(is_active=False)
    invitations.invite(person=person, email="someone@example.com", by=by)
    written = Letter.objects.filter(pk__gt=before)
    assert {letter.kind for letter in written} == {"members/looked_at", "members/invitation"}
    for letter in written:
        heard = aviary.heard_in(f"{letter.subject} {letter.text} {letter.html}")
        assert {aviary.canaries[song].side for song in heard} == {side}, letter.kind


@access.public
def astray(request) -> HttpResponse:
    return HttpResponse('<a href="/no/such/page/">先へ</a>')


@access.public
def everybody(request) -> HttpResponse:
    return HttpResponse("".join(f"<li>{person.name} {person.phone}</li>" for person in Person.objects.all()))


class PlantedUrlconf:
    urlpatterns = (
        path("everybody/", everybody),
        path("astray/", astray),
        path("", include("iri_exchange.urls")),
    )


@pytest.mark.parametrize("name", ["visitor", "secretary"])
def test_a_planted_page_that_lists_everybody_is_heard(name, world, aviary, settings):
    settings.ROOT_URLCONF = PlantedUrlconf
    reader = Reader(world, aviary, name)
    said = leaks(reader, crawl(reader.actor, ["/everybody/"]))
    stranger = world.objects[OTHER]["people/:pk"]
    assert f"/everybody/: phone of Person {stranger} (other)" in said
    neighbour = world.objects[OWN]["people/:pk"]
    assert (f"/everybody/: phone of Person {neighbour} (own)" in said) is (name == "visitor")


def test_a_planted_dead_link_is_seen(world, settings):
    settings.ROOT_URLCONF = PlantedUrlconf
    found = crawl(world.actors["visitor"], ["/astray/", "/nobody/asked/"])
    assert found.dead == ["/astray/: the link /no/such/page/ answers 404"]
