"""Competitors: candidates of the same trade, or with the same words in their products, shall be seen before deciding.

A hint that staff weigh, nothing more. Japanese is written without spaces: words are runs of one kind of letters, less
what nearly every company says of itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from iri_exchange.lib import japan
from members.models.company import CompanyFacts

_RUN = re.compile("[ァ-ヺー]{3,}|[一-鿿々〆]{2,}|[a-z][a-z0-9]+")
# What hangs on a product's name without telling one product from another.
_ENDS = re.compile(
    "(製造業|加工業|卸売業|小売業|販売業|製造|製作|設計|開発|販売|加工|組立|修理|保守|部品|製品|装置|機器|器具"
    "|機械|用品|材料|技術|全般|一式|関連|向|用|業)+$"
)
# Said by companies of every trade.
_COMMON = """
製造 製作 設計 開発 販売 加工 組立 修理 保守 部品 製品 装置 機器 器具 機械 用品 材料 技術 全般 一式 関連 各種 精密 小型 大型
高性能 高精度 産業 工業 業務 事業 企画 提案 試作 量産 受託 請負 支援 対応 専用 特殊 一般 自社 国内 海外 総合
サービス システム メーカー オリジナル コンサルティング ソリューション サポート
"""
_COMMON_WORDS = frozenset(_COMMON.split())


@dataclass(frozen=True)
class Likeness:
    """What two companies have in common: the trade, as it is called, or ""; and the words of their products."""

    trade: str
    words: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.trade or self.words)


@dataclass(frozen=True)
class Rival:
    """Somebody in the group-to-be, and what it has in common with the one who is looked at."""

    other: CompanyFacts
    likeness: Likeness


@dataclass(frozen=True)
class Profile:
    """A company or an applicant, read once for many comparisons."""

    facts: CompanyFacts

    @cached_property
    def words(self) -> frozenset[str]:
        return words_of(self.facts.products) | words_of(self.facts.trade)

    @cached_property
    def trade(self) -> str:
        return japan.fold(self.facts.trade) if self.facts.trade else ""

    def likeness(self, other: "Profile") -> Likeness:
        mine, theirs = self.facts, other.facts
        middle = mine.industry_middle and mine.industry_middle == theirs.industry_middle
        same_class = middle and mine.industry == theirs.industry
        same = same_class or (self.trade and self.trade == other.trade)
        return Likeness((mine.trade or "業種の中分類") if same else "", common_words(self.words, other.words))


def words_of(text: str) -> frozenset[str]:
    """The telling words of a text, folded: 精密歯車の製造・加工 → 精密歯車."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = (_ENDS.sub("", run) for run in _RUN.findall(plain))
    return frozenset(japan.fold(word) for word in words if len(word) > 1 and word not in _COMMON_WORDS)


def common_words(some: Iterable[str], others: Iterable[str]) -> list[str]:
    """What both have; of a word inside of another (歯車, 精密歯車) the shorter."""
    others = list(others)
    shared = {min(one, other, key=len) for one in some for other in others if one in other or other in one}
    return sorted(shared)


def rivals_of(profile: Profile, group: Iterable[Profile]) -> list[Rival]:
    """Those of the group who compete with a candidate, the closest first; nobody competes with itself."""
    rivals = [
        Rival(other.facts, likeness)
        for other in group
        if other.facts is not profile.facts and (likeness := profile.likeness(other))
    ]
    return sorted(rivals, key=lambda rival: (not rival.likeness.trade, -len(rival.likeness.words)))
