"""Every kind of letter the portal writes, declared once: what it is called, and what can stand in it.

A kind "members/invitation" has its standard text in templates/emails/members/invitation.subject.txt and .txt, and its
HTML in invitation.html.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

LINK, CODE = "リンク", "コード"
NAME = {"お名前": "受け取る方の氏名"}
WHEN = {"日時": "変わった日時"}
APPLICATION = {"企業名": "応募した企業の名前", "募集": "応募した募集の年度と拠点"}
MORE_LINK = "ほかのお返事のリンク"
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
ASK_AGAIN = "コードは、頼んだ画面でだけ使えます。ご本人に、同じ画面でもう一度コードを頼んでもらってください。"
UNKNOWN = "other"


@dataclass(frozen=True)
class Kind:
    """`placeholders`: name → what it is, in words. A secret letter opens something: nobody but its reader sees it.

    `renewed_by`: dotted name of a function that writes a secret letter anew, with a new token: Letter → Letter, or
    ValidationError with a sentence. `instead`: what the person does where there is none. `useful_for`: afterwards it
    is not sent any more. `blocks`: placeholders that may hold several lines where they stand alone, and vanish with
    their paragraph where they hold nothing; `more_links`: those that hold an address of ours besides 《リンク》.
    `attached_by`: dotted name of a function that knows what is attached as it goes out: Letter → [(file name, text,
    type)].
    """

    key: str
    label: str
    placeholders: Mapping[str, str] = field(default_factory=dict)
    secret: bool = False
    renewed_by: str = ""
    instead: str = ""
    useful_for: datetime.timedelta | None = None
    blocks: frozenset[str] = frozenset()
    more_links: frozenset[str] = frozenset()
    attached_by: str = ""

    @property
    def required(self) -> frozenset[str]:
        """Without these the letter would be of no use."""
        return frozenset(self.placeholders) & {LINK, CODE}


def _code(key: str, label: str) -> Kind:
    return Kind(
        key,
        label,
        NAME | {CODE: "一度だけ使えるコード"},
        secret=True,
        instead=ASK_AGAIN,
        useful_for=datetime.timedelta(minutes=15),
    )


def _confirming(key: str, label: str) -> Kind:
    """Asks a member to look at the data; the link shows them, so nobody else may have it."""
    return Kind(
        key,
        label,
        NAME
        | {
            "企業名": "会員の企業名。個人の会員には「個人会員」",
            "グループ": "お願いするグループの名前",
            "お願いした人": "お願いした職員か役員の氏名",
            "期限": "リンクを使える最後の日",
            LINK: "登録内容を確かめる画面のアドレス",
        },
        secret=True,
        instead="グループの「登録内容の確認」のページから、もう一度お願いしてください。",
        useful_for=datetime.timedelta(days=30),
    )


def _applying(key: str, label: str, **others: str) -> Kind:
    """To an applicant, who has no login: the link opens the application, so that nobody else may have it."""
    return Kind(
        f"groups/application_{key}",
        label,
        NAME | APPLICATION | others,
        secret=LINK in others,
        renewed_by="groups.recruitment.renewing.renew_letter" if key in ("confirm", "received") else "",
        instead="応募のページから、応募した方がもう一度リンクを受け取れます。" if LINK in others else "",
    )


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


_ALL = [
    # ── ours ──
    Kind(
        "members/invitation",
        "ログインへの招待",
        NAME
        | {
            "招待した人": "招待した職員か役員の氏名",
            "期限": "リンクを使える日時",
            LINK: "ログインをつくる画面のアドレス",
        },
        secret=True,
        renewed_by="members.invitations.renew_letter",
    ),
    _confirming("members/confirm_data", "登録内容の確認のお願い"),
    _confirming("members/confirm_again", "登録内容の確認の、もう一度のお願い"),
    # ── applicants (groups/recruitment/notices.py) ──
    Kind(
        "groups/application_resume",
        "応募の下書きの続き",
        NAME
        | {
            "年度": "募集の年度",
            "期限": "下書きを残しておく最後の日",
            LINK: "下書きの続きを書く画面のアドレス",
        },
        secret=True,
        instead="応募のページで「保存して、続きをメールで受け取る」を、もう一度押してもらってください。",
        useful_for=datetime.timedelta(days=30),
    ),
    _applying(
        "confirm",
        "応募とアドレスの確認",
        期限="リンクを使える最後の日",
        **{LINK: "応募を確かめる画面のアドレス"},
    ),
    _applying(
        "received",
        "応募の受付",
        受付番号="応募の受付番号",
        結果の予定="結果をお知らせする予定",
        **{LINK: "応募の状況を見る画面のアドレス"},
    ),
    _applying(
        "question",
        "応募した方へのお尋ね",
        受付番号="応募の受付番号",
        お尋ね="職員が書いたお尋ね",
        お返事の期限="お返事の期限、決めていなければ「なるべく早め」",
        **{LINK: "お尋ねに答える画面のアドレス"},
    ),
    _applying("withdrawn", "応募の取下げ", 受付番号="応募の受付番号。まだないときは「なし」"),
    # ── results (groups/recruitment/results.py) ──
    _applying(
        "accepted",
        "採択のお知らせ",
        受付番号="応募の受付番号",
        発会式="発会式の予定日、決まっていなければその旨",
    ),
    _applying("waitlisted", "補欠のお知らせ", 受付番号="応募の受付番号", 順番="補欠の順番"),
    _applying("declined", "不採択のお知らせ", 受付番号="応募の受付番号"),
    Kind(
        "groups/application_offered",
        "繰り上げのご案内",
        NAME
        | APPLICATION
        | {
            "受付番号": "応募の受付番号",
            "期限": "お返事の期限",
            "発会式": "発会式の予定日、決まっていなければその旨",
            LINK: "お返事をする画面のアドレス",
        },
        secret=True,
        renewed_by="groups.recruitment.offering.renew_letter",
    ),
    # ── accounts and second factors: allauth asks for these (members/account_letters.py) ──
    Kind(
        "account/password_reset_key",
        "パスワードを決めなおすリンク",
        NAME | {LINK: "パスワードを決める画面のアドレス"},
        secret=True,
        renewed_by="members.account_letters.renew_password_reset",
    ),
    Kind(
        "account/email_confirmation",
        "メールアドレスを確かめるリンク",
        NAME | {LINK: "アドレスを確かめる画面のアドレス"},
        secret=True,
        renewed_by="members.account_letters.renew_email_confirmation",
    ),
    _code("account/email_confirmation_code", "メールアドレスを確かめるコード"),
    _code("account/login_code", "ログインのコード"),
    _code("account/password_reset_code", "パスワードを決めなおすコード"),
    Kind(
        "account/account_already_exists",
        "ログインがすでにあることのお知らせ",
        NAME | {LINK: "パスワードを忘れたときの画面のアドレス"},
    ),
    Kind("account/unknown_account", "ログインがないことのお知らせ", NAME),
    Kind(
        "account/email_changed",
        "メールアドレスが変わったお知らせ",
        NAME | WHEN | {"前のアドレス": "変わる前のアドレス", "新しいアドレス": "変わったあとのアドレス"},
    ),
    Kind("account/email_confirm", "メールアドレスが確かめられたお知らせ", NAME | WHEN),
    Kind(
        "account/email_deleted",
        "メールアドレスを消したお知らせ",
        NAME | WHEN | {"消したアドレス": "消したアドレス"},
    ),
    Kind("account/password_changed", "パスワードが変わったお知らせ", NAME | WHEN),
    Kind("account/password_reset", "パスワードを決めなおしたお知らせ", NAME | WHEN),
    Kind("account/password_set", "パスワードを決めたお知らせ", NAME | WHEN),
    Kind("mfa/totp_activated", "認証アプリを登録したお知らせ", NAME | WHEN),
    Kind("mfa/totp_deactivated", "認証アプリを外したお知らせ", NAME | WHEN),
    Kind("mfa/webauthn_added", "パスキーを登録したお知らせ", NAME | WHEN),
    Kind("mfa/webauthn_removed", "パスキーを外したお知らせ", NAME | WHEN),
    Kind("mfa/recovery_codes_generated", "予備のコードを作りなおしたお知らせ", NAME | WHEN),
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
    # ── the members' own ──
    Kind(
        "members/looked_at",
        "職員が画面を見たお知らせ",
        NAME
        | {
            "職員": "画面を見た職員の氏名",
            "日時": "見はじめた日時",
            "理由": "職員が書いた理由",
        },
    ),
]
KINDS: dict[str, Kind] = {kind.key: kind for kind in _ALL}
# What a package sends by itself. Nobody knows what is in it: it is treated as secret.
OTHER = Kind(UNKNOWN, "そのほかの手紙", secret=True, instead="この手紙は、もう一度送ることができません。")


def of(key: str) -> Kind:
    """The kind of a letter; OTHER for one that is not ours, or no longer."""
    return KINDS.get(key, OTHER)
