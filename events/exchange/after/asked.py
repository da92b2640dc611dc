"""What the questionnaire came to: figures only."""

from collections import Counter
from collections.abc import Sequence

from events.exchange.after.tables import Cell, Table, rate
from events.models import Feedback, JointExchange

AGAIN = ((True, "参加したい"), (False, "参加しない"), (None, "まだ分からない・無回答"))


def count_of(exchange: JointExchange) -> int:
    """How many have answered."""
    return Feedback.objects.filter(registration__exchange=exchange).count()


def tables_of(exchange: JointExchange) -> list[Table]:
    """None where nobody has answered."""
    answers = list(Feedback.objects.filter(registration__exchange=exchange))
    if not answers:
        return []
    came = exchange.registrations.filter(arrived_at__isnull=False).count()
    total = len(answers)
    note = f"回答 {total}件（来場 {came}名の{rate(total, came)}）"
    return [_satisfaction(answers, note), _useful(answers), _after(answers)]


def _satisfaction(answers: list[Feedback], note: str) -> Table:
    found = Counter(each.satisfaction for each in answers)
    rows = [(f"{mark}", found[mark], rate(found[mark], len(answers))) for mark in range(5, 0, -1)]
    mean = sum(each.satisfaction for each in answers) / len(answers)
    said = f"{note}。5が最もよく、平均は{mean:.1f}です。"
    return Table("satisfaction", "よかったですか", ("評価", "回答", "割合"), rows, said, charted=1)


def _useful(answers: list[Feedback]) -> Table:
    found = Counter(key for each in answers for key in each.useful)
    rows = [(label, found[key], rate(found[key], len(answers))) for key, label in Feedback.USEFUL]
    return Table("useful", "役に立ったもの（いくつでも）", ("もの", "回答", "割合"), rows, charted=1)


def _after(answers: list[Feedback]) -> Table:
    total = len(answers)
    goes_on = Counter(each.talks_on for each in answers)
    again = Counter(each.comes_again for each in answers)
    met = [each.met for each in answers if each.met is not None]
    rows: list[Sequence[Cell]] = [
        (f"続きの話が：{each.label}", goes_on[each], rate(goes_on[each], total)) for each in Feedback.TalksOn
    ]
    rows += [(f"来年も：{label}", again[key], rate(again[key], total)) for key, label in AGAIN]
    note = f"名刺を交換した人数は、お答えの{len(met)}名の合計で{sum(met)}名です。" if met else ""
    return Table("after", "そのあと", ("答え", "回答", "割合"), rows, note)
