"""Who runs a meeting learns who the members of an invited group are when they answer, and not before."""

import io

import pytest
from pypdf import PdfReader

from events.models import InvitedGroup, Meeting
from events.reception.listing import listing_of
from events.replying import replies
from events.telling import notices, paper
from tests.events.told import DAY, reply_of
from tests.factories import make_meeting, make_membership


@pytest.fixture
def joint(group, other_group, member, outsider) -> Meeting:
    outsider.person.phone = "090-1111-2222"
    outsider.person.save()
    make_membership(other_group)
    meeting = make_meeting(group, DAY)
    InvitedGroup.objects.create(meeting=meeting, group=other_group, state="agreed")
    return meeting


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def secrets_of(actor) -> list[str]:
    return [actor.person.name, actor.membership.company.name, actor.person.phone]


def pages_of(meeting: Meeting, actor, stranger) -> list[str]:
    """All that is shown of whom a notice is for, was sent to, and is asked again."""
    chosen = {"people": [stranger.person.pk], "shown": notices.mark_of(meeting), "reader": stranger.person.pk}
    url = f"/meetings/{meeting.pk}"
    answers = [
        actor.client.get(f"{url}/notice/"),
        actor.client.post(f"{url}/notice/", chosen | {"step": "look"}),
    ]
    notices.send(meeting=meeting, by=actor.user, people=[stranger.person])
    reply = reply_of(meeting, stranger)
    answers += [actor.client.get(f"{url}/{page}/") for page in ("notice", "replies", "remind")]
    answers += [
        actor.client.get(f"/replies/{reply.pk}/"),
        actor.client.post(f"/replies/{reply.pk}/link/", follow=True),
    ]
    assert [answer.status_code for answer in answers] == [200] * 7
    return [answer.content.decode().split("<main")[1] for answer in answers]


def test_nobody_is_named_before_the_answer(joint, secretary, outsider):
    for text in pages_of(joint, secretary, outsider):
        assert f"みなと会の会員 {outsider.membership.number}" in text
        assert [secret for secret in secrets_of(outsider) if secret in text] == []


def test_who_answered_is_named_and_the_telephone_is_asked_of_the_group(joint, secretary, outsider):
    notices.send(meeting=joint, by=secretary.user, people=[outsider.person])
    replies.answer(reply=reply_of(joint, outsider), source="link", answer="yes")
    name, company, phone = secrets_of(outsider)
    pages = [
        f"/meetings/{joint.pk}/replies/",
        f"/meetings/{joint.pk}/notice/",
        f"/replies/{reply_of(joint, outsider).pk}/",
    ]
    for page in pages:
        text = secretary.client.get(page).content.decode()
        assert [name in text, company in text, phone in text] == [True, True, False]


def test_nobody_is_named_on_paper(joint, secretary, outsider):
    type(outsider.person).objects.filter(pk=outsider.person.pk).update(contact_method="post")
    notices.send(meeting=joint, by=secretary.user, people=[outsider.person])
    text = text_of(paper.print_notices(meeting=joint))
    assert f"みなと会の会員 {outsider.membership.number}" in text
    assert secrets_of(outsider)[0] not in text
    assert secrets_of(outsider)[0] in text_of(paper.print_notices(meeting=joint, in_full=True))


def test_at_the_reception_stand_those_who_answered(joint, secretary, member, outsider):
    everybody = [secretary.person, member.person, outsider.person]
    notices.send(meeting=joint, by=secretary.user, people=everybody)
    own = {secretary.person, member.person}
    assert {line.person for line in listing_of(joint).expected} == own
    replies.answer(reply=reply_of(joint, outsider), source="link", answer="yes")
    assert {line.person for line in listing_of(joint).expected} == {*own, outsider.person}


def test_the_office_knows_everybody(launched_group, other_group, staff, outsider):
    meeting = make_meeting(launched_group, DAY)
    InvitedGroup.objects.create(meeting=meeting, group=other_group, state="agreed")
    assert all(outsider.person.name in text for text in pages_of(meeting, staff, outsider))
