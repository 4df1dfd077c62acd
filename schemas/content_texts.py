"""What is said about content of a form that cannot be published, to a builder who has never read JSON."""

CONTENT_TEXTS: dict[str, dict[str, str]] = {
    "content_on_no_page": {
        "ja": "説明「{content}」がどの画面にもありません。画面のどれかに置くか、消してください",
        "en": "The content “{content}” is on no page. Put it on one, or remove it",
    },
    "content_unknown": {
        "ja": "「{content}」という説明はありません。画面から外すか、説明を作ってください",
        "en": "There is no content “{content}”. Take it off the page, or create it",
    },
    "content_alone": {
        "ja": "画面「{page}」は説明だけで、何も尋ねていないので表示されません。"
        "項目を1つ以上置くか、説明を隣の画面に移してください",
        "en": "The page “{page}” asks nothing and would never be shown. Put a field on it, or move its content",
    },
    "content_link": {
        "ja": "リンク先「{address}」は使えません。https:// から始まるアドレスか、"
        "このサイトの / から始まる場所、mailto: か tel: にしてください",
        "en": "“{address}” cannot be linked to. Use an address beginning with https://, "
        "a place of this site beginning with /, mailto: or tel:",
    },
    "content_image": {
        "ja": "この画像は使えません。500KBまでの PNG か JPEG を、data:image/png;base64,… の形で入れてください",
        "en": "This image cannot be used. Give a PNG or JPEG of up to 500 KB as data:image/png;base64,…",
    },
}
