"""What is said about an answer that cannot be accepted: always what to do, never just that it is wrong.

{は}, {を}, {に} stand for the field's title with that particle, {label} for the bare title, {name} for "Title: " in
English; all are empty when no title is given.
"""

ANSWER_TEXTS: dict[str, dict[str, str]] = {
    "invalid": {
        "ja": "{を}確認して、入力し直してください",
        "ja-easy": "{を}もういちど 見て、入れなおして ください",
        "en": "{name}Check this answer and enter it again",
    },
    "required": {
        "ja": "{を}入力してください",
        "ja-easy": "{を}入れて ください",
        "en": "Enter {label}",
    },
    "required_choice": {
        "ja": "{を}選んでください",
        "ja-easy": "{を}えらんで ください",
        "en": "Choose {label}",
    },
    "required_file": {
        "ja": "{を}選んでください（ファイルが添付されていません）",
        "ja-easy": "{を}えらんで ください（ファイルが ありません）",
        "en": "Choose a file for {label}",
    },
    "required_rows": {
        "ja": "{を}入力してください",
        "ja-easy": "{を}1つは 入れて ください",
        "en": "{name}Add at least one entry",
    },
    "must_agree": {
        "ja": "{を}確認し、同意する場合はチェックを入れてください",
        "ja-easy": "{を}よんで、よければ チェックを つけて ください",
        "en": "{name}Read this and tick the box if you agree",
    },
    "choice": {
        "ja": "{は}選択肢の中から選んでください",
        "ja-easy": "{は}ある ものの 中から えらんで ください",
        "en": "{name}Choose one of the options",
    },
    "const": {
        "ja": "{は}「{expected}」にしてください",
        "ja-easy": "{は}「{expected}」に して ください",
        "en": "{name}This must be {expected}",
    },
    "too_short": {
        "ja": "{は}{limit}文字以上で入力してください",
        "ja-easy": "{は}{limit}文字 より 多く 入れて ください",
        "en": "{name}Enter at least {limit} characters",
    },
    "too_long": {
        "ja": "{は}{limit}文字以内で入力してください",
        "ja-easy": "{は}{limit}文字までで 書いて ください",
        "en": "{name}Enter no more than {limit} characters",
    },
    "too_small": {
        "ja": "{は}{limit}以上で入力してください",
        "ja-easy": "{は}{limit}か、それより 大きい 数を 入れて ください",
        "en": "{name}Enter {limit} or more",
    },
    "too_large": {
        "ja": "{は}{limit}以下で入力してください",
        "ja-easy": "{は}{limit}か、それより 小さい 数を 入れて ください",
        "en": "{name}Enter {limit} or less",
    },
    "not_above": {
        "ja": "{は}{limit}より大きい数で入力してください",
        "ja-easy": "{は}{limit}より 大きい 数を 入れて ください",
        "en": "{name}Enter a number above {limit}",
    },
    "not_below": {
        "ja": "{は}{limit}より小さい数で入力してください",
        "ja-easy": "{は}{limit}より 小さい 数を 入れて ください",
        "en": "{name}Enter a number below {limit}",
    },
    "multiple": {
        "ja": "{は}{limit}の倍数で入力してください",
        "ja-easy": "{は}{limit}ずつ ふえる 数で 入れて ください",
        "en": "{name}Enter a multiple of {limit}",
    },
    "too_few": {
        "ja": "{は}{limit}件以上にしてください",
        "ja-easy": "{は}{limit}つ より 多く 入れて ください",
        "en": "{name}Give at least {limit}",
    },
    "too_many": {
        "ja": "{は}{limit}件以内にしてください",
        "ja-easy": "{は}{limit}つまでに して ください",
        "en": "{name}Give no more than {limit}",
    },
    "repeated": {
        "ja": "{に}同じものが2つ以上あります。重なっているものを消してください",
        "ja-easy": "{に}おなじ ものが あります。1つに して ください",
        "en": "{name}Two entries are the same. Remove one of them",
    },
    "entry_repeated": {
        "ja": "「{key}」という名前はもうあります。別の名前にしてください",
        "ja-easy": "「{key}」は もう あります。べつの なまえに して ください",
        "en": "There is an entry called “{key}” already. Give this one another name",
    },
    "too_few_properties": {
        "ja": "{は}{limit}項目以上入力してください",
        "ja-easy": "{は}{limit}つ より 多く 入れて ください",
        "en": "{name}Fill in at least {limit} items",
    },
    "too_many_properties": {
        "ja": "{は}{limit}項目以内にしてください",
        "ja-easy": "{は}{limit}つまでに して ください",
        "en": "{name}Fill in no more than {limit} items",
    },
    "few_files": {
        "ja": "{は}{limit}つ以上のファイルを選んでください",
        "ja-easy": "{は}ファイルを {limit}つ より 多く えらんで ください",
        "en": "{name}Choose at least {limit} files",
    },
    "none_fits": {
        "ja": "{に}条件に合うものがありません。入力し直してください",
        "ja-easy": "{に}ひつような ものが ありません。入れなおして ください",
        "en": "{name}None of these meets what is needed. Check them again",
    },
    "pattern": {
        "ja": "{は}決められた書き方で入力してください",
        "ja-easy": "{は}きめられた 書きかたで 入れて ください",
        "en": "{name}Write this in the form that is asked for",
    },
    "digits": {
        "ja": "{は}{limit}桁の数字で入力してください",
        "ja-easy": "{は}数字を {limit}こ 入れて ください",
        "en": "{name}Enter {limit} digits",
    },
    "not_allowed": {
        "ja": "{は}この回答では入力できません。消してください",
        "ja-easy": "{は}ここでは 入れられません。消して ください",
        "en": "{name}This cannot be given with your other answers. Remove it",
    },
    "unknown": {
        "ja": "「{field}」という項目はこの様式にありません。消してください",
        "ja-easy": "「{field}」は この 紙に ありません。消して ください",
        "en": "This form has no item called “{field}”. Remove it",
    },
    "one_of": {
        "ja": "{は}いずれか一つに当てはまるように入力してください",
        "ja-easy": "{は}どれか 1つに あうように 入れて ください",
        "en": "{name}Answer so that exactly one of the alternatives applies",
    },
    "not": {
        "ja": "{は}この内容では受け付けられません。別の内容にしてください",
        "ja-easy": "{は}この 答えは つかえません。べつの 答えに して ください",
        "en": "{name}This answer cannot be accepted. Give a different one",
    },
    "type_integer": {
        "ja": "{は}整数を数字で入力してください",
        "ja-easy": "{は}数字で 入れて ください(れい 12)",
        "en": "{name}Enter a whole number",
    },
    "type_number": {
        "ja": "{は}数字で入力してください",
        "ja-easy": "{は}数字で 入れて ください",
        "en": "{name}Enter a number",
    },
    "type_boolean": {
        "ja": "{は}「はい」か「いいえ」を選んでください",
        "ja-easy": "{は}「はい」か「いいえ」を えらんで ください",
        "en": "{name}Choose yes or no",
    },
    "type_string": {
        "ja": "{は}文字で入力してください",
        "ja-easy": "{は}文字で 入れて ください",
        "en": "{name}Enter this as text",
    },
    "type_array": {
        "ja": "{は}一覧の形で入力してください",
        "ja-easy": "{は}1つずつ 入れて ください",
        "en": "{name}Give this as a list",
    },
    "type_object": {
        "ja": "{は}各項目に分けて入力してください",
        "ja-easy": "{は}1つずつ 分けて 入れて ください",
        "en": "{name}Fill in each item of this separately",
    },
    "type_null": {
        "ja": "{は}空のままにしてください",
        "ja-easy": "{は}何も 入れないで ください",
        "en": "{name}Leave this empty",
    },
    "file_type": {
        "ja": "{は}{allowed}のファイルを添付してください",
        "ja-easy": "{は}{allowed}の ファイルを つけて ください",
        "en": "{name}Attach a file of type {allowed}",
    },
    "file_size": {
        "ja": "{は}{megabytes}MB以下のファイルを添付してください",
        "ja-easy": "{は}{megabytes}MBより 小さい ファイルを つけて ください",
        "en": "{name}Attach a file of {megabytes} MB or less",
    },
    "format_date": {
        "ja": "{は}実在する日付を入力してください(例: 2026年4月1日)",
        "ja-easy": "{は}カレンダーに ある 日を 入れて ください(れい 2026年4月1日)",
        "en": "{name}Enter a real date, for example 2026-04-01",
    },
    "format_partial-date": {
        "ja": "{は}わかるところまで入力し、わからない日や月は「不明」を選んでください(例: 昭和50年5月)",
        "ja-easy": "{は}わかる ところまで 入れて ください。わからない 日や 月は「不明」を えらんで ください",
        "en": "{name}Enter what is known and mark the day or month as unknown, for example 1975-05",
    },
    "format_year-month": {
        "ja": "{は}年と月を入力してください(例: 2026年4月)",
        "ja-easy": "{は}年と 月を 入れて ください(れい 2026年4月)",
        "en": "{name}Enter a year and month, for example 2026-04",
    },
    "format_time": {
        "ja": "{は}時刻を24時間の形で入力してください(例: 13:30)",
        "ja-easy": "{は}時間を 入れて ください(れい 13:30)",
        "en": "{name}Enter a time on the 24-hour clock, for example 13:30",
    },
    "format_email": {
        "ja": "{は}「名前@example.jp」のような形のメールアドレスを入力してください",
        "ja-easy": "{は}name@example.jp の ような メールアドレスを 入れて ください",
        "en": "{name}Enter an e-mail address like name@example.jp",
    },
    "format_phone": {
        "ja": "{は}電話番号を市外局番から入力してください(例: 03-1234-5678)。"
        "海外の番号は + と国番号から入力してください",
        "ja-easy": "{は}電話番号を ぜんぶ 入れて ください(れい 090-1234-5678)。外国の 番号は + から 入れて ください",
        "en": "{name}Enter a telephone number with its area code, for example 03-1234-5678. "
        "Begin a number abroad with + and its country code",
    },
    "format_postal-code": {
        "ja": "{は}7桁の数字で入力してください",
        "ja-easy": "{は}数字を 7つ 入れて ください",
        "en": "{name}Enter 7 digits",
    },
    "format_kana": {
        "ja": "{は}全角カタカナで入力してください",
        "ja-easy": "{は}カタカナで 入れて ください(れい ヤマダ)",
        "en": "{name}Enter this in katakana",
    },
    "format_bank-kana": {
        "ja": "{は}通帳に書かれたとおり、カナ・英大文字・数字で30文字以内で入力してください",
        "ja-easy": "{は}銀行の 通帳に 書いて ある カタカナで 入れて ください",
        "en": "{name}Enter the holder as printed in the passbook, in katakana or capital letters, up to 30 characters",
    },
    "format_corporate-number": {
        "ja": "{は}13桁の法人番号を入力してください。桁が足りないか、どこかの数字が違っています"
        "（国税庁の法人番号公表サイトで確かめられます）",
        "ja-easy": "{は}会社の 番号(13の 数字)を たしかめて 入れて ください。数字が ちがって います",
        "en": "{name}Enter the 13 digits of the corporate number. A digit is missing or wrong: "
        "look it up on the National Tax Agency's site",
    },
    "format_digits": {
        "ja": "{は}数字だけで入力してください",
        "ja-easy": "{は}数字だけ 入れて ください",
        "en": "{name}Enter digits only",
    },
    "format_bank-code": {
        "ja": "{は}4桁の金融機関コードを入力してください(例: ゆうちょ銀行は9900)",
        "ja-easy": "{は}銀行の 番号(4つの 数字)を 入れて ください",
        "en": "{name}Enter the 4-digit bank code",
    },
    "format_branch-code": {
        "ja": "{は}3桁の支店コードを入力してください",
        "ja-easy": "{は}支店の 番号(3つの 数字)を 入れて ください",
        "en": "{name}Enter the 3-digit branch code",
    },
    "format_account-number": {
        "ja": "{は}7桁以内の口座番号を入力してください",
        "ja-easy": "{は}口座の 番号(7つの 数字)を 入れて ください",
        "en": "{name}Enter the account number of up to 7 digits",
    },
    "format_local-government-code": {
        "ja": "{は}6桁の団体コードを入力してください",
        "ja-easy": "{は}まちの 番号(6つの 数字)を 入れて ください",
        "en": "{name}Enter the 6-digit local government code",
    },
    "format_line": {
        "ja": "{は}改行を入れずに1行で入力してください",
        "ja-easy": "{は}1行で 入れて ください",
        "en": "{name}Enter this on one line",
    },
    "format_name": {
        "ja": "{は}1行、80文字以内で入力してください",
        "ja-easy": "{は}1行で、80文字までで 書いて ください",
        "en": "{name}Enter this on one line, in no more than 80 characters",
    },
    "format_uri": {
        "ja": "{は}https:// から始まるアドレスを入力してください",
        "ja-easy": "{は}https:// で はじまる アドレスを 入れて ください",
        "en": "{name}Enter an address that begins with https://",
    },
}
