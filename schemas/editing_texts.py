"""What is said to a builder when a command does not fit the draft."""

EDITING_TEXTS: dict[str, dict[str, str]] = {
    "edit_unknown": {
        "ja": "この操作はありません",
        "en": "There is no such command",
    },
    "edit_arguments": {
        "ja": "この操作に必要なものが足りないか、余分なものがあります",
        "en": "The command lacks something it needs, or has something it does not",
    },
    "edit_last_page": {
        "ja": "画面は少なくとも1つ必要です",
        "en": "A form needs at least one page",
    },
    "edit_no_page": {
        "ja": "その画面はもうありません。ほかの人が消したのかもしれません。画面を読み直してください",
        "en": "The page is no longer there. Somebody else may have deleted it. Load the page again",
    },
    "edit_no_field": {
        "ja": "その項目はもうありません。ほかの人が消したのかもしれません。画面を読み直してください",
        "en": "The field is no longer there. Somebody else may have deleted it. Load the page again",
    },
    "edit_no_title": {
        "ja": "名前を入力してください",
        "en": "Enter a name",
    },
    "edit_no_part": {
        "ja": "その部品はありません",
        "en": "There is no such part",
    },
    "edit_calculated_required": {
        "ja": "計算した値は申請する人が答えないので、必須にはできません",
        "en": "A calculated value is not answered by the applicant and cannot be required",
    },
    "edit_unknown_limit": {
        "ja": "「{field}」という決まりはありません",
        "en": "There is no setting “{field}”",
    },
    "edit_choices_empty": {
        "ja": "選択肢の名前を入力してください",
        "en": "Enter a name for each choice",
    },
    "edit_choices_twice": {
        "ja": "同じ選択肢が2つあります。1つにしてください",
        "en": "One choice is there twice. Keep one",
    },
    "edit_in_use": {
        "ja": "この項目はほかの所で使われています（{where}）。先にそちらを変えてください",
        "en": "The field is used elsewhere ({where}). Change that first",
    },
    "edit_bound_itself": {
        "ja": "同じ項目とは比べられません。ほかの日付を選んでください",
        "en": "A date cannot be held against itself. Choose another one",
    },
    "edit_bound_day": {
        "ja": "日付を入力してください",
        "en": "Enter a date",
    },
    "edit_key": {
        "ja": "項目の記号は英小文字で始め、英小文字・数字・下線だけで書いてください",
        "en": "A key begins with a small letter and uses small letters, digits and underscores only",
    },
    "edit_key_taken": {
        "ja": "「{field}」という記号はもう使われています。別の記号にしてください",
        "en": "The key “{field}” is taken. Choose another",
    },
    "edit_condition_circle": {
        "ja": "「{field}」の答えで決まる項目なので、逆に「{field}」を出す条件には使えません",
        "en": "Whether it is asked depends on “{field}”, so it cannot decide whether “{field}” is asked",
    },
    "edit_many_homes": {
        "ja": "「{field}」は複数の条件の中にあるため、ここでは動かせません。定義の画面で変えてください",
        "en": "“{field}” stands under several conditions and cannot be moved here. Change it in the definition",
    },
    "edit_no_calculation": {
        "ja": "その計算はもうありません。画面に出る計算は「画面と項目」で削除してください",
        "en": "There is no such calculation. Delete one that a page shows among its fields",
    },
    "edit_calculation_circle": {
        "ja": "計算は自分の結果を使えません",
        "en": "A calculation cannot use its own result",
    },
    "edit_else_branch": {
        "ja": "「それ以外のとき」の項目があるため、条件をまとめて外せません。項目ごとに変えてください",
        "en": "There are fields for “otherwise”. Change them one by one",
    },
    "edit_no_content": {
        "ja": "その説明はもうありません。ほかの人が消したのかもしれません。画面を読み直してください",
        "en": "The explanation is no longer there. Somebody else may have deleted it. Load the page again",
    },
    "edit_no_check": {
        "ja": "その確認はもうありません。ほかの人が消したのかもしれません。画面を読み直してください",
        "en": "The check is no longer there. Somebody else may have deleted it. Load the page again",
    },
    "edit_check_empty": {
        "ja": "確認には条件が少なくとも1つ必要です。要らなくなったときは、確認そのものを削除してください",
        "en": "A check needs at least one condition. If it is not needed, delete the check",
    },
    "edit_no_columns": {
        "ja": "この項目の中には項目を加えられません",
        "en": "Nothing can be added within this field",
    },
    "edit_no_choices": {
        "ja": "この項目は選択肢から選ぶ項目ではありません",
        "en": "This field is not one to choose from",
    },
    "edit_last_column": {
        "ja": "中の項目は少なくとも1つ必要です",
        "en": "At least one field must remain within it",
    },
    "edit_stale": {
        "ja": "ほかの人が先に変えたため、保存していません。下の「今の定義」と見くらべて、もう一度保存してください",
        "en": "Somebody else changed it first, so nothing was saved. Compare with what stands there now and save again",
    },
    "edit_no_consent": {
        "ja": "この項目は、同意・誓約を求める項目ではありません",
        "en": "This field does not ask anybody to agree to anything",
    },
    "edit_consent_shared": {
        "ja": "この文章は、ほかの同意・誓約の項目でも使われているため、なくせません",
        "en": "Another field asks to agree to this text too, so it cannot be taken away",
    },
    "edit_version_long": {
        "ja": "版の名前が長すぎます。{limit}文字までにしてください",
        "en": "The name of the version is too long. Keep to {limit} characters",
    },
    "edit_no_such_kind": {
        "ja": "この項目は、その種類には変えられません。新しい項目を加えてください",
        "en": "The field cannot become one of that kind. Add a new field",
    },
    "edit_kind_unfit": {
        "ja": "種類を変えると合わなくなるものがあります（{where}）。先にそちらを変えるか、外してください",
        "en": "What would no longer fit: {where}. Change or remove that first",
    },
    "edit_kind_uncalculated": {
        "ja": "種類を変えると計算が合わなくなります（{why}）。先に計算式を変えてください",
        "en": "A calculation would no longer fit ({why}). Change its formula first",
    },
    "edit_no_such_answer": {
        "ja": "「{text}」という答えはありません（{choices}）",
        "en": "There is no answer “{text}” ({choices})",
    },
    "edit_image_large": {
        "ja": "画像が大きすぎます。500KBまでにしてください",
        "en": "The image is too large. Keep to 500 KB",
    },
    "edit_image_kind": {
        "ja": "PNGかJPEGの画像を選んでください",
        "en": "Choose a PNG or JPEG image",
    },
    "edit_number": {
        "ja": "「{text}」は数ではありません。数字で入力してください",
        "en": "“{text}” is not a number. Use digits",
    },
    "edit_no_step": {
        "ja": "その段階はもうありません。ほかの人が消したのかもしれません。画面を読み直してください",
        "en": "The step is no longer there. Somebody else may have deleted it. Load the page again",
    },
    "edit_no_staff_fields": {
        "ja": "職員記入欄を置けるのは、人が処理する段階だけです",
        "en": "Only steps at which people act have staff fields",
    },
    "edit_no_role": {
        "ja": "役職を選んでください",
        "en": "Choose a role",
    },
    "edit_no_fact": {
        "ja": "この項目は、この経路を使う様式にありません",
        "en": "No form that uses this route has this item",
    },
    "edit_none_ticked": {
        "ja": "「{fact}」は、少なくとも1つ選んでください",
        "en": "Tick at least one answer of “{fact}”",
    },
    "edit_no_branch": {
        "ja": "その分かれ道はもうありません。画面を読み直してください",
        "en": "The branch is no longer there. Load the page again",
    },
    "edit_last_branch": {
        "ja": "「それ以外」と最後の分かれ道はなくせません",
        "en": "“Otherwise” and the last branch cannot be taken away",
    },
    "edit_step_into_itself": {
        "ja": "段階を、その中へ移すことはできません",
        "en": "A step cannot be moved into itself",
    },
    "edit_no_member": {
        "ja": "合議する人を1人以上選んでください",
        "en": "Choose at least one to be consulted",
    },
    "edit_no_table": {
        "ja": "この段階には規則の表がありません",
        "en": "This step has no table of rules",
    },
    "edit_no_rule": {
        "ja": "その規則はもうありません。画面を読み直してください",
        "en": "The rule is no longer there. Load the page again",
    },
    "edit_last_rule": {
        "ja": "規則は少なくとも1つ必要です。いらなければ、段階ごと削除してください",
        "en": "A table needs a rule. Delete the step if you need none",
    },
}
