"""From the copy of last year's call, over the new group's first year, the day on which it runs itself and its next
secretary, to its rest and its end: nobody knows an address of the portal.

Every page is reached by the links and forms of the page before, or by the link in a letter; every letter goes out by the
worker, and its links have been opened by a scanner before anybody reads them.
"""

import pytest

from tests.factories import make_company, make_membership
from tests.journeys import autumn, between, early_summer, handing_over, next_year, spring, summer, third_year
from tests.journeys.post import scan
from tests.journeys.story import Story

pytestmark = pytest.mark.usefixtures("last_year")

# In the order in which it happens; each goes on where the one before ended.
CHAPTERS = (
    spring.copied,
    spring.opened,
    spring.applied,
    spring.closed,
    early_summer.reviewed,
    early_summer.asked,
    early_summer.withdrawn,
    early_summer.decided,
    early_summer.approved,
    early_summer.announced,
    early_summer.offered,
    summer.launched,
    summer.claimed_early,
    summer.in_public,
    summer.claimed,
    autumn.launched,
    autumn.announced,
    autumn.answered,
    autumn.received,
    autumn.minuted,
    autumn.second,
    autumn.called_off,
    autumn.polled,
    handing_over.prepared,
    handing_over.appointed,
    handing_over.confirmed,
    handing_over.decided,
    next_year.last_of_the_office,
    handing_over.turned,
    handing_over.fetched,
    next_year.on_their_own,
    next_year.voted,
    next_year.counted,
    between.befriended,
    between.offered,
    between.agreed,
    between.met,
    between.seated,
    third_year.elected,
    third_year.passed_on,
    third_year.rested,
    third_year.woken,
    third_year.ended,
)


@pytest.fixture
def known(other_group):
    """A company that the directory has had for long, with a telephone of its own."""
    company = make_company(
        name="かしわ樹脂株式会社", corporate_number="4012301004567", phone="042-600-0004", url=""
    )
    make_membership(other_group, company=company)
    return company


def test_from_the_call_to_the_third_year(clerks, known):
    story = Story(clerks)
    for chapter in CHAPTERS:
        chapter(story)
    assert story.typed_twice() == []
    scan(story.post.links)
