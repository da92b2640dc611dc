"""The words around the questions of consent: what is asked in short, and what each answer changes at once.

The wording that people agree to is in the database, with its version (members.ConsentText).
"""

from members.models import Consent

ROSTER = "roster"
_KIND = Consent.Kind

LABELS = {kind.value: str(kind.label) for kind in Consent.Kind}
SAYS = {"yes": "同意する", "no": "同意しない"}
# kind → answer → what changes, in the order in which the answers are offered.
EFFECTS: dict[str, dict[str, str]] = {
    ROSTER: {
        "yes": "会員の一覧と会員用の名簿に、企業、お名前、連絡先がのります。",
        "company": "会員の一覧と会員用の名簿には、企業とその連絡先だけがのります。お名前とご本人の電話・メールは、すぐに消えます。"
        "会の役員をなさっている方は、お名前と役職だけのります。",
        "no": "会員の一覧、会員用の名簿、公開用の名簿から、すぐに消えます。会の役員をなさっている方のお名前と役職は、のこります。"
        "事務局と、自主運営のグループの役員が使う事務局用の名簿には、「掲載しない」のしるしを付けてのこります。",
    },
    _KIND.PUBLIC_PROFILE.value: {
        "yes": "会員企業の一覧、グループの紹介、公開用の名簿に、企業名、業種、主要製品、ホームページがのります。お名前はのりません。",
        "no": "会員企業の一覧、グループの紹介、公開用の名簿から、すぐに消えます。グループの中の名簿は変わりません。",
    },
    _KIND.SECRETARIAT.value: {
        "yes": "事務局が、グループの活動の連絡に、お届けの連絡先を使います。",
        "no": "事務局は、この答えを見て、これからの連絡をひかえます。名簿は変わりません。",
    },
    _KIND.HANDOVER.value: {
        "yes": "発足年度から会員だった方の名簿を、グループの役員に引き継ぎます。"
        "もう自主運営をしているグループでは、役員があなたの内容をすぐに見られるようになり、ご連絡や名簿の手入れに使います。",
        "no": "役員に引き継ぎません。グループの役員には、ほかの会員に見えるところまでが見えます（名簿への掲載のお答えのとおり）。"
        "もう引き継いだグループでも、すぐにそうなります。会員のままで、会合の案内もこれまでどおり届きます。",
    },
    _KIND.JOINT_ROSTER.value: {
        "yes": "合同交流会の名簿に、企業名とお名前をのせます。",
        "no": "これから作る合同交流会の名簿には、事務局がこの答えを見て、のせません。",
    },
    _KIND.PHOTOGRAPH.value: {
        "yes": "定例会や合同交流会の写真を、グループの紹介に使います。",
        "no": "これからの紹介には、事務局がこの答えを見て、写っている写真を使いません。",
    },
    _KIND.MAIL.value: {
        "yes": "行事や募集の案内を、これからもお送りします。",
        "no": "事務局は、この答えを見て、これからの案内をお送りしません。",
    },
}
