"""Who works here: departments (課), roles (役職), posts (職・発令), and what a member of staff may therefore decide.

A step waits for an *assignee key*: ``department/role`` (環境課の課長), ``department/*`` (anyone there), or ``*/role``
for a role that exists once in the whole office (市長).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.db.models.functions import Replace
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from workflows import audit

PERMISSION = "post."
POST_FACTS = ("department__key", "department__title", "role__key", "role__title", "role__citywide")
MEMBER_FACTS = ("display_name", "kana", "email", "is_staff", "is_superuser")
T = TypeVar("T", bound=models.Model)


class Department(models.Model):
    """A section of the office (課); ``parent`` is what it belongs to, say its division (部)."""

    key = models.SlugField(_("記号"), unique=True)
    title = models.CharField(_("名称"), max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="sections")
    ended_on = models.DateField(_("廃止日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("課")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class Role(models.Model):
    """A rank or function (役職).  ``citywide``: it exists once in the office, so a step names no department.

    The higher ``rank``, the more senior; a role of rank 0 is nobody's superior.
    """

    key = models.SlugField(_("記号"), unique=True)
    title = models.CharField(_("名称"), max_length=100)
    citywide = models.BooleanField(_("全庁"), default=False)
    rank = models.PositiveSmallIntegerField(_("職位"), default=0)
    ended_on = models.DateField(_("廃止日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("役職")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        _citywide_roles.cache_clear()


class StaffQuerySet(models.QuerySet["StaffMember"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def called(self, name: str) -> Self:
        """Active members of that login or, spaces aside, that name; a handful at most."""
        plain = name.replace(" ", "").replace("　", "")
        shown = Replace(Replace("display_name", models.Value(" ")), models.Value("　"))
        named = self.active().annotate(plain=shown).filter(models.Q(username=name) | models.Q(plain=plain))
        return named.order_by("username")[:5]

    def holding(self, key: str, on: date | None = None) -> Self:
        """Who holds a post that answers to this assignee key on that day (today)."""
        department, role = key.split("/")
        posts = Post.objects.held(on)
        posts = posts.filter(role__citywide=True) if department == "*" else posts.filter(department__key=department)
        posts = posts if role == "*" else posts.filter(role__key=role)
        return self.active().filter(pk__in=posts.values("member"))


class StaffManager(UserManager.from_queryset(StaffQuerySet)):  # type: ignore[misc]
    """Django's own verbs for accounts, and our adjectives."""


class StaffMember(AbstractUser):
    """A member of staff (職員).  Being superuser or administrator gives no power to decide: only a post does."""

    display_name = models.CharField(_("氏名"), max_length=100, blank=True)
    kana = models.CharField(_("フリガナ"), max_length=100, blank=True)

    objects: ClassVar[StaffManager] = StaffManager()

    class Meta:
        verbose_name = verbose_name_plural = _("職員")

    def __str__(self) -> str:
        return self.display_name or self.username


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, on: date | None = None) -> Self:
        """Posts that run on that day (today)."""
        day = on or localdate()
        return self.filter(models.Q(until=None) | models.Q(until__gte=day), since__lte=day)


class Post(models.Model):
    """Who holds which role where, from–until, both days included (発令).

    ``handles_my_numbers``: designated to handle My Numbers there (特定個人情報等の事務取扱担当者, 番号法 第12条).
    """

    member = models.ForeignKey(StaffMember, models.CASCADE, related_name="posts")
    role = models.ForeignKey(Role, models.PROTECT, related_name="posts")
    department = models.ForeignKey(Department, models.PROTECT, related_name="posts")
    since = models.DateField(_("発令日"))
    until = models.DateField(_("解職日"), null=True, blank=True)
    handles_my_numbers = models.BooleanField(_("個人番号の事務取扱担当者"), default=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("職")
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.department} {self.role}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        _held_keys.cache_clear()


@dataclass(frozen=True)
class Holding:
    """One post that a member holds, in words and as the assignee keys it answers to."""

    department: str
    title: str
    keys: frozenset[str]


def holdings_of(member: StaffMember, on: date | None = None) -> tuple[Holding, ...]:
    """The posts a member holds that day (today); read once for each instance, so once a request."""
    if not member.is_active:
        return ()
    day = on or localdate()
    read: dict[date, tuple[Holding, ...]] = member.__dict__.setdefault("_holdings", {})
    if day not in read:
        posts = Post.objects.held(day).filter(member=member)
        read[day] = tuple(_holding(*post) for post in posts.values_list(*POST_FACTS))
    return read[day]


def _holding(department: str, department_title: str, role: str, role_title: str, citywide: bool) -> Holding:
    keys = {f"{department}/{role}", f"{department}/*"} | ({f"*/{role}"} if citywide else set())
    return Holding(department, role_title if citywide else f"{department_title} {role_title}", frozenset(keys))


def keys_of(member: StaffMember, on: date | None = None) -> frozenset[str]:
    """The assignee keys that a member answers to that day (today)."""
    return frozenset().union(*(holding.keys for holding in holdings_of(member, on)))


def permissions_of(member: StaffMember) -> list[str]:
    """The same as the permissions that tasks are marked with."""
    return sorted(PERMISSION + key for key in keys_of(member))


def departments_of(member: StaffMember, on: date | None = None) -> frozenset[str]:
    """The departments in which a member holds a post that day (today)."""
    return frozenset(holding.department for holding in holdings_of(member, on))


def handles_my_numbers(member: StaffMember, department: str) -> bool:
    """Whether the member is designated today to handle My Numbers in this department; no other power includes it."""
    if not member.is_active:
        return False
    return Post.objects.held().filter(member=member, department__key=department, handles_my_numbers=True).exists()


def post_title(member: StaffMember, key: str) -> str:
    """In which post a member answers to this key: 「環境課 課長」; empty if in none."""
    return next((holding.title for holding in holdings_of(member) if key in holding.keys), "")


def assignee_key(by: Mapping[str, str], department: str) -> str:
    """Whom a step waits for: ``by`` as the workflow says it, in a case of this department."""
    role = by.get("role", "*")
    if "department" in by:
        return f"{by['department']}/{role}"
    return f"*/{role}" if role in citywide_roles() else f"{department}/{role}"


def citywide_roles() -> frozenset[str]:
    """The roles that exist once in the office; another process may know of a change to them a minute later."""
    return _citywide_roles(int(monotonic() // 60))


@lru_cache(maxsize=1)
def _citywide_roles(minute: int) -> frozenset[str]:
    return frozenset(Role.objects.filter(citywide=True).values_list("key", flat=True))


def is_held(key: str, but_by: StaffMember | None = None) -> bool:
    """Whether anybody holds a post that answers to this key today, ``but_by`` not counted.

    A process remembers for a minute what is held, not what is not: a task that waits for a post that was just left is
    found by the sweep.
    """
    if "/" not in key:
        return False
    if but_by is not None:
        return StaffMember.objects.holding(key).exclude(pk=but_by.pk).exists()
    return key in _held_keys(localdate(), int(monotonic() // 60)) or StaffMember.objects.holding(key).exists()


@lru_cache(maxsize=1)
def _held_keys(day: date, minute: int) -> frozenset[str]:
    posts = Post.objects.held(day).filter(member__is_active=True).order_by()
    return frozenset().union(*(_holding(*post).keys for post in posts.values_list(*POST_FACTS).distinct()))


class PostBackend:
    """Lets the workflow runtime ask ``has_perm("post.environment/reviewer")``; grants nothing else, logs nobody in.

    Not derived from Django's BaseBackend: its module needs the account table, which is in this file.
    """

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Nobody."""

    def get_user(self, user_id: Any) -> None:
        """Nobody."""

    def has_perm(self, user_obj: Any, perm: str, obj: models.Model | None = None) -> bool:
        return perm.startswith(PERMISSION) and perm in self.get_all_permissions(user_obj, obj)

    def get_all_permissions(self, user_obj: Any, obj: models.Model | None = None) -> set[str]:
        if not isinstance(user_obj, StaffMember) or obj is not None:
            return set()
        return set(permissions_of(user_obj))


@transaction.atomic
def load_organisation(organisation: Mapping[str, Any], password: str | None = None) -> None:
    """Make departments, roles, members and posts as the document says; repeating it changes nothing.

    ``{"departments": [{"key", "title", "parent"?}], "roles": [{"key", "title", "citywide"?, "rank"?}],
    "members": [{"login", "display_name", "is_staff"?, "is_superuser"?,
    "posts": [{"department", "role", "since"?, "until"?, "handles_my_numbers"?}]}]}``.
    A new member gets ``password``; without one, there is no logging in until one is set.  An existing member's
    password is left alone.
    """
    departments = {entry["key"]: _put_department(entry) for entry in organisation["departments"]}
    roles = {entry["key"]: _put(Role, entry) for entry in organisation["roles"]}
    for entry in organisation["members"]:
        member = _put_member(entry, password)
        _put_posts(member, entry.get("posts", ()), departments, roles)
    audit.record("load_organisation", "organisation", members=len(organisation["members"]))


def _put(model: type[T], entry: Mapping[str, Any]) -> T:
    defaults = {name: value for name, value in entry.items() if name != "key"}
    return model._default_manager.update_or_create(key=entry["key"], defaults=defaults)[0]


def _put_department(entry: Mapping[str, Any]) -> Department:
    """Parents stand before their sections."""
    parent = Department.objects.get(key=entry["parent"]) if "parent" in entry else None
    return _put(Department, {**entry, "parent": parent})


def _put_member(entry: Mapping[str, Any], password: str | None) -> StaffMember:
    facts = {name: entry[name] for name in MEMBER_FACTS if name in entry}
    member, created = StaffMember.objects.update_or_create(username=entry["login"], defaults=facts)
    if created:
        member.set_password(password)
        member.save(update_fields=["password"])
    return member


def _put_posts(
    member: StaffMember, posts: Iterable[Mapping[str, Any]], departments: Mapping[str, Any], roles: Mapping[str, Any]
) -> None:
    for post in posts:
        where = {"member": member, "department": departments[post["department"]], "role": roles[post["role"]]}
        period = {name: date.fromisoformat(post[name]) for name in ("since", "until") if post.get(name)}
        facts = {**period, "handles_my_numbers": bool(post.get("handles_my_numbers"))}
        which = {**where, "since": period["since"]} if "since" in period else where
        Post.objects.update_or_create(**which, defaults=facts, create_defaults={"since": localdate(), **facts})
