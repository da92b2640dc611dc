"""Every kind of letter the portal writes, declared once: what it is called, and what can stand in it.

A kind "members/invitation" has its standard text in templates/emails/members/invitation.subject.txt and .txt, and its
HTML in invitation.html.
"""

import datetime

from members.exchange_after_kinds import ABOUT_AFTER
from members.exchange_booth_kinds import ABOUT_BOOTHS
from members.exchange_entry_kinds import ABOUT_ENTERING
from members.exchange_inviting_kinds import ABOUT_INVITING
from members.exchange_letter_kinds import ABOUT_EXCHANGES
from members.group_letter_kinds import ABOUT_GROUPS
from members.letter_kind import CODE, LINK, NAME, Kind

WHEN = {"日時": "変わった日時"}
APPLICATION = {"企業名": "応募した企業の名前", "募集": "応募した募集の年度と拠点"}
ASK_AGAIN = "コードは、頼んだ画面でだけ使えます。ご本人に、同じ画面でもう一度コードを頼んでもらってください。"
UNKNOWN = "other"


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
    *ABOUT_GROUPS,
    *ABOUT_EXCHANGES,
    *ABOUT_BOOTHS,
    *ABOUT_INVITING,
    *ABOUT_ENTERING,
    *ABOUT_AFTER,
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
