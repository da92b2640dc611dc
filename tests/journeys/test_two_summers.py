"""From the copy of last year's call, over the new group's first year, to the day on which it runs itself: nobody knows an
address of the portal.

Every page is reached by the links and forms of the page before, or by the link in a letter; every letter goes out by the
worker, and its links have been opened by a scanner before anybody reads them.
"""

import pytest

from tests.factories import make_company, make_membership
from tests.journeys import autumn, early_summer, next_year, spring, summer
from tests.journeys.post import scan
from tests.journeys.story import Story

pytestmark = pytest.mark.usefixtures("last_year")


@pytest.fixture
def known(other_group):
    """A company that the directory has had for long, with a telephone of its own."""
    company = make_company(
        name="かしわ樹脂株式会社", corporate_number="4012301004567", phone="042-600-0004", url=""
    )
    make_membership(other_group, company=company)
    return company


def test_from_april_to_the_next_june(clerks, known):
    story = Story(clerks)
    spring.copied(story)
    spring.opened(story)
    spring.applied(story)
    spring.closed(story)
    early_summer.reviewed(story)
    early_summer.asked(story)
    early_summer.withdrawn(story)
    early_summer.decided(story)
    early_summer.approved(story)
    early_summer.announced(story)
    early_summer.offered(story)
    summer.launched(story)
    summer.claimed_early(story)
    summer.in_public(story)
    summer.claimed(story)
    autumn.launched(story)
    autumn.announced(story)
    autumn.answered(story)
    autumn.received(story)
    autumn.minuted(story)
    autumn.second(story)
    autumn.called_off(story)
    autumn.polled(story)
    next_year.on_their_own(story)
    next_year.voted(story)
    next_year.counted(story)
    assert story.typed_twice() == []
    scan(story.post.links)
