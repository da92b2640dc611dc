"""The office's desk: what has to be done, what is worth a look, and how many there are."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from groups import admitting
from groups.confirmations import unconfirmed_in
from groups.leading import without_officers
from groups.models import AdviserRequest, Group, ImportBatch, Membership, OfficerTerm
from groups.recruitment import offering, rounds
from groups.standing import standing
from groups.visibility import (
    import_batches_visible_to,
    letters_visible_to,
    memberships_visible_to,
)
from groups.visible_records import (
    adviser_requests_visible_to,
    rounds_visible_to,
    saved_searches_of,
    suppressions_visible_to,
)
from iri_exchange.lib import japan
from iri_exchange.office import launching, member_list
from iri_exchange.office.dues import Due, of_meetings
from iri_exchange.office.endings.desk import of_resting
from iri_exchange.office.exchange_dues import of_exchanges
from iri_exchange.office.front import active_groups
from iri_exchange.office.handover.desk import of_handovers
from iri_exchange.office.succession.desk import of_ending_terms
from iri_exchange.office.succession.reminding import anniversaries_of
from members.delivery import NO_ANSWER
from members.models import Letter, Person, User

FEW_MEMBERS, FEW_GROUPS = 12, 3
LATE, LATELY = datetime.timedelta(hours=1), datetime.timedelta(days=14)
WAITING = "メールサーバーが答えないか、送る仕事が止まっています。システムの管理者にお知らせください。"
FAILED = "理由を見て、アドレスを直すか、もう一度送るか、お電話などでお伝えください。"
UNREACHED = "名簿かログインにあるアドレスですが、届かないため、手紙を送っていません。"


@dataclass(frozen=True)
class Signal:
    """One thing worth a look. Few groups are named, many are counted; `url` leads to the list that is counted.

    `is_told`: the sentence tells the number already.
    """

    what: str
    count: int
    url: str = ""
    groups: list[Group] = field(default_factory=list)
    is_told: bool = False


def desk(user: Any, today: datetime.date) -> dict[str, Any]:
    """Context of the desk: all active groups, of which `own_count` belong to the reader's offices.

    The figures of members count what the list of members shows.
    """
    groups, launches = list(active_groups(today)), list(_launches(today))
    handovers = list(of_handovers(groups, today))
    memberships = memberships_visible_to(user).filter(status__in=Membership.BELONGING)
    return {
        "today": today,
        "groups": groups,
        "dues": sorted(
            [
                *_open_imports(user),
                *of_ending_terms(groups, today),
                *_without_officers(groups, today),
                *_letters(user),
                *_adviser_requests(user),
                *_same_numbers(),
                *_free_places(user),
                *_rounds(user, today),
                *of_meetings(groups, today),
                *of_resting(today),
                *of_exchanges(today),
                *launches,
                *handovers,
            ],
            key=lambda due: (due.day, not due.is_late),
        ),
        "signals": [signal for signal in _signals(groups, memberships, today) if signal.count],
        "stages": _stages(groups),
        "group_count": len(groups),
        "kept": saved_searches_of(user),
        "year_links": [(due.what, due.url) for due in [*launches, *handovers]],
        "own_count": sum(group.office_id in standing(user).offices for group in groups),
        **memberships.aggregate(
            member_count=Count("pk"), on_leave=Count("pk", filter=Q(status=Membership.Status.ON_LEAVE))
        ),
    }


def _open_imports(user: Any) -> Iterable[Due]:
    """Files that are on their way: one waits for somebody only when it has been read."""
    state = ImportBatch.State
    on_their_way = [*ImportBatch.OPEN, state.UNDOING]
    for batch in import_batches_visible_to(user).filter(state__in=on_their_way).defer("content", "report"):
        waits = batch.state == state.PREVIEWED
        yield Due(
            day=timezone.localdate(batch.uploaded_at),
            what=f"{batch.group}の名簿の取込を終える"
            if waits
            else f"{batch.group}の名簿：{batch.get_state_display()}",
            why=f"{batch.filename}は、まだ取り込まれていません。{_received(batch)}"
            if waits
            else batch.filename,
            action="確認をつづける" if waits else "ようすを見る",
            url=reverse("import_preview", args=[batch.pk]),
            is_late=waits,
        )


def _received(batch: ImportBatch) -> str:
    return f"受け取ったのは{batch.uploaded_by}です。" if batch.uploaded_by else ""


def _same_numbers() -> Iterable[Due]:
    """New members that could be companies which the directory knows already."""
    for claim in admitting.same_numbers():
        membership = claim.membership
        yield Due(
            day=claim.since,
            what=f"{membership.group}の新しい会員「{membership.member.name}」を確かめる",
            why="同じ法人番号の企業が、もう名簿にあります。同じ企業かどうか、見くらべてください。",
            action="見くらべる",
            url=reverse("membership", args=[membership.pk]),
            is_late=False,
        )


def _rounds(user: Any, today: datetime.date) -> Iterable[Due]:
    """Calls for members that wait for their results."""
    waiting = rounds_visible_to(user).filter(announced_at=None, opens_on__lte=today)
    for call in rounds.with_counts(waiting).order_by("closes_on", "pk"):
        is_open = call.takes_on(today)
        decided = f"採否がまだ決まっていない応募が{call.undecided}件あります。"
        yield Due(
            day=call.closes_on if is_open else call.results_on or call.closes_on,
            what=f"{call.office.short_name}の募集：応募{call.received}件"
            if is_open
            else f"{call.office.short_name}の募集の結果を決めて、お知らせする",
            why=f"受付は{japan.wareki(call.closes_on)}までです。{decided}" if is_open else decided,
            action="応募を見る",
            url=reverse("round_inbox", args=[call.pk]),
            is_late=not is_open and (call.results_on or call.closes_on) < today,
        )


def _launches(today: datetime.date) -> Iterable[Due]:
    """Groups whose members are known, and that wait to be launched."""
    for group in launching.waiting(today):
        launch_on = group.recruitment_round.launch_on
        yield Due(
            day=launch_on or today,
            what=f"{group}を発会する",
            why="募集の結果をお知らせしました。名称、発会式、定例会の日を決めて、発会します。",
            action="発会の準備をする",
            url=reverse("launch_start", args=[group.slug]),
            is_late=bool(launch_on and launch_on < today),
        )


def _free_places(user: Any) -> Iterable[Due]:
    """Rounds in which a place became free while somebody waits for one."""
    for round_ in offering.rounds_with_a_place(rounds_visible_to(user)):
        yield Due(
            day=timezone.localdate(),
            what=f"{round_}：空いた席を、次の応募にご案内する",
            why=f"席が{round_.free}社ぶん空いていて、補欠でお待ちの応募があります。",  # type: ignore[attr-defined]
            action="補欠を見る",
            url=reverse("round_offers", args=[round_.pk]),
            is_late=False,
        )


def _adviser_requests(user: Any) -> Iterable[Due]:
    """Groups that wait for an answer about their adviser."""
    for asked in adviser_requests_visible_to(user).filter(state=AdviserRequest.State.ASKED):
        yield Due(
            day=timezone.localdate(asked.asked_at),
            what=f"{asked.group}の助言者の継続に返事をする",
            why=f"{asked.asked_by}さんから、もう1年のお願いが届いています。",
            action="返事をする",
            url=reverse("adviser_answer", args=[asked.pk]),
            is_late=False,
        )


def _letters(user: Any) -> Iterable[Due]:
    """Letters that stopped or did not arrive of late, those that do not get away, addresses in use that take none."""
    now, state, url = timezone.now(), Letter.State, reverse("office_letters")
    letters = letters_visible_to(user).order_by("written_at")
    late = letters.filter(state__in=[state.QUEUED, state.SENDING], due_at__lt=now - LATE)
    silent = letters.filter(state=state.QUEUED, reason=NO_ANSWER, written_at__lt=now - LATE)
    failed = letters.filter(state__in=[state.STOPPED, state.RETURNED], written_at__gt=now - LATELY)
    stops = suppressions_visible_to(user).filter(lifted_at=None).order_by("since")
    used = stops.filter(
        Exists(Person.objects.filter(email__iexact=OuterRef("address")))
        | Exists(User.objects.filter(email__iexact=OuterRef("address"), is_active=True))
    )
    yield from _counted(late | silent, "手紙が{}通、1時間より長く待っています", WAITING, "手紙を見る", url)
    yield from _counted(failed, "届けられなかった手紙{}通を確かめる", FAILED, "手紙を見る", url)
    yield from _counted(
        used, "届かないアドレス{}件を直す", UNREACHED, "アドレスを見る", reverse("office_addresses")
    )


def _counted(rows: QuerySet[Any], what: str, why: str, action: str, url: str) -> Iterable[Due]:
    """One thing to do about all of them, since the first."""
    if first := rows.first():
        day = timezone.localdate(first.written_at if isinstance(first, Letter) else first.since)
        yield Due(day=day, what=what.format(rows.count()), why=why, action=action, url=url, is_late=True)


def _without_officers(groups: list[Group], today: datetime.date) -> Iterable[Due]:
    """Groups that run themselves and have nobody who could."""
    alone = without_officers(groups, today)
    dues = [
        (f"役員のいないグループ：{group}の役員を登録する", "", reverse("group_officers", args=[group.slug]))
        for group in alone
    ]
    if len(alone) > FEW_GROUPS:
        names = "、".join(str(group) for group in alone[:FEW_GROUPS])
        every = reverse("group_list") + f"?stage={Group.Stage.SELF_MANAGED}"
        dues = [(f"役員のいない{len(alone)}グループの役員を登録する", f"{names}、ほか。", every)]
    for what, whose, url in dues:
        why = f"{whose}会員の登録を直し、名簿を出せる方が、グループにいません。次の役員をお尋ねください。"
        yield Due(
            day=today,
            what=what,
            why=why,
            action="グループの役員へ" if not whose else "グループを見る",
            url=url,
            is_late=True,
        )


def _signals(groups: list[Any], memberships: QuerySet[Any], today: datetime.date) -> Iterable[Signal]:
    chairs = OfficerTerm.objects.on(today).filter(group=OuterRef("pk"), role=OfficerTerm.Role.CHAIR)
    led = set(Group.objects.filter(Exists(chairs)).values_list("pk", flat=True))
    leaderless = [group for group in groups if group.pk not in led]
    small = [group for group in groups if group.member_count < FEW_MEMBERS]
    yield Signal("代表幹事が登録されていないグループ", len(leaderless), groups=leaderless)
    yield Signal(f"会員が{FEW_MEMBERS}を下回ったグループ", len(small), groups=small)
    for each in anniversaries_of(groups, today):
        yield Signal(each.sentence, each.years, url=reverse("group", args=[each.group.slug]), is_told=True)
    for asking in unconfirmed_in([group.pk for group in groups]):
        yield Signal(
            f"登録内容を確かめていない会員（{asking.group}）",
            asking.open_count,  # type: ignore[attr-defined]
            url=reverse("group_confirmations", args=[asking.group.slug]),
        )
    list_url = reverse("office_members")
    for gap, label in member_list.GAPS.items():
        yield Signal(
            label, member_list.with_gap(memberships, gap, today).count(), url=f"{list_url}?gap={gap}"
        )


def _stages(groups: list[Any]) -> list[tuple[str, str, int]]:
    """[(self_managed, 自主運営, 25), …] in the order of a group's life."""
    count = {stage: sum(group.stage == stage for group in groups) for stage in Group.Stage.values}
    return [(stage, Group.Stage(stage).label, number) for stage, number in count.items() if number]
