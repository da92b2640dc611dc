"""A story that many tell together: who is in it, what they have written, and the post between them."""

from typing import Any

from tests.journeys.conftest import at_the_desk
from tests.journeys.post import Post
from tests.journeys.walking import Walker

RECEIVED = "応募を受け付けました"


class Story:
    """`walkers` are all who took part, in their order."""

    def __init__(self, clerks: list[Any]) -> None:
        self.clerks, self.post = clerks, Post()
        self.walkers: list[Walker] = []

    def somebody(self, name: str) -> Walker:
        self.walkers.append(Walker(name))
        return self.walkers[-1]

    def clerk(self, number: int = 0) -> Walker:
        self.walkers.append(at_the_desk(self.clerks[number]))
        return self.walkers[-1]

    def form(self, name: str) -> Walker:
        """As far as the empty form, from the one address that everybody knows."""
        walker = self.somebody(name).open("/").follow("募集のページ")
        return walker.follow("令和9年度の募集のページへ").follow("応募する")

    def status(self, mail: str) -> Walker:
        """Somebody opens the link that came with the number."""
        return self.somebody(mail).open(self.post.link(mail, RECEIVED))

    def typed_twice(self) -> list[str]:
        """What somebody has written although it was known: written by themselves before, or by an applicant."""
        seen: dict[str, str] = {}
        twice = []
        for walker in self.walkers:
            for text in walker.typed:
                if text in seen and len(text) > 1:
                    twice.append(f"{walker.name}: {text} ({seen[text]})")
                seen[text] = walker.name
        return twice
