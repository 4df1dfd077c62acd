"""Whom somebody means (相手): a post in words, as an assignee key, or a member of staff by login or name."""

from django.utils.translation import gettext as _

from workflows.assignees import MANAGER
from workflows.staff import Post, StaffMember

#: How many posts are suggested while typing; any other can still be written out.
SUGGESTED = 300


class NotFound(Exception):
    """Nobody, or more than one, is meant by these words; the message says so and names who might be."""


def suggestions() -> list[str]:
    """Posts that are held today, in the words in which they can be written."""
    return [title for title, _key in _posts().items()][:SUGGESTED]


def addressee(words: str) -> str:
    """The assignee key (``department/role``) or login that is meant.  Raises NotFound."""
    wanted = " ".join(words.split())
    key = _posts().get(wanted)
    if key:
        return key
    if "/" in wanted:
        return wanted
    found = list(StaffMember.objects.called(wanted))
    if len(found) == 1:
        return found[0].get_username()
    raise NotFound(_nobody(wanted) if not found else _several(wanted, found))


def _posts() -> dict[str, str]:
    rows = Post.objects.held().filter(member__is_active=True).order_by("department__key", "-role__rank", "role__key")
    held = rows.values_list(
        "department__key", "department__title", "role__key", "role__title", "role__citywide"
    ).distinct()
    named = (
        (f"*/{role}", role_title) if citywide else (f"{department}/{role}", f"{title} {role_title}")
        for department, title, role, role_title, citywide in held
    )
    return {title: key for key, title in named if key != MANAGER}


def _nobody(wanted: str) -> str:
    return _("「%(to)s」という職や職員は見つかりません。職は「環境課 課長」のように書いてください。") % {"to": wanted}


def _several(wanted: str, found: list[StaffMember]) -> str:
    names = "、".join(f"{member}（{member.get_username()}）" for member in found)
    return _("「%(to)s」に当てはまる職員が複数います。ログイン名で書いてください：%(names)s") % {
        "to": wanted,
        "names": names,
    }
