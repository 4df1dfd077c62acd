"""What is said about a formula that cannot be read."""

FORMULA_TEXTS: dict[str, dict[str, str]] = {
    "formula_empty": {
        "ja": "計算式を入力してください",
        "en": "Enter a formula",
    },
    "formula_long": {
        "ja": "計算式が長すぎます。{limit}文字までにして、途中の結果を別の計算に分けてください",
        "en": "The formula is too long. Keep to {limit} characters and give parts their own calculation",
    },
    "formula_unfinished": {
        "ja": "計算式が途中で終わっています。かっこや数の続きを入力してください",
        "en": "The formula ends too early. Complete its brackets or add what is missing",
    },
    "formula_unexpected": {
        "ja": "「{found}」がここに来るのはおかしいです。前後の記号を確認してください。"
        "数字で始まる名前や記号の入った名前は「」で囲みます",
        "en": "“{found}” is not expected here. Check the signs around it; a name that begins with a digit or has signs "
        "in it stands in 「」",
    },
    "formula_unknown_name": {
        "ja": "「{called}」という項目はありません",
        "en": "There is no field “{called}”",
    },
    "formula_unknown_name_near": {
        "ja": "「{called}」という項目はありません。「{near}」のことですか",
        "en": "There is no field “{called}”. Did you mean “{near}”?",
    },
    "formula_ambiguous": {
        "ja": "「{called}」という項目は複数あります（{names}）。どれかを、まとまりの名前を付けて書いてください",
        "en": "There are several fields “{called}” ({names}). Write which one, with the name of its group",
    },
    "formula_unknown_function": {
        "ja": "「{called}」という関数はありません",
        "en": "There is no function “{called}”",
    },
    "formula_unknown_function_near": {
        "ja": "「{called}」という関数はありません。「{near}」のことですか",
        "en": "There is no function “{called}”. Did you mean “{near}”?",
    },
    "formula_arguments": {
        "ja": "{called} に渡すものの数が違います（必要: {needed}、今: {found}）",
        "en": "{called} has the wrong number of arguments (needed: {needed}, given: {found})",
    },
    "formula_digits": {
        "ja": "{function} の桁は 0、-1、-2 … と書いてください（-3 なら千円単位）",
        "en": "Give the digits of {function} as 0, -1, -2 … (-3 for whole thousands)",
    },
    "formula_if": {
        "ja": "IF には、条件と値の組と、最後にどれでもないときの値を書いてください",
        "en": "IF takes conditions with their values, and at the end the value for none of them",
    },
    "formula_switch": {
        "ja": "対応表 SWITCH には、選択肢と決まった値を書いてください",
        "en": "SWITCH takes choices and fixed values",
    },
    "formula_blank": {
        "ja": "IFBLANK の最初には項目を書いてください",
        "en": "The first argument of IFBLANK is a field",
    },
    "formula_no_choice": {
        "ja": "「{choice}」という選択肢はありません（{choices}）",
        "en": "There is no choice “{choice}” ({choices})",
    },
}
