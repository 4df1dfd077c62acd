"""Findings (分かったこと) of a rehearsal, in the words of whoever builds the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forms_engine.archive import rehearsal as paper
from forms_engine.rehearsals.rehearsal import Rehearsal, never_asked, texts_of, title_of
from schemas.applicants import Applicant
from schemas.pointers import parts
from workflows.courses import every_way, untried
from workflows.spec import HumanStep, WorkflowSpec
from workflows.staff import Department, Role

#: Documents that are drawn in one rehearsal.
DRAWN = 2


@dataclass(frozen=True)
class Finding:
    """One thing that was found; ``pointer`` is its place in the form's document, empty if it is not in there.

    ``is_trouble`` says that somebody should look at it; the rest is told so that it is known.
    """

    words: str
    pointer: str = ""
    is_trouble: bool = True


def of_form(found: Rehearsal) -> list[Finding]:
    """Pages and fields that nobody came to, and checks that nobody met or that stopped everybody."""
    return [*_pages(found), *_fields(found), *_checks(found)]


def of_route(found: Rehearsal) -> list[Finding]:
    """Rows, branches and steps that no case came to, ways that end without a decision, posts that nobody holds."""
    if found.route is None:
        words = _("決裁経路がないか、直すところが残っているため、経路は試していません。")
        return [Finding(words, "/procedure/workflow")]
    if not found.courses:
        return [Finding(_("提出できる申請が一つもなかったため、経路は試していません。"))]
    route = found.route
    told = [Finding(_("決裁経路は、まだ公開していない下書きで試しました。"), is_trouble=False)] * found.is_route_a_draft
    told += [*_steps(found, route), *_ways(found, route), *_untried(route)]
    return [*told, *_ends(found), *_posts(found, route)]


def of_paper(found: Rehearsal) -> list[Finding]:
    """Characters that no font has, boxes that outgrow a page, and how long the documents of some applicants become."""
    missing = (
        Finding(_("「%(characters)s」は、保存用のPDFに書けません（〓になります）。") % {"characters": characters}, at)
        for at, characters in paper.undrawable(found.spec.document)
    )
    return [*missing, *_boxes(found), *(one for number, who in _longest(found) for one in _drawn(found, number, who))]


def _boxes(found: Rehearsal) -> Iterator[Finding]:
    """Answers whose longest text outgrows a page: nothing of it is cut off, but the document becomes long."""
    for at, field in texts_of(found.spec):
        if "maxLength" not in field:
            words = _("項目「%(title)s」には文字数の上限がありません。PDFの欄は、書かれた分だけ長くなります。")
        elif paper.pages_filled(field["maxLength"]) > 1:
            words = _("項目「%(title)s」に上限の%(limit)s字まで書かれると、PDFの欄は%(pages)sページにわたります。")
        else:
            continue
        limit = field.get("maxLength", 0)
        said = {"title": title_of(found.spec, at), "limit": limit, "pages": paper.pages_filled(limit)}
        yield Finding(words % said, f"/schema/properties/{parts(at)[0]}", is_trouble=False)


def _pages(found: Rehearsal) -> Iterator[Finding]:
    for place, page in enumerate(found.spec.pages):
        if page.fields and page.key not in found.pages:
            yield Finding(
                _("画面「%(title)s」は、だれにも表示されませんでした。") % {"title": page.title}, f"/pages/{place}"
            )


def _fields(found: Rehearsal) -> Iterator[Finding]:
    for at in never_asked(found):
        words = _("項目「%(title)s」は、だれにも表示されませんでした。条件を確かめてください。")
        yield Finding(words % {"title": title_of(found.spec, at)}, f"/schema/properties/{parts(at)[0]}")


def _checks(found: Rehearsal) -> Iterator[Finding]:
    met = {problem.params["key"] for one in found.walks.applicants for problem in (*one.stopped, *one.warned)}
    if found.walks.applicants and not found.walks.arriving:
        always = set.intersection(
            *({problem.params["key"] for problem in one.stopped} for one in found.walks.applicants)
        )
        told = [one["message"] for one in found.spec.document.get("checks", ()) if one["key"] in always]
        words = _("提出できる申請が見つかりませんでした。確認「%(checks)s」が、どの申請も止めています。")
        yield Finding(
            words % {"checks": "」「".join(told)} if told else _("提出できる申請が見つかりませんでした。"), "/checks/0"
        )
    for place, one in enumerate(found.spec.document.get("checks", ())):
        if one["key"] not in met:
            words = _("確認「%(message)s」に当てはまる申請はありませんでした。")
            yield Finding(words % {"message": one["message"]}, f"/checks/{place}", is_trouble=False)


def _steps(found: Rehearsal, route: WorkflowSpec) -> Iterator[Finding]:
    reached = {key for way in found.courses for key in way.steps}
    left_out = untried(route)
    for step in route.every_step():
        if step.key not in reached and step.key not in left_out:
            yield Finding(_("段階「%(title)s」に進んだ申請はありませんでした。") % {"title": step.title or step.key})


def _ways(found: Rehearsal, route: WorkflowSpec) -> Iterator[Finding]:
    taken = {mark for way in found.courses for mark in way.taken}
    left_out = untried(route)
    for mark, step, title in every_way(route):
        if mark not in taken and left_out.isdisjoint((mark, mark.partition("/")[0])):
            words = _("「%(step)s」の「%(title)s」に当てはまった申請はありませんでした。")
            yield Finding(words % {"step": step, "title": title})


def _untried(route: WorkflowSpec) -> Iterator[Finding]:
    if untried(route):
        yield Finding(_("職員記入欄の内容で決まる枝や規則は、試していません。"), is_trouble=False)


def _ends(found: Rehearsal) -> Iterator[Finding]:
    lost = sum(not way.is_decided for way in found.courses)
    if lost:
        words = _("%(number)s件の申請は、だれも決裁しないまま経路の終わりに着きました。")
        yield Finding(words % {"number": lost})


def _posts(found: Rehearsal, route: WorkflowSpec) -> Iterator[Finding]:
    titles = {step.key: step.title for step in route.every_step() if isinstance(step, HumanStep)}
    names = _names()
    lacking = dict.fromkeys((post.step, post.key) for way in found.courses for post in way.posts if not post.is_held)
    for step, key in lacking:
        said = {"step": titles.get(step, step), "post": _post_in_words(key, names)}
        if key:
            yield Finding(
                _("「%(step)s」を担当する「%(post)s」に、今はだれも就いていません。案件管理者に届きます。") % said
            )
        else:
            yield Finding(_("「%(step)s」の担当を答えから決められない申請がありました。案件管理者に届きます。") % said)


def _names() -> Mapping[str, str]:
    departments = {f"d/{key}": title for key, title in Department.objects.values_list("key", "title")}
    return {**departments, **{f"r/{key}": title for key, title in Role.objects.values_list("key", "title")}}


def _post_in_words(key: str, names: Mapping[str, str]) -> str:
    department, _slash, role = key.partition("/")
    return " ".join(
        names.get(f"{kind}/{one}", one) for kind, one in (("d", department), ("r", role)) if one not in ("", "*")
    )


def _longest(found: Rehearsal) -> list[tuple[int, Applicant]]:
    """Who said most, and who said least, of those who arrive; of all where nobody does."""
    every = [one for one in found.numbered() if one[1].arrives] or found.numbered()
    ordered = sorted(every, key=lambda one: len(repr(one[1].answers)))
    return sorted(dict([*ordered[-1:], *ordered[: DRAWN - 1]]).items())


def _drawn(found: Rehearsal, number: int, one: Applicant) -> Iterator[Finding]:
    try:
        made = paper.drawn(found.spec, one.answers)
    except ValueError:
        words = _("申請 %(number)s のPDFは、1ページに入りきらない項目があるため作れません。")
        yield Finding(words % {"number": number})
        return
    said = {"number": number, "pages": paper.page_count(made.pdf), "characters": " ".join(made.missing)}
    yield Finding(_("申請 %(number)s のPDFは%(pages)sページです。") % said, is_trouble=False)
    if made.missing:
        yield Finding(_("申請 %(number)s のPDFに書けない文字：%(characters)s") % said)
