"""What invented applicants write, and what the office answers."""

# (motive, hopes)
MOTIVES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("自社の技術だけでは届かない製品があり、ちがう業種の方の見方をうかがいたいと思いました。", ("development", "people")),
    ("後を継いで3年になります。経営のことを腹を割って話せる仲間がほしく、応募しました。", ("management", "people")),
    ("取引先がかたよっているので、新しい販路をいっしょに考えられる方と知り合いたいです。", ("sales", "information")),
    ("若い社員を外に出して、ほかの会社の現場を見せたいと考えています。", ("people", "information")),
    ("展示会で会員の方にお会いし、毎月の定例会の話をうかがって、ぜひ加わりたいと思いました。", ("people",)),
    ("試作の相談を受けても、材料や電気のことが分からず断っています。相談できる仲間を求めています。", ("development",)),
    ("人手が足りないなかで、どのように仕事の仕方を変えているのか、ほかの業種に学びたいです。", ("management", "information")),
    ("創業から10年がたち、次の柱になる製品を、共同で開発できる相手をさがしています。", ("development", "sales")),
)  # fmt: skip
SOURCES = ("site", "site", "site", "staff", "member", "member", "event", "partner", "press", "other", "")
NOTES = (
    "電話で確認。定例会には、社長ご本人が出られるとのこと。",
    "同じ業種の応募がもう1社ある。製品は重ならない見込み。",
    "工場が都外に移る予定があるとのこと。事業所が都内に残るかを確かめる。",
)
QUESTION = "定例会には、どなたがお出になりますか。平日の午後に、毎月ご参加いただけるかもお教えください。"
DECLINED = "同じ業種の応募が多く、定員をこえたため。"
