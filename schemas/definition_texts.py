"""What is said about a form or workflow definition that cannot be published, to a builder who has never read JSON."""

DEFINITION_TEXTS: dict[str, dict[str, str]] = {
    "definition_kind": {
        "ja": "様式なら「form」、決裁経路なら「workflow」に、その名前を書いてください",
        "en": "Give its name under “form” for a form, or under “workflow” for a workflow",
    },
    "definition_required": {
        "ja": "「{field}」がありません。書き加えてください",
        "en": "“{field}” is missing. Add it",
    },
    "definition_unknown": {
        "ja": "「{field}」という名前はここでは使えません。綴りを確認するか、"
        "独自の内容なら「x-」で始まる名前にしてください",
        "en": "“{field}” is not known here. Check its spelling, or begin your own additions with “x-”",
    },
    "definition_choice": {
        "ja": "「{field}」は {allowed} のどれかにしてください",
        "en": "“{field}” must be one of {allowed}",
    },
    "definition_key": {
        "ja": "「{field}」の書き方が違います。名前は英小文字で始め、"
        "英小文字・数字・下線だけで書いてください(項目の場所は / で始めます)",
        "en": "“{field}” is not written as it must be: names begin with a small letter and use small "
        "letters, digits and "
        "underscores only (places of fields begin with a slash)",
    },
    "definition_empty": {
        "ja": "「{field}」が空です。少なくとも1つ書いてください",
        "en": "“{field}” is empty. Give at least one",
    },
    "page_empty": {
        "ja": "画面「{title}」に項目がありません。項目を加えるか、画面をなくしてください",
        "en": "The page “{title}” has no fields. Add a field, or delete the page",
    },
    "rule_unconditional": {
        "ja": "規則「{title}」に条件がありません。「見る項目（列）」で項目を加え、条件を決めてください",
        "en": "The rule “{title}” has no condition. Add a column for a field and set what it must be",
    },
    "branch_unconditional": {
        "ja": "分かれ道の{number}番目の枝に条件がありません。どの答えのときに通るかを決めてください",
        "en": "Branch {number} of a choice has no condition. Set the answers with which it is taken",
    },
    "authority_unconditional": {
        "ja": "専決の表の{number}行目に条件がありません。どんなときにこの人が決裁するかを決めてください",
        "en": "Row {number} of the table of authority has no condition. Set when this person decides",
    },
    "consultation_empty": {
        "ja": "合議「{title}」の相手が決まっていません。「同意を求める相手」で課と役職を選んでください",
        "en": "Nobody is asked to agree in “{title}”. Choose a department and a role",
    },
    "definition_repeated": {
        "ja": "「{field}」に同じものが2回あります。1つにしてください",
        "en": "“{field}” names the same thing twice. Keep one",
    },
    "definition_type_string": {"ja": "「{field}」は文字で書いてください", "en": "“{field}” must be text"},
    "definition_type_integer": {"ja": "「{field}」は整数で書いてください", "en": "“{field}” must be a whole number"},
    "definition_type_number": {"ja": "「{field}」は数で書いてください", "en": "“{field}” must be a number"},
    "definition_type_boolean": {
        "ja": "「{field}」は true か false で書いてください",
        "en": "“{field}” must be true or false",
    },
    "definition_type_array": {"ja": "「{field}」は一覧 [ ] で書いてください", "en": "“{field}” must be a list [ ]"},
    "definition_type_object": {
        "ja": "「{field}」は名前と値の組 {{ }} で書いてください",
        "en": "“{field}” must be an object {{ }}",
    },
    "definition_repeated_key": {
        "ja": "「{key}」という名前が2回使われています。どちらかを別の名前にしてください",
        "en": "The name “{key}” is used twice. Rename one of them",
    },
    "schema_shape": {
        "ja": "「{field}」の書き方がJSON Schema(2020-12)に合っていません。直してください",
        "en": "“{field}” is not written as JSON Schema 2020-12 asks. Correct it",
    },
    "schema_unknown_word": {
        "ja": "「{field}」はJSON Schemaの言葉ではないので、効き目がありません。綴りを確認してください",
        "en": "“{field}” is no word of JSON Schema and has no effect. Check its spelling",
    },
    "schema_reference": {
        "ja": "参照先「{reference}」が見つかりません。共通語彙か、この様式の $defs にある名前にしてください",
        "en": "Nothing is found at “{reference}”. Refer to the vocabulary or to this form's own $defs",
    },
    "schema_format": {
        "ja": "「{format}」という書式はないので、確かめられません。ある書式の名前にしてください",
        "en": "There is no format called “{format}”, so nothing would be checked. Use one that exists",
    },
    "schema_draft": {
        "ja": "「{draft}」という版のJSON Schemaは読めません。draft 4 から 2020-12 までのどれかにしてください",
        "en": "“{draft}” is no version of JSON Schema that can be read. Use one from draft 4 to 2020-12",
    },
    "schema_nothing": {
        "ja": "どんな回答も受け付けない定義(false)なので、様式にできません",
        "en": "This definition (false) accepts no answer at all, so it cannot be a form",
    },
    "schema_circular": {
        "ja": "参照($ref)が自分自身に戻るだけで、何を答えるのか決まりません。参照先を直してください",
        "en": "A reference ($ref) only leads back to itself, so nothing says what to answer. Correct where it leads",
    },
    "schema_too_deep": {
        "ja": "項目が多すぎるか、入れ子が深すぎて、画面に表せません。分けるか、$ref のくり返しを減らしてください",
        "en": "There are too many fields, or they are nested too deep to be shown. Divide the form, or let fewer "
        "definitions refer to themselves",
    },
    "schema_required_unknown": {
        "ja": "必須とされている「{field}」という項目がないので、誰も申請を終えられません。"
        "項目を加えるか、必須から外してください",
        "en": "“{field}” is required but there is no such field, so nobody could finish. Add it or "
        "require it no longer",
    },
    "pattern_unreadable": {
        "ja": "この書き方の決まり(pattern)は読めません。かっこや記号の対応を確認してください",
        "en": "This pattern cannot be read. Check its brackets",
    },
    "pattern_wide": {
        "ja": "\\d \\w \\s \\b は全角文字にも当てはまることがあり、確かめ方で結果が変わります。"
        "[0-9] のように文字を並べて書いてください",
        "en": "\\d, \\w, \\s and \\b match full-width characters in some validators only. Write the "
        "characters, like [0-9]",
    },
    "pattern_slow": {
        "ja": "この書き方の決まり(pattern)は、くり返しの中で同じ文字を何通りにも読めるため、"
        "わざと長い文字を入れられると画面が止まります。"
        "くり返しを1重にしてください",
        "en": "This pattern can read the same text in many ways inside a repetition, so a long text "
        "could bring the server to a "
        "halt. Repeat once only",
    },
    "pattern_back": {
        "ja": "前後を見る書き方((?= など)や、前に出たものを指す書き方(\\1)は使えません。別の書き方にしてください",
        "en": "Look-around and back references cannot be used in a pattern. Write it differently",
    },
    "field_without_title": {
        "ja": "項目「{field}」に見出し(title)がありません。申請する人に見える名前を付けてください",
        "en": "The field “{field}” has no title. Give it the name that people will see",
    },
    "page_unknown_field": {
        "ja": "「{field}」という項目はありません。画面から外すか、項目を作ってください",
        "en": "There is no field “{field}”. Take it off the page, or create it",
    },
    "field_on_two_pages": {
        "ja": "項目「{field}」は画面「{page}」にもあります。1つの画面だけに置いてください",
        "en": "The field “{field}” is on the page “{page}” already. Keep it on one page",
    },
    "field_on_no_page": {
        "ja": "項目「{title}」({field})がどの画面にもありません。画面のどれかに置いてください",
        "en": "The field “{title}” ({field}) is on no page. Put it on one",
    },
    "presentation_unknown_field": {
        "ja": "見せ方を決めている「{field}」という項目はありません。名前を確認してください",
        "en": "There is no field “{field}” to present. Check its name",
    },
    "translation_of_nothing": {
        "ja": "翻訳の元になる文が「{address}」にありません。場所を確認してください",
        "en": "There is no text at “{address}” to translate. Check the place",
    },
    "calculation_operator": {
        "ja": "計算「{calculation}」：「{operator}」という計算はありません。綴りを確認してください",
        "en": "Calculation “{calculation}”: there is no operation “{operator}”. Check its spelling",
    },
    "calculation_arguments": {
        "ja": "計算「{calculation}」：「{operator}」に渡すものの数が違います(必要: {expected}、今: {found})",
        "en": "Calculation “{calculation}”: “{operator}” has the wrong number of arguments "
        "(needed: {expected}, given: {found})",
    },
    "calculation_one_operator": {
        "ja": "計算「{calculation}」：1つのかっこ {{ }} に書ける計算は1つです(今: {found})",
        "en": "Calculation “{calculation}”: one object holds one calculation (given: {found})",
    },
    "calculation_too_deep": {
        "ja": "計算「{calculation}」は、入れ子が深すぎます。{limit}段までにして、途中の結果を別の計算に分けてください",
        "en": "The calculation “{calculation}” is nested too deeply. Keep to {limit} levels and name parts of it",
    },
    "calculation_unknown_field": {
        "ja": "計算「{calculation}」に使う「{field}」という項目がありません。名前を確認してください",
        "en": "The calculation “{calculation}” uses “{field}”, which does not exist. Check its name",
    },
    "calculation_kind": {
        "ja": "計算「{calculation}」の「{part}」：「{operator}」には{expected}を渡してください",
        "en": "Calculation “{calculation}”, at “{part}”: “{operator}” needs {expected}",
    },
    "calculation_same_kind": {
        "ja": "計算「{calculation}」の「{part}」：「{operator}」で比べるものの種類が違います。"
        "数と数、日付と日付のように、同じ種類にしてください",
        "en": "Calculation “{calculation}”, at “{part}”: “{operator}” compares things of different kinds. "
        "Compare numbers with numbers, dates with dates",
    },
    "calculation_circle": {
        "ja": "計算が互いを使い合っていて終わりません({names})。どれかを直してください",
        "en": "These calculations use each other in a circle ({names}). Break it",
    },
    "calculation_not_read_only": {
        "ja": "「{field}」は申請する人が答える項目です。計算で書くなら readOnly を true にしてください",
        "en": "“{field}” is answered by the applicant. Set readOnly to true if it is calculated",
    },
    "calculation_result": {
        "ja": "計算「{calculation}」の「{part}」：計算の結果が「{field}」の種類({expected})に合いません。"
        "端数が出るなら切捨て(ROUNDDOWN)・四捨五入(ROUND)・切上げ(ROUNDUP)で整数にしてください",
        "en": "Calculation “{calculation}”, at “{part}”: the result does not fit “{field}” ({expected}). "
        "Use ROUNDDOWN (floor), ROUND or ROUNDUP (ceil) if it may have a fraction",
    },
    "fee_not_calculated": {
        "ja": "手数料の計算に選ばれた「{field}」は、画面に出る計算した数ではありません。「手続き」で選び直してください",
        "en": "The fee is to be “{field}”, which is no calculated number on a page. Choose another in “Procedure”",
    },
    "fact_name_taken": {
        "ja": "「{field}」という名前は項目か計算で使われています。別の名前にしてください",
        "en": "The name “{field}” is taken by a field or calculation. Choose another",
    },
    "fact_unknown_field": {
        "ja": "確認に使う「{field}」という項目がありません。場所を確認してください",
        "en": "There is no field at “{field}”. Check the place",
    },
    "check_unknown_fact": {
        "ja": "条件に使われている「{field}」という項目も計算もありません。名前を確認してください",
        "en": "The condition uses “{field}”, which is no field or calculation. Check its name",
    },
    "check_unknown_field": {
        "ja": "知らせを出す先の「{field}」という項目がありません。場所を確認してください",
        "en": "There is no field at “{field}” to show the message at. Check the place",
    },
    "form_route_unpublished": {
        "ja": "決裁経路「{title}」がまだ公開されていません。先に経路を公開してください",
        "en": "The route “{title}” is not published yet. Publish the route first",
    },
    "form_route_retired": {
        "ja": "決裁経路「{title}」は使い終えています。ほかの経路を選ぶか、経路の公開の画面で再開してください",
        "en": "The route “{title}” has ended. Choose another one, or reopen it on the page “Publish” of the route",
    },
    "form_unrouted": {
        "ja": "誰が決裁するかが決まっていません。公開されている決裁経路を選んでください",
        "en": "Nobody decides on this yet. Choose a route that is published",
    },
    "table_header": {
        "ja": "1行目は {columns} で始めてください。書き出した表の列を消したり並べ替えたりしないでください",
        "en": "The first row must begin with {columns}. Keep the columns of the exported table",
    },
    "table_unknown": {
        "ja": "「{address}」には訳すものがありません。定義から消えたか、場所が変わりました",
        "en": "There is no text at “{address}”. It was removed from the definition, or moved",
    },
    "table_source": {
        "ja": "原文が変わっています。いまの原文は「{source}」です。訳を見直し、表を書き出し直してください",
        "en": "The Japanese was changed since; it is now “{source}”. Review the translation in a new export",
    },
    "notice_subject": {
        "ja": "件名は1行で書いてください",
        "en": "Write the subject in one line",
    },
    "translation_language": {
        "ja": "「{language}」は言語の書き方ではありません。"
        "en、vi、zh-Hans、pt-BR のように書いてください（日本語は本文に書きます）",
        "en": "“{language}” is not written as a language. "
        "Write en, vi, zh-Hans or pt-BR (Japanese stands in the form itself)",
    },
    "notice_brace": {
        "ja": "波かっこ {{ }} が閉じていないか、余っています。差し込みは {{受付番号}} のように書いてください",
        "en": "A brace is not closed, or left over. Write placeholders like {{receipt_number}}",
    },
    "notice_unknown_placeholder": {
        "ja": "「{placeholder}」という差し込みはありません。使えるのは {known} と、項目の場所（/ で始めます）です",
        "en": "There is no placeholder “{placeholder}”. "
        "Use one of {known} or the place of a field (it begins with a slash)",
    },
    "notice_unknown_field": {
        "ja": "「{placeholder}」という項目がありません。項目の場所を確認してください",
        "en": "There is no field at “{placeholder}”. Check the place",
    },
    "notice_personal_field": {
        "ja": "「{title}」は個人のことが分かる項目なので、メールには書けません。"
        "差し込み {placeholder} を外してください",
        "en": "“{title}” may tell something about a person, so it cannot stand in a mail. Remove {placeholder}",
    },
    "notice_without_link": {
        "ja": "このお知らせには {{リンク}} が必要です。これがないと、住民の方が続きを開けません",
        "en": "This notice needs {{link}}: without it, the resident could not go on",
    },
}

KIND_NAMES: dict[str, dict[str, str]] = {
    "number": {"ja": "数", "en": "a number"},
    "integer": {"ja": "整数", "en": "a whole number"},
    "boolean": {"ja": "はい・いいえ", "en": "yes or no"},
    "date": {"ja": "日付", "en": "a date"},
    "time": {"ja": "時刻", "en": "a time"},
    "partial_date": {
        "ja": "日や月が不明でもよい日付・年月",
        "en": "a month, or a date whose day or month may be unknown",
    },
    "text": {"ja": "文字", "en": "text"},
    "list": {"ja": "一覧", "en": "a list"},
    "table": {"ja": "対応表 { }", "en": "a table { }"},
}
