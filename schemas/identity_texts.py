"""What is said about My Numbers, signatures and consents, to those who answer and to those who ask."""

IDENTITY_TEXTS: dict[str, dict[str, str]] = {
    "required_signature": {
        "ja": "{を}してください。手書き・画像・氏名の入力のどれかでできます",
        "ja-easy": "{を}して ください。手で 書くか、名前を 入れて ください",
        "en": "Give your signature ({label}): draw it, choose a picture, or type your name",
    },
    "signature_outdated": {
        "ja": "{は}署名したあとに内容が変わったため、使えません。もう一度署名してください",
        "ja-easy": "サインした あとに こたえが かわりました。もういちど サインして ください",
        "en": "{name}Your answers changed after you signed. Sign again",
    },
    "my_number_missing": {
        "ja": "{を}もう一度入力してください。前に入力した番号は残っていません",
        "ja-easy": "{に}マイナンバーを もういちど 入れて ください。まえの 番号は ありません",
        "en": "{name}Enter your My Number again: the one given before was not kept",
    },
    "my_number_too_many": {
        "ja": "この申請には、これ以上の個人番号（マイナンバー）を入力できません。時間をおいてやり直してください",
        "ja-easy": "マイナンバーは もう 入れられません。あとで もういちど して ください",
        "en": "No more My Numbers can be entered for this application. Try again later",
    },
    "format_my-number": {
        "ja": "{は}12桁の数字を、カードや通知書を見ながら入力してください。桁が足りないか、どこかの数字が違っています",
        "ja-easy": "{は}マイナンバー(12の 数字)を カードで たしかめて 入れて ください。数字が ちがって います",
        "en": "{name}Enter the 12 digits of your My Number as printed on your card. A digit is missing or wrong",
    },
    "format_my-number-reference": {
        "ja": "{に}12桁の番号を、もう一度入力してください",
        "ja-easy": "{に}マイナンバー(12の 数字)を もういちど 入れて ください",
        "en": "{name}Enter your 12-digit My Number again",
    },
    "my_number_plain": {
        "ja": "「{title}」は個人番号をふつうの文字としてたずねています。番号が回答・PDF・一覧に残ってしまうので、"
        "共通語彙の my_number を使ってください",
        "en": "“{title}” asks for a My Number as ordinary text, so the number would stand in answers, PDF and lists. "
        "Use my_number of the shared vocabulary",
    },
    "my_number_basis": {
        "ja": "「{title}」で個人番号をたずねていますが、番号を使ってよい法律の根拠がありません。手続(procedure)の "
        "my_number_basis に、番号法の別表の項(例: annex-16)か、条例(例: ordinance-2015-32)を書いてください。"
        "根拠がない手続では個人番号をたずねられません(番号法 第15条・第20条)",
        "en": "“{title}” asks for a My Number, but the procedure names no law that allows it. Give my_number_basis: "
        "the item of the annexed table (annex-16) or the ordinance (ordinance-2015-32). Else do not ask for it",
    },
    "consent_text_missing": {
        "ja": "同意を求める文章「{text}」がありません。"
        "同意・誓約の項目の設定にある「同意・誓約の文章」に書いてください"
        "（定義では consents の version・title・text）",
        "en": "There is no text called “{text}” to agree to. Write it in the settings of the field that asks "
        "to agree, under “Text of the consent” (in the definition: version, title and text under “consents”)",
    },
    "consent_unversioned": {
        "ja": "同意・誓約の文章「{title}」が公開中のものから変わったのに、版が「{version}」のままです。前に同意した人の"
        "文章と区別できるように、同意・誓約の項目の設定の「文章の版」を新しい版の名前(日付など)に変えてください",
        "en": "The text “{title}” was changed, but its version is still “{version}”. Give it a new one (a date, say) "
        "under “Version of the text” among the settings of the field that asks to agree, so that it can be told "
        "from what people agreed to before",
    },
    "signature_place": {
        "ja": "署名「{title}」は、最後の画面に、表や項目のまとまりの外に置いてください。"
        "署名したあとで答える項目があると、何に署名したのか分からなくなります",
        "en": "Put the signature “{title}” on the last page, outside tables and groups: what is answered after it "
        "would not be signed",
    },
}
