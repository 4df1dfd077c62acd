"""What formulas can do (使える関数), by an example each: those that people in an office look for first."""

from __future__ import annotations

from django.utils.translation import gettext as _


def functions() -> list[tuple[str, str]]:
    """Examples with what each comes to."""
    return [
        (_("SUM(表.金額)"), _("表のすべての行を足す")),
        (_("SUM(数量 * 単価)"), _("表の行ごとに掛けて、足す")),
        (_("COUNT(表)"), _("表の行の数")),
        (_("MIN(金額 * 50%, 1000000)"), _("小さいほう（上限を決める）")),
        (_("MAX(金額 - 500, 0)"), _("大きいほう（下限を決める）")),
        (_("ROUNDDOWN(金額, -3)"), _("千円未満を切り捨てる（0 なら1円未満）")),
        (_("IF(郵送, 110, 0)"), _("「はい」なら110、そうでなければ0")),
        (_('SWITCH(種類, "看板", 500, "足場", 300, 0)'), _("選ばれた答えごとの値。最後は、どれでもないとき")),
        (_("DAYS(終わりの日, 始まりの日) + 1"), _("始まりの日から終わりの日までの日数")),
        (_("AGE(生年月日)"), _("今日の年齢")),
        (_("FISCALYEAR(日付)"), _("その日の年度")),
    ]
