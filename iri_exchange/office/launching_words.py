"""What the pages of a launch say: how far it is, and what could be thought of before it."""

from typing import NamedTuple

from events.models import Meeting
from groups.models import Group
from iri_exchange.lib import japan, working_days
from iri_exchange.office import launching

FEW = 12  # the smallest group the programme knows
LABELS = {
    "launch_name": "名前と図案",
    "launch_ceremony": "発会式",
    "launch_people": "役員・助言者",
    "launch_meetings": "定例会",
    "launch_invitations": "招待",
    "launch_look": "確かめて発会",
}


class Step(NamedTuple):
    """One step by the name of its address."""

    name: str
    label: str
    is_here: bool
    is_done: bool


def progress(group: Group, here: str) -> list[Step]:
    """All steps; done is what the group has already."""
    launched = launching.launch_of(group) is not None
    done = {
        "launch_name": bool(group.kana),
        "launch_ceremony": launching.ceremony_of(group) is not None,
        "launch_people": group.officer_terms.exists() or group.advisers.exists(),
        "launch_meetings": launching.regular_of(group).exists(),
    }
    return [
        Step(name, LABELS[name], name == here, launched or done.get(name, False)) for name in launching.STEPS
    ]


def hints(group: Group, ceremony: Meeting | None) -> list[str]:
    """What does not stand against a launch, but is worth a thought."""
    said = []
    if ceremony:
        said += [_on_a_closed_day(meeting) for meeting in [ceremony, *launching.regular_of(group)]]
        count = group.memberships.belonging(ceremony.day).count()
        said.append(f"会員は{count}です。ふつうは{FEW}から{group.capacity}です。" if 0 < count < FEW else "")
        said.append(
            f"会員は{count}です。定員の{group.capacity}をこえています。" if count > group.capacity else ""
        )
    if not group.officer_terms.exists():
        said.append(
            "役員は、まだ決めていません。発足年度は事務局が運営するので、決まってから登録しても間に合います。"
        )
    if not group.advisers.exists():
        said.append("助言者は、まだ決めていません。発会のあとでも登録できます。")
    if not (group.mark or group.logo):
        said.append("図案もロゴも、まだ選んでいません。発会のあとでも選べます。")
    return [sentence for sentence in said if sentence]


def _on_a_closed_day(meeting: Meeting) -> str:
    why = working_days.closed_for(meeting.day)
    return f"{meeting.name}の{japan.wareki(meeting.day)}は、{why}です。" if why else ""
