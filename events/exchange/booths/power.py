"""What each circuit carries, and what the booths on it take."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from events.exchange.booths.floor import Floor
from events.models import Booth


class Load(NamedTuple):
    """`limit` is None where nobody has said what the circuit carries. Watts."""

    letter: str
    used: int
    limit: int | None
    booths: int
    places: int

    @property
    def over(self) -> int:
        """By how much too much is taken; 0 if it is not."""
        return max(self.used - self.limit, 0) if self.limit is not None else 0

    @property
    def warning(self) -> str:
        """A sentence; empty where all is well."""
        if not self.over:
            return ""
        return (
            f"回路{self.letter}は、{self.limit}Wまでのところ、{self.used}Wです。"
            f"{self.over}W多すぎます。電気を使う出展を、別の回路の場所に移してください。"
        )


def loads(floor: Floor, booths: Iterable[Booth], limits: Mapping[str, int]) -> list[Load]:
    """One for each circuit of the plan, in the order of their letters."""
    used: dict[str, list[int]] = {letter: [] for letter in floor.letters}
    for booth in booths:
        cell = floor.places.get((booth.place_row, booth.place_column))  # type: ignore[arg-type]
        if cell:
            used[cell.letter].append(booth.watts)
    count = [cell.letter for cell in floor.places.values()]
    return [
        Load(letter, sum(watts), limits.get(letter), len(watts), count.count(letter))
        for letter, watts in used.items()
    ]
