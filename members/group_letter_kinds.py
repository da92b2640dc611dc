"""The kinds of letters about a group: its meetings, and the turns of its life."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from members.letter_kind import LINK, MORE_LINK, NAME, Kind

MEETING = {
    "グループ": "会合を開くグループの名前",
    "会合": "第n回と、会合の種類",
    "日": "会合の日",
    "内容": "日時・会場・次第・会費・懇親会など。何行かになります",
    "ことば": "送る人が添えたことば。ないこともあります",
    "連絡先": "お電話でのお返事の、あて先と番号",
}
UNTIL = {"期限": "お返事の期限"}
REPLY_PAGE = {LINK: "お返事のページのアドレス"}

ENDING = NAME | {
    "グループ": "グループの名前",
    "日": "いつから。再開・解散なら、その日",
    "連絡先": "グループの拠点と、その電話番号",
}

OFFICE = {
    **NAME,
    "グループ": "グループの名前",
    "役職": "役職。いくつかのこともあります",
    LINK: "グループのページのアドレス",
}


def _meeting(key: str, label: str, others: Mapping[str, str] = MappingProxyType({})) -> Kind:
    """About a meeting that is its members' own business: the staff of a group that runs itself do not read it."""
    return Kind(
        f"events/{key}",
        label,
        {**NAME, **MEETING, **others},
        secret=True,
        renewed_by="events.telling.renewing.renew_letter",
        blocks=frozenset({"内容", "ことば"}),
        more_links=frozenset({MORE_LINK}),
        attached_by="events.telling.attaching.calendar_of",
    )


def _handover(key: str, label: str, link: str) -> Kind:
    """Of the turn from the office to the group itself (iri_exchange/office/handover/telling.py)."""
    return Kind(
        f"groups/handover_{key}",
        label,
        NAME
        | {
            "グループ": "引き継ぐグループの名前",
            "日": "自主運営を始める日",
            "役員": "その日の代表幹事と事務局の氏名",
            "拠点": "事務局の拠点の名前と電話",
            LINK: link,
        },
    )


JOINT = {"グループ": "会合を開くグループの名前", "会合": "第n回と、会合の種類", "日": "会合の日"}


def _between(key: str, label: str, placeholders: Mapping[str, str]) -> Kind:
    """From one group to another: the staff of groups that run themselves do not read it."""
    return Kind(
        f"events/{key}",
        label,
        {**NAME, **placeholders},
        secret=True,
        instead="会合のページと掲示板に、同じことが書いてあります。役員の方は、ログインして確かめられます。",
        blocks=frozenset({"ことば"} & placeholders.keys()),
    )


ABOUT_GROUPS = [
    # ── the invited (events/telling/letters.py) ──
    _meeting(
        "notice",
        "会合の案内",
        UNTIL
        | {
            LINK: "「出席」を選んだお返事のページのアドレス",
            MORE_LINK: "何も選んでいない、お返事のページのアドレス",
        },
    ),
    _meeting("reminder", "会合のお返事のお願い", UNTIL | REPLY_PAGE),
    _meeting("change", "会合の変更のお知らせ", UNTIL | REPLY_PAGE | {"お返事": "いただいているお返事"}),
    _meeting("cancelled", "会合の中止のお知らせ", {"理由": "中止の理由。書いていないこともあります"}),
    _meeting("reply_link", "会合のお返事の、新しいリンク", UNTIL | REPLY_PAGE),
    Kind(
        "events/minutes",
        "議事録のお知らせ",
        NAME
        | {
            "グループ": "グループの名前",
            "会合": "第n回と、会合の種類",
            "日": "会合の日",
            LINK: "議事録のページのアドレス（ログインして読みます）",
        },
    ),
    # ── between groups (events/joining/letters.py) ──
    _between(
        "joint_asked",
        "合同の会合のおたずね",
        JOINT
        | {
            "たずねられたグループ": "手紙を受け取るグループの名前",
            "お願いした人": "たずねた役員か職員の氏名",
            LINK: "会合の内容を見て、答える画面のアドレス（ログインして開きます）",
        },
    ),
    _between(
        "joint_answered",
        "合同の会合へのお返事",
        JOINT
        | {
            "答えたグループ": "お返事をしたグループの名前",
            "お返事": "いっしょに開くか、見送るか。文になっています",
            "お返事をした人": "お返事をした役員か職員の氏名",
            "ことば": "お返事に添えたことば。ないこともあります",
            LINK: "会合のページのアドレス",
        },
    ),
    _between(
        "joint_news",
        "合同の会合のお知らせ",
        JOINT | {"お知らせ": "何が変わったか。文になっています", LINK: "会合のページのアドレス"},
    ),
    _between(
        "offer_answered",
        "呼びかけへのお返事",
        {
            "グループ": "手をあげたグループの名前",
            "呼びかけ": "何の呼びかけか",
            "手をあげた人": "手をあげた役員か職員の氏名",
            "ことば": "お返事に添えたことば。ないこともあります",
            LINK: "掲示板のアドレス",
        },
    ),
    # ── who agrees to the handing on of the roster (iri_exchange/office/handover_consents) ──
    Kind(
        "groups/handover_consent",
        "名簿の引き継ぎの、お返事のお願い",
        NAME
        | {
            "グループ": "引き継ぐグループの名前",
            "拠点": "事務局の拠点の名前と電話",
            LINK: "お返事の画面のアドレス（ログインして選びます）",
        },
    ),
    # ── 日程調整 (events/planning/poll_letters.py) ──
    Kind(
        "events/poll",
        "日程のお尋ね",
        NAME
        | {
            "グループ": "グループの名前",
            "件名": "何の日程か",
            "お願いした人": "お尋ねした職員か役員の氏名",
            "期限": "お返事の期限",
            LINK: "日程のお返事の画面のアドレス",
        },
        secret=True,
        instead="グループの「会合」のページから日程調整を開いて、「まだの方に、もう一度お願いする」を押してください。",
        useful_for=datetime.timedelta(days=60),
    ),
    # ── 休止・再開・解散 (iri_exchange/office/endings) ──
    Kind(
        "groups/rests",
        "グループの休止のお知らせ",
        ENDING | {"理由": "休止の理由"},
        blocks=frozenset({"理由"}),
    ),
    Kind(
        "groups/revived",
        "グループの再開のお知らせ",
        ENDING | {"ことば": "職員が添えたことば。ないこともあります"},
        blocks=frozenset({"ことば"}),
    ),
    Kind(
        "groups/dissolved",
        "グループの解散のお知らせ",
        ENDING | {"理由": "解散の理由", "記録": "議事録と資料がどうなるか"},
        blocks=frozenset({"理由"}),
    ),
    Kind(
        "groups/goes_on",
        "休止・再開・解散の取りやめのお知らせ",
        ENDING | {"こと": "取りやめになったこと。休止・再開・解散のどれか"},
    ),
    # ── 役員の改選 (iri_exchange/office/succession/telling.py) ──
    Kind(
        "groups/officer_begins",
        "役員になる方へのお知らせ",
        OFFICE | {"任期": "いつからいつまで", "始まりの日": "任期の始まる日"},
    ),
    Kind("groups/officer_ends", "役員を終える方へのお礼", OFFICE | {"最後の日": "役員である最後の日"}),
    Kind("groups/officer_called_off", "役員の登録を取りやめたお知らせ", OFFICE),
    # ── 引き継ぎ ──
    _handover("ahead", "自主運営に移る日のお知らせ", "引き継ぎの準備のページのアドレス"),
    _handover("back", "自主運営に移る日の取り消し", "引き継ぎの準備のページのアドレス"),
    _handover(
        "today", "自主運営の始まりのお知らせ", "役員には引き継ぎ帳、職員にはグループのページのアドレス"
    ),
    _handover("members", "自主運営の始まりのお知らせ（会員）", "グループのページのアドレス"),
]
