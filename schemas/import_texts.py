"""What is said about a form description that came from elsewhere: what was understood, what was changed, what is left
to decide."""

IMPORT_TEXTS: dict[str, dict[str, str]] = {
    "import_unknown": {
        "ja": "どの書き方の様式か分かりません。"
        "JSON Schema、JSON Forms、rjsf、項目一覧、入力欄のあるPDFなどを指定してください",
        "en": "This is no form description that is known here. Give a JSON Schema, JSON Forms, rjsf, a list of fields "
        "or a fillable PDF",
    },
    "import_unknown_words": {
        "ja": "JSON Schemaにない言葉は、メモ(x-…)として残しました。効き目はありません: {names}",
        "en": "Words that JSON Schema does not know were kept as notes (x-…), without effect: {names}",
    },
    "import_reference": {
        "ja": "参照先「{reference}」がこのファイルにないので、何でも入力できる項目にしました。内容を決めてください",
        "en": "“{reference}” is not in this file; anything may be answered there. Say what is meant",
    },
    "import_wrapped": {
        "ja": "全体が1つの値なので、項目「{field}」の中に入れました",
        "en": "The whole is a single value and was put into the field “{field}”",
    },
    "import_format": {
        "ja": "書式「{format}」は確かめられないので、メモ(x-format)として残しました",
        "en": "The format “{format}” cannot be checked; it was kept as a note (x-format)",
    },
    "import_file": {
        "ja": "ファイルの項目は、添付書類にしました。回答は文字(data-url)ではなく、ファイルの情報になります",
        "en": "A file field became an attachment: its answer describes the file and is no data-url text",
    },
    "import_pattern": {
        "ja": "入力の決まり「{pattern}」は安全に確かめられないので外し、メモ(x-pattern)として残しました",
        "en": "The pattern “{pattern}” cannot be checked safely; it was set aside as a note (x-pattern)",
    },
    "import_faulty": {
        "ja": "「{field}」の書き方がJSON Schemaに合わないので外し、メモ(x-…)として残しました",
        "en": "“{field}” is not written as JSON Schema asks; it was set aside as a note (x-…)",
    },
    "import_undeclared": {
        "ja": "必須とされているのに定義のない項目を加えました。種類を決めてください: {names}",
        "en": "Fields that are required but described nowhere were added. Say what kind they are: {names}",
    },
    "import_titles": {
        "ja": "見出しのない項目は、名前から見出しを作りました。確かめてください: {names}",
        "en": "Fields without a title got one made from their names. Check them: {names}",
    },
    "import_procedure": {
        "ja": "手続の情報(担当課、決裁経路、処理日数、保存年限)は仮のものです。公開する前に決めてください",
        "en": "Department, workflow, period and retention are provisional. Decide them before publishing",
    },
    "import_no_fields": {
        "ja": "入力する項目が1つも見つかりませんでした。項目を加えてください",
        "en": "No field to fill in was found. Add one",
    },
    "import_scope": {
        "ja": "画面の部品が指す「{scope}」という項目がないので、置いていません",
        "en": "The element for “{scope}” was left out: there is no such field",
    },
    "import_element": {
        "ja": "画面の部品「{kind}」は知らないので、中にある項目だけを並べました",
        "en": "The element “{kind}” is not known; only the fields in it were placed",
    },
    "import_option": {
        "ja": "「{option}」という指定は、ここでは効き目がありません: {names}",
        "en": "The setting “{option}” has no effect here: {names}",
    },
    "import_look": {
        "ja": "見た目だけの指定は使っていません: {names}",
        "en": "Settings about looks only were not used: {names}",
    },
    "import_widget": {
        "ja": "入力方法「{widget}」はないので、項目の種類に合う入力欄にしました: {names}",
        "en": "There is no control “{widget}”; the usual one for the kind of field is shown: {names}",
    },
    "import_condition": {
        "ja": "条件が読めないので、「{field}」はいつも表示します。条件を設定し直してください",
        "en": "The condition could not be read, so “{field}” is always shown. Set it again",
    },
    "import_script": {
        "ja": "プログラムで書かれた指定「{option}」は読めません。必要なら設定し直してください: {names}",
        "en": "“{option}” is written as a program and was not read. Set it again where it matters: {names}",
    },
    "import_own_condition": {
        "ja": "「{field}」は自分自身の回答で表示が決まっているので、いつも表示します",
        "en": "“{field}” would be shown or hidden by its own answer, so it is always shown",
    },
    "import_disabled": {
        "ja": "使えなくする条件のある項目は、その間、変更できない項目として表示します: {names}",
        "en": "Fields that a rule disables are shown as text while it holds: {names}",
    },
    "import_locked": {
        "ja": "変更できないのに必須で、はじめの値もない項目は、入力できるままにしました: {names}",
        "en": "Fields that are read-only and required but have no first value were left open: {names}",
    },
    "import_unplaced": {
        "ja": "どの画面にもない必須の項目を、最後の画面に置きました: {names}",
        "en": "Required fields that were on no page were put on the last: {names}",
    },
    "import_hidden": {
        "ja": "画面に出さない項目です。はじめの値があれば、そのまま使われます: {names}",
        "en": "These fields are not shown; a first value is kept as the answer: {names}",
    },
    "import_split": {
        "ja": "「{field}」の中の項目が2つの画面に分かれていましたが、先の画面にまとめました",
        "en": "“{field}” was spread over two pages; all of it stands on the first of them",
    },
    "import_guessed": {
        "ja": "「{title}」は共通語彙の「{word}」と見ました。違えば直してください",
        "en": "“{title}” was taken for the shared “{word}”. Correct it if that is wrong",
    },
    "import_guessed_kind": {
        "ja": "「{title}」の種類は、見出しから「{word}」と見ました。違えば直してください",
        "en": "The kind of “{title}” was taken from its title: “{word}”. Correct it if that is wrong",
    },
    "import_absorbed": {
        "ja": "「{title}」は「{into}」に含まれるので、1つにまとめました",
        "en": "“{title}” is part of “{into}” and was joined with it",
    },
    "import_column": {
        "ja": "列「{column}」は使っていません",
        "en": "The column “{column}” was not used",
    },
    "import_kind": {
        "ja": "{line}行目「{title}」: 種類「{kind}」は知らないので、1行の文字にしました",
        "en": "Line {line}, “{title}”: the kind “{kind}” is not known; it became a line of text",
    },
    "import_line": {
        "ja": "{line}行目: 項目名がないので読みませんでした",
        "en": "Line {line} has no name of a field and was not read",
    },
    "import_twice": {
        "ja": "「{field}」という名前が2回あるので、「{name}」にしました",
        "en": "The name “{field}” stands there twice; one became “{name}”",
    },
    "import_my_number": {
        "ja": "「{title}」はマイナンバーのようです。法令で定められた手続でだけ求められます",
        "en": "“{title}” seems to ask for the Individual Number, which only procedures named by law may do",
    },
    "import_signature": {
        "ja": "署名・押印の欄「{title}」は置いていません。本人確認の方法を手続で決めてください",
        "en": "The signature “{title}” was left out. Decide how people prove who they are",
    },
    "import_ui_only": {
        "ja": "画面のためだけの項目も、回答として残ります: {names}",
        "en": "Fields that only steer the screen are kept as answers too: {names}",
    },
    "import_first_values": {
        "ja": "回答の見本を、はじめの値にしました",
        "en": "The sample answers became first values",
    },
}
