"""What was answered, as a sentence and as a sign: the same on the pages, in letters and on paper."""

from events.models import Meeting, Reply

SIGNS = {"yes": "○", "no": "×", "proxy": "◇", "open": "△", "": "◆"}
SILENT = "まだ"


def sign_of(reply: Reply) -> str:
    """○ 出席 · × 欠席 · ◇ 代理 · △ 未定 · ◆ まだ"""
    return f"{SIGNS[reply.answer]} {reply.get_answer_display() if reply.answer else SILENT}"


def said(reply: Reply, meeting: Meeting) -> list[str]:
    """What was answered, in sentences; none for who has not."""
    if not reply.answer:
        return []
    return [
        each for each in (_first(reply), _guests(reply), _party(reply, meeting), _entrusted(reply)) if each
    ]


def _first(reply: Reply) -> str:
    sentences = {
        Reply.Answer.YES: "出席します。",
        Reply.Answer.NO: "欠席します。",
        Reply.Answer.PROXY: f"代理で{reply.proxy_name}さんが出席します。",
        Reply.Answer.OPEN: "まだ分かりません（未定）。",
    }
    return sentences[Reply.Answer(reply.answer)]


def _guests(reply: Reply) -> str:
    names = f"（{reply.guest_names}）" if reply.guest_names else ""
    return f"ほかに{reply.guests}名がいっしょです{names}。" if reply.guests else ""


def _party(reply: Reply, meeting: Meeting) -> str:
    if not meeting.has_party:
        return ""
    sentences = {
        "": "懇親会のお返事は、まだです。",
        Reply.Party.YES: "懇親会に参加します。",
        Reply.Party.NO: "懇親会には参加しません。",
        Reply.Party.OPEN: "懇親会は、まだ分かりません。",
    }
    return sentences[reply.party]


def _entrusted(reply: Reply) -> str:
    if not reply.entrusts:
        return ""
    return f"議決を{reply.entrusted_to or '議長'}に委任します。"
