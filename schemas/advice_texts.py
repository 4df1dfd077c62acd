"""What is said about rules that approve without a person, to whoever publishes them; none of it stops publication."""

ADVICE_TEXTS: dict[str, dict[str, str]] = {
    "advice_legal_basis": {
        "ja": "規則「{key}」に根拠法令(legal_basis)がありません。専決できる根拠を書いてください",
        "en": "The rule “{key}” names no legal basis (legal_basis). Say what allows it to approve",
    },
    "advice_owner": {
        "ja": "規則「{key}」に責任者(owner)がいません。見直しや停止をする課か職員を書いてください",
        "en": "Nobody answers for the rule “{key}”. Name an owner, who reviews and suspends it",
    },
    "advice_free_text": {
        "ja": "規則「{key}」は自由に書かれた文章「{name}」で判断しています。"
        "人の判断が要るので、選択肢や数に替えてください",
        "en": "The rule “{key}” reads “{name}”, which is written freely and needs judgement. Use choices or numbers",
    },
    "advice_sample": {
        "ja": "「{key}」の自動承認を後から確かめる抽出(sample_percent)がありません。1から10%ほどを人が確かめてください",
        "en": "No sample of what “{key}” approves is read by anybody. Set “sample_percent”, say 1 to 10",
    },
    "advice_identity": {
        "ja": "この手続では本人確認をしません(L0)。「{key}」の自動承認で、本人でない申請が通らないか確かめてください",
        "en": "Nobody's identity is established in this procedure (L0). "
        "Make sure “{key}” approves nothing for a stranger",
    },
    "advice_verified": {
        "ja": "規則「{key}」は申請者の答えだけで決めています。台帳や支援措置などの制限の有無を、"
        "確認済みの事実(facts)として条件に加えてください",
        "en": "The rule “{key}” rests on answers alone. "
        "Add what the office verified (facts): a register, no restriction",
    },
    "advice_unknown": {
        "ja": "規則「{key}」の条件にある「{name}」は様式にありません。この規則は決して当てはまりません",
        "en": "The form has no “{name}”, so the rule “{key}” never holds",
    },
    "advice_overlap": {"ja": "2つの規則に当てはまる案件は人に回ります", "en": "What two rules cover goes to a person"},
}
