"""Trades and the size of companies: for statistics and hints, nothing is refused by them."""

# 日本標準産業分類 第14回改定（令和5年7月）大分類.
INDUSTRIES: dict[str, str] = {
    "A": "農業、林業",
    "B": "漁業",
    "C": "鉱業、採石業、砂利採取業",
    "D": "建設業",
    "E": "製造業",
    "F": "電気・ガス・熱供給・水道業",
    "G": "情報通信業",
    "H": "運輸業、郵便業",
    "I": "卸売業、小売業",
    "J": "金融業、保険業",
    "K": "不動産業、物品賃貸業",
    "L": "学術研究、専門・技術サービス業",
    "M": "宿泊業、飲食サービス業",
    "N": "生活関連サービス業、娯楽業",
    "O": "教育、学習支援業",
    "P": "医療、福祉",
    "Q": "複合サービス事業",
    "R": "サービス業（他に分類されないもの）",
    "S": "公務（他に分類されるものを除く）",
    "T": "分類不能の産業",
}

# 中小企業基本法 第2条: category → (capital in 万円, employees); at or below either is 中小企業.
SME_LIMITS: dict[str, tuple[int, int]] = {
    "manufacturing": (30_000, 300),
    "wholesale": (10_000, 100),
    "service": (5_000, 100),
    "retail": (5_000, 50),
}


def sme_hint(category: str, capital_man: int | None, employees: int | None) -> str:
    """該当, 非該当, or 要確認 when what is known does not settle it.

    `category` is a key of SME_LIMITS; None is unknown.
    """
    if category not in SME_LIMITS:
        return "要確認"
    capital_limit, employee_limit = SME_LIMITS[category]
    within = [
        None if value is None else value <= limit
        for value, limit in ((capital_man, capital_limit), (employees, employee_limit))
    ]
    if True in within:
        return "該当"
    return "要確認" if None in within else "非該当"
