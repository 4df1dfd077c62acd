"""The texts of notices to residents (お知らせの文面) where a form brings none of its own; see schemas.placeholders."""

from django.utils.translation import gettext as _

#: What is told: submission, request for correction, outcome, withdrawal, link of a draft, and its end coming near.
KINDS = ("receipt", "correction", "approved", "refused", "withdrawn", "draft_link", "draft_expiry")


def subject_of(kind: str) -> str:
    """The subject in the language that is active."""
    subjects = {
        "receipt": _("【{市}】申請を受け付けました（{受付番号}）"),
        "correction": _("【{市}】申請の内容について確認してください（{受付番号}）"),
        "approved": _("【{市}】申請が承認されました（{受付番号}）"),
        "refused": _("【{市}】申請の結果のお知らせ（{受付番号}）"),
        "withdrawn": _("【{市}】申請の取下げを受け付けました（{受付番号}）"),
        "told": _("【{市}】申請についてのお知らせ（{受付番号}）"),
        "draft_link": _("【{市}】入力を続けるためのリンク"),
        "draft_expiry": _("【{市}】途中まで入力した申請は、まもなく消えます"),
    }
    return subjects[kind]


def body_of(kind: str) -> str:
    """The body in the language that is active."""
    bodies = {
        "receipt": _(
            "{手続名}の申請を受け付けました。\n受付番号：{受付番号}\n結果は{期限}までにお知らせする予定です。\n\n"
            "状況は、次のページで受付番号と照会番号を入力すると確認できます。\n{リンク}"
        ),
        "correction": _(
            "{手続名}の申請（受付番号：{受付番号}）に、直していただきたいところがあります。\n\n"
            "次のページで受付番号と照会番号を入力し、内容を確認して直してください。直して提出すると、審査が続きます。\n{リンク}"
        ),
        "approved": _(
            "{手続名}の申請（受付番号：{受付番号}）は承認されました。\n\n"
            "結果の書類（PDF）は、次のページで受付番号と照会番号を入力すると受け取れます。\n{リンク}"
        ),
        "refused": _(
            "{手続名}の申請（受付番号：{受付番号}）は承認されませんでした。\n\n"
            "理由と結果の書類（PDF）は、次のページで受付番号と照会番号を入力すると確認できます。\n{リンク}"
        ),
        "withdrawn": _("{手続名}の申請（受付番号：{受付番号}）の取下げを受け付けました。審査は行いません。"),
        "told": _(
            "{手続名}の申請（受付番号：{受付番号}）の手続きが進みました。\n\n"
            "状況は、次のページで受付番号と照会番号を入力すると確認できます。\n{リンク}"
        ),
        "draft_link": _(
            "{手続名}の入力を続けるためのリンクです。\n{リンク}\n\n"
            "このリンクを知っている人は、入力した内容を見たり変えたりできます。このメールを転送しないでください。\n"
            "心当たりがないときは、このメールを消してください。"
        ),
        "draft_expiry": _(
            "途中まで入力した{手続名}は、{期限}に消えます。\n\n続けるときは、次のリンクを開いてください。\n{リンク}\n\n"
            "続けないときは、何もする必要はありません。"
        ),
    }
    return bodies[kind]


def condition_note() -> str:
    """What the mail of an approval with conditions says besides."""
    return _("この承認には条件が付いています。必ず次のページで確かめてください。\n{リンク}")


def tail() -> str:
    """What stands at the end of every mail."""
    return _("――\n{市}\nこのメールは自動で送っています。返信はできません。")


def kind_title(kind: str) -> str:
    """What staff call the notice."""
    titles = {
        "receipt": _("受付のお知らせ"),
        "correction": _("補正のお願い"),
        "approved": _("承認のお知らせ"),
        "refused": _("不承認のお知らせ"),
        "withdrawn": _("取下げのお知らせ"),
        "told": _("途中経過のお知らせ"),
        "draft_link": _("入力を続けるためのリンク"),
        "draft_expiry": _("下書きが消える前のお知らせ"),
    }
    return titles[kind]
