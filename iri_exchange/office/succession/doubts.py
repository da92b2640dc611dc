"""What does not stand against an election, but is worth a second look before it is registered."""

from collections.abc import Iterator

from groups.confirming import takes_letters
from groups.models import Group, OfficerTerm
from groups.standing import SELF_RUNNING
from iri_exchange.lib import japan
from iri_exchange.office.succession.drafting import Plan
from members.invitations import login_states

Role = OfficerTerm.Role
ENOUGH = 2  # people who could do the secretary's work


def doubts(plan: Plan) -> list[str]:
    """Sentences; none if all is as usual. Two queries."""
    return list(_doubts(plan))


def _doubts(plan: Plan) -> Iterator[str]:
    since, runs_itself = japan.wareki(plan.since), _runs_itself(plan.group, plan)
    if not plan.wanted:
        after = (
            "会員の登録を直したり、名簿を出したりできるのは、事務局だけになります。" if runs_itself else ""
        )
        yield f"{since}から、役員が一人もいなくなります。{after}"
        return
    held = {role: {pk for each, pk in plan.wanted if each == role} for role in Role.values}
    for both in sorted(held[Role.TREASURER] & held[Role.AUDITOR]):
        yield (
            f"{plan.people[both].name}さんが、会計と監査の両方になっています。"
            "会計を確かめる監査は、ふつう、別の方にします。"
        )
    for role in (Role.CHAIR, Role.SECRETARY):
        if not held[role]:
            yield f"{since}からの{role.label}が、決まっていません。"
    people = {pk for _, pk in plan.wanted}
    states = login_states(people)
    able = sum(bool(states[pk].login) or takes_letters(plan.people[pk]) for pk in people)
    if able < ENOUGH:
        yield (
            f"このポータルを使える役員が{able}人です。事務局の仕事を代われる方が、もう一人いると安心です。"
            "ログインがあるか、メールアドレスが名簿にある方を数えています。"
        )


def _runs_itself(group: Group, plan: Plan) -> bool:
    return group.stage_on(plan.since) in SELF_RUNNING
