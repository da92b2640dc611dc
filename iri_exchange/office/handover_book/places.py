"""どこに何があるか: the pages of the portal that a group's secretary uses, with their addresses."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from groups.models import Group
from iri_exchange.lib import qr


class Place(NamedTuple):
    """A page: what it is called, what is done there, and where it is."""

    label: str
    what: str
    address: str


# Of the group: (name of the address, label, what is done there).
OF_THE_GROUP = (
    ("group", "グループのページ", "すべての入口です。次の会合と、すぐにすることが並びます。"),
    ("group_members", "会員の一覧", "会員を見る・加える、休会と退会を入れる。"),
    ("group_roster", "名簿をつくる", "会員用・事務局用の名簿をPDFとExcelで出す。"),
    ("group_officers", "役員の一覧・任期", "役員を登録する、任期を終える。"),
    ("group_election", "役員を改選する", "次の年度の役員を、まとめて登録する。"),
    ("group_advisers", "助言者", "助言者を見る、継続をお願いする。"),
    ("group_bylaws", "会則", "会則を登録する。これまでの会則も残っています。"),
    ("group_meetings", "会合", "会合を予定する、案内を送る、受付をする、議事録を書く。"),
    ("group_turns", "当番と発表の順", "だれの番かを見る・入れる。"),
    ("group_todos", "宿題", "残っている宿題を見る、すんだ印を付ける。"),
    ("group_attendance", "出席の記録", "出席簿を見る・印刷する。"),
    ("group_files", "資料と写真", "グループの資料をしまう。"),
    ("group_confirmations", "登録内容の確認", "会員に、登録内容を確かめてもらう。"),
    ("group_invitations", "ログインへの招待", "ログインのない会員を招待する。"),
    ("group_exports", "名簿の写しの記録", "だれがいつ名簿を出したかを確かめる。"),
    ("group_edit", "紹介・設定", "紹介文、今年のテーマ、定例会の曜日、ロゴを直す。"),
    ("handover_book", "引き継ぎ帳", "この冊子を、もう一度つくる。"),
)
OF_ONES_OWN = (
    ("my_page", "マイページ", "自分の予定と、お返事を見る。"),
    ("offer_board", "グループどうしの掲示板", "合同の会合を呼びかける、手をあげる。"),
    ("help", "困ったとき", "連絡先と、使い方。"),
)


def places_of(group: Group) -> list[Place]:
    own = [(reverse(name, args=[group.slug]), label, what) for name, label, what in OF_THE_GROUP]
    own += [(reverse(name), label, what) for name, label, what in OF_ONES_OWN]
    return [Place(label, what, f"{settings.SITE_URL}{path}") for path, label, what in own]


def code_of(group: Group) -> qr.Square:
    """The group's page, for a telephone."""
    return qr.square(f"{settings.SITE_URL}{reverse('group', args=[group.slug])}")
