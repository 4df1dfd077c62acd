"""What is typed at the organisation desk, and how what a verb refuses stands at its field."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from workflows.audit_words import WORDS
from workflows.capacities import KINDS, CapacityRefused
from workflows.changes import OrganisationRefused
from workflows.closing_days import ClosingDayRefused
from workflows.delegations import AbsenceRefused
from workflows.organisation_desk.gate import departments_within, posts_within, reaches_all, roles_within
from workflows.postings import keys_in_words
from workflows.staff import Department, Post, Role, StaffMember

REFUSALS = (OrganisationRefused, CapacityRefused, ClosingDayRefused, AbsenceRefused)
REQUIRED = {"required": _("入力してください。")}
ONE = {"required": _("1つ選んでください。"), "invalid_choice": _("1つ選んでください。")}
BAD_DAY = {**REQUIRED, "invalid": _("日付を 2026/4/1 の形で入力してください。")}
WRITTEN = ["%Y-%m-%d", "%Y/%m/%d"]


class Day(forms.DateField):
    """A day, with the browser's calendar where there is one."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=WRITTEN, error_messages=BAD_DAY, **options)


def text(label: Any, longest: int = 100, **options: Any) -> forms.CharField:
    """A line of text; how long it may be is said by the verb."""
    attributes = {"maxlength": longest, **options.pop("attrs", {})}
    return forms.CharField(label=label, error_messages=REQUIRED, widget=forms.TextInput(attributes), **options)


def choice(label: Any, queryset: Any, **options: Any) -> forms.ModelChoiceField:
    """One row out of some."""
    return forms.ModelChoiceField(queryset, label=label, error_messages=ONE, **options)


class Asked(forms.Form):
    """A form that hands what was typed to a verb."""

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Whoever is asked may choose among these rows."""
        cast(forms.ModelChoiceField, self.fields[name]).queryset = rows

    def carried_out(self, verb: Callable[[dict[str, Any]], Any]) -> bool:
        """Whether the verb did it; what it refused stands at its field."""
        if not self.is_valid():
            return False
        try:
            verb(self.cleaned_data)
        except REFUSALS as refused:
            field = getattr(refused, "field", "")
            self.add_error(field if field in self.fields else None, str(refused))
            return False
        return True


class DepartmentForm(Asked):
    """One department."""

    key = text(_("記号"), 50, help_text=_("半角の英字、数字、ハイフン、下線。後から変えられません。例：environment"))
    title = text(_("課の名称"))
    parent = choice(_("上位の課"), Department.objects.filter(ended_on=None), required=False, empty_label=_("（なし）"))
    ended_on = Day(label=_("廃止日"), required=False, help_text=_("この日まで続きます。続いている間は空欄にします。"))


class RoleForm(Asked):
    """One role."""

    key = text(_("記号"), 50, help_text=_("半角の英字、数字、ハイフン、下線。後から変えられません。例：section_chief"))
    title = text(_("役職の名称"))
    rank = forms.IntegerField(
        label=_("職位"),
        min_value=0,
        max_value=999,
        help_text=_("数が大きいほど上位です。0は、だれの上司でもない役職です。"),
        error_messages={
            **REQUIRED,
            "invalid": _("0から999までの数を入力してください。"),
            "min_value": _("0から999までの数を入力してください。"),
            "max_value": _("0から999までの数を入力してください。"),
        },
    )
    citywide = forms.BooleanField(label=_("全庁に1つだけの役職（市長など）"), required=False)
    ended_on = Day(label=_("廃止日"), required=False, help_text=_("この日まで続きます。続いている間は空欄にします。"))


class MemberForm(Asked):
    """One member of staff."""

    login = text(_("ログイン名"), help_text=_("半角の英数字と @ . + - _。後から変えられません。"))
    display_name = text(_("氏名"))
    kana = text(_("フリガナ"), required=False)
    email = text(_("メールアドレス"), 254, required=False, help_text=_("処理待ちの知らせが届きます。"))
    is_active = forms.BooleanField(
        label=_("在職している"),
        required=False,
        initial=True,
        help_text=_("外すと、今日ですべての職が終わり、ログインできなくなります。"),
    )


class PostForm(Asked):
    """One posting, of somebody to a role in a department."""

    member = choice(_("職員"), StaffMember.objects.none())
    department = choice(_("課"), Department.objects.none())
    role = choice(_("役職"), Role.objects.none())
    since = Day(label=_("発令日"))
    until = Day(label=_("解職日"), required=False, help_text=_("最後の日です。決まっていなければ空欄にします。"))
    handles_my_numbers = forms.BooleanField(label=_("個人番号の事務取扱担当者に指定する"), required=False)

    def __init__(self, *args: Any, by: StaffMember, **options: Any) -> None:
        super().__init__(*args, **options)
        going_on = Q(ended_on=None) | Q(ended_on__gte=localdate())
        self.offer("member", StaffMember.objects.active().order_by("kana", "username"))
        self.offer("department", departments_within(by).filter(going_on))
        self.offer("role", roles_within(by).filter(going_on).order_by("-rank", "key"))


class PeriodForm(Asked):
    """When a post ends, and what it is designated for."""

    until = Day(label=_("解職日"), required=False, help_text=_("最後の日です。決まっていなければ空欄にします。"))
    handles_my_numbers = forms.BooleanField(label=_("個人番号の事務取扱担当者に指定する"), required=False)


class AbsenceForm(Asked):
    """When somebody is away, and why."""

    since = Day(label=_("不在の初日"))
    until = Day(label=_("不在の末日"))
    reason = text(_("理由"), help_text=_("庁内だけに残り、暗号化して保存します。"))


class SubstituteForm(Asked):
    """A post that may decide in place of another."""

    post = forms.ChoiceField(label=_("決裁する職"), error_messages=ONE)
    substitute = forms.ChoiceField(label=_("代決する職"), error_messages=ONE)
    place = forms.IntegerField(
        label=_("順位"),
        help_text=_("1番の人も不在のときに、2番の人が代決できます。"),
        error_messages={**REQUIRED, "invalid": _("順位は1から9までの数にしてください。")},
    )
    since = Day(label=_("初日"))
    until = Day(label=_("最終日"), required=False, help_text=_("決まっていなければ空欄にします。"))

    def __init__(self, *args: Any, by: StaffMember, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, posts in (("post", posts_within(by)), ("substitute", Post.objects.held())):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", "---------"), *keys_in_words(posts).items()]


class CapacityForm(Asked):
    """A capacity, for the office or one department."""

    kind = forms.ChoiceField(label=_("権限"), choices=KINDS)
    department = choice(_("課"), Department.objects.filter(ended_on=None), required=False, empty_label=_("全庁"))


class ClosingDayForm(Asked):
    """Days on which the office is closed, or one department."""

    title = text(_("名称"), help_text=_("例：夏季休業"))
    first = Day(label=_("初日"))
    last = Day(label=_("末日"))
    yearly = forms.BooleanField(label=_("毎年同じ月日"), required=False)
    department = choice(_("課"), Department.objects.none(), required=False, empty_label=_("全庁"))

    def __init__(self, *args: Any, by: StaffMember, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("department", departments_within(by))
        self.fields["department"].required = not reaches_all(by)


class RosterForm(Asked):
    """A table to be imported."""

    file = forms.FileField(
        label=_("CSVファイル"),
        help_text=_("UTF-8かShift_JIS。1行目の見出しで、課・役職・職員・職・代決の指定のどれかを見分けます。"),
        error_messages={
            "required": _("ファイルを選んでください。"),
            "empty": _("ファイルに何も書かれていません。"),
        },
    )
    is_complete = forms.BooleanField(label=_("この表ですべて（表にないものは今日で終わりにする）"), required=False)


def verbs() -> list[tuple[str, Any]]:
    """Everything that is recorded, by its name."""
    return [("", _("すべて")), *sorted(WORDS.items(), key=lambda one: str(one[1]))]


class SearchForm(Asked):
    """What of the audit entries is looked for."""

    actor = text(_("操作者（ログイン名）"), 150, required=False)
    verb = forms.ChoiceField(label=_("操作"), required=False, choices=verbs)
    target = text(_("対象（前方一致）"), 150, required=False, help_text=_("例：staff:sato"))
    since = Day(label=_("初日"), required=False)
    until = Day(label=_("末日"), required=False)
