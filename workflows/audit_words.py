"""Audit words (操作の名前): what the verb of an audit entry is called by those who read the entries.

Every verb that this project records has one (tests/workflows/test_audit_words.py reads the code).
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS = {
    # applications and what belongs to them
    "submit": _("提出"),
    "correct": _("補正した申請の提出"),
    "withdraw": _("取下げ"),
    "carry_over": _("前回の答えの写し"),
    "copy_draft": _("起案の写し"),
    "discard_draft": _("起案の取消し"),
    "purge_drafts": _("古い下書きの削除"),
    "mail_draft_link": _("下書きのリンクの送信"),
    "send_notice": _("申請者への通知の送信"),
    "give_up_notice": _("申請者への通知の断念"),
    "show_my_number": _("マイナンバーの表示"),
    "erase_my_numbers": _("マイナンバーの廃棄"),
    "archive": _("保存原本の作成"),
    "accept_copy": _("保存原本の容認"),
    "load_register": _("台帳の取込み"),
    # cases
    "start_case": _("案件の開始"),
    "decide": _("決裁"),
    "resume": _("補正後の再開"),
    "comment": _("コメント"),
    "keep_paper": _("庁内資料の追加"),
    "remove_paper": _("庁内資料の削除"),
    "hold": _("保留"),
    "release": _("保留を解除"),
    "hold_over": _("保留の期限が過ぎたため再開"),
    "forward": _("転送"),
    "add_step": _("追加承認の依頼"),
    "hand_back": _("本来の担当へ"),
    "unroutable": _("担当者不在のため案件管理者へ"),
    "pull_up": _("引上げ"),
    "pull_back": _("引戻し"),
    "abandon": _("廃案"),
    "read": _("閲覧（供覧）"),
    "read_later": _("閲覧（後閲）"),
    "notify": _("通知"),
    "deliver": _("外部への送付"),
    "remind": _("催促"),
    "escalate": _("遅れの報告"),
    "stop_clock": _("処理期間の停止"),
    "restart_clock": _("処理期間の再開"),
    "propose_transfer": _("案件の移行の提案"),
    "review_transfer": _("案件の移行の確認"),
    "call_off_transfer": _("案件の移行の取りやめ"),
    "transfer": _("経路の新しい版へ移行"),
    # definitions
    "begin_manuscript": _("定義の編集の開始"),
    "discard_manuscript": _("編集中の定義の破棄"),
    "publish": pgettext_lazy("操作", "公開"),
    "schedule": _("公開・終了の予約"),
    "unschedule": _("予約の取消し"),
    "retire": _("受付の終了"),
    "reopen": _("受付の再開"),
    "import_bundle": _("定義の取込み"),
    "suspend_rule": _("規則を停止"),
    "resume_rule": _("規則を再開"),
    # organisation
    "load_organisation": _("組織の一括登録"),
    "import_roster": _("名簿の取込み"),
    "found_department": _("課の新設"),
    "change_department": _("課の変更"),
    "end_department": _("課の廃止"),
    "set_up_role": _("役職の新設"),
    "change_role": _("役職の変更"),
    "end_role": _("役職の廃止"),
    "open_account": _("職員の登録"),
    "change_account": _("職員の変更"),
    "close_account": _("職員の登録の終了"),
    "appoint": _("発令"),
    "change_post": _("発令の変更"),
    "relieve": _("発令の終了"),
    "withdraw_posting": _("発令の取消し"),
    "name_substitute": _("代決の指定"),
    "end_substitute": _("代決の指定の終了"),
    "grant": _("権限の付与"),
    "revoke": _("権限の取消し"),
    "invite": _("利用開始の案内"),
    "choose_password": _("パスワードの設定"),
    "sign_in": _("ログイン"),
    "announce_absence": _("不在の登録"),
    "cancel_absence": _("不在の取消し"),
    "choose_rhythm": _("通知の頻度の変更"),
    "close_office": _("閉庁日の登録"),
    "open_office": _("閉庁日の取消し"),
}


def word_of(verb: str) -> str:
    """「決裁」 for "decide"; a verb without a word, of a later release or an extension, stands for itself."""
    return str(WORDS.get(verb, verb))
