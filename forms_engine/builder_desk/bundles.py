"""Bundles at the builder desk: a form goes out as a file; one comes in once its names are mapped to ours."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forms_engine import bundles
from forms_engine.builder_desk.beginnings import may_build
from forms_engine.builder_desk.gate import BuilderRequest, for_builders
from forms_engine.bundles import OthersDraft
from forms_engine.definitions import FormVersion
from schemas.bundles import Bundle, BundleRefused, Names, read, written

#: A larger file (pictures) is taken in with `manage.py import_bundle`.
LARGEST = 1_500_000


@require_safe
@for_builders
def export(request: BuilderRequest, key: str) -> HttpResponse:
    """The newest published version of a form with its routes, as a file."""
    try:
        text = written(bundles.of_form(key))
    except FormVersion.DoesNotExist as unknown:
        raise Http404 from unknown
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}.kakanai.json"'
    return response


@require_POST
@for_builders
def bring(request: BuilderRequest) -> HttpResponse:
    """What a file holds, what it would change, and whose names are to be mapped; nothing is kept yet."""
    try:
        text = _text(request.FILES.get("bundle"))
        return _asked(request, text, read(text), {})
    except BundleRefused as refused:
        return _refused(request, refused.message(_language()))
    except ValueError as wrong:
        return _refused(request, str(wrong))


@require_POST
@for_builders
def take_in(request: BuilderRequest) -> HttpResponse:
    """Make the drafts; what is not mapped yet is asked for again."""
    text = request.POST.get("text", "")
    try:
        bundle = read(text)
    except BundleRefused as refused:
        return _refused(request, refused.message(_language()))
    mapping = _mapping(bundle, request.POST)
    trouble = _trouble(request, bundle, mapping)
    if trouble:
        return _asked(request, text, bundle, mapping, trouble)
    try:
        drafts = bundles.take_in(bundle, mapping, request.user)
    except OthersDraft as others:
        words = _("「%(title)s」は、ほかの課が下書きを作っています。") % {"title": others.draft.title}
        return _asked(request, text, bundle, mapping, [("", words)])
    messages.success(request, _("取り込んで下書きにしました。公開するまで、住民には見えません。"))
    for draft in drafts[:-1]:
        words = _("決裁経路「%(title)s」も下書きにしました。様式より先に公開してください。")
        messages.info(request, words % {"title": draft.title})
    return redirect("builder:editor", drafts[-1].pk)


def _text(upload: UploadedFile | None) -> str:
    """Raises ValueError in words."""
    if upload is None:
        raise ValueError(_("ファイルを選んでください。"))
    if (upload.size or 0) > LARGEST:
        raise ValueError(_("1.5MBより大きい一式は、管理者がコマンド（import_bundle）で取り込みます。"))
    try:
        return upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BundleRefused("no_bundle") from wrong


def _refused(request: BuilderRequest, words: str) -> HttpResponse:
    return render(request, "builder_desk/bundle.html", {"refused": words}, status=422)


def _mapping(bundle: Bundle, posted: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What was chosen for every name, by kind; only what there is here."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in bundles.ASKED}
    for one in bundles.names(bundle):
        chosen = posted.get(one.field, "")
        if chosen in dict(one.choices):
            found[one.kind][one.theirs] = chosen
    return found


def _trouble(request: BuilderRequest, bundle: Bundle, mapping: Names) -> list[tuple[str, str]]:
    """What is still to be chosen, each with the control that it is about."""
    names = bundles.names(bundle)
    words = _("「%(title)s」に当たるものを選んでください。")
    found = [(one.field, words % {"title": one.title}) for one in names if one.theirs not in mapping[one.kind]]
    department = str(bundle.renamed(mapping).form["procedure"]["department"])
    if not found and not may_build(request.user, department):
        place = f"departments:{bundle.form['procedure']['department']}"
        found.append((place, _("様式を作れる課を選んでください。")))
    return found


def _asked(
    request: BuilderRequest,
    text: str,
    bundle: Bundle,
    mapping: Names,
    trouble: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """The page on which names are mapped."""
    language, names = _language(), bundles.names(bundle)
    found = {kind: {**_known(names, kind), **mapping.get(kind, {})} for kind in bundles.ASKED}
    kinds = {"departments": _("課"), "roles": _("役職"), "logins": _("職員")}
    changes = bundles.changes(bundle.renamed(found))
    context = {
        "bundle": bundle,
        "text": text,
        "trouble": trouble or [],
        "wrong": dict(trouble or []),
        "names": [(kinds[one.kind], one, found[one.kind].get(one.theirs, "")) for one in names],
        "changes": [(one, [each.message(language) for each in one.differences]) for one in changes],
    }
    return render(request, "builder_desk/bundle.html", context, status=422 if trouble else 200)


def _known(names: list[bundles.Name], kind: str) -> dict[str, str]:
    return {one.theirs: one.ours for one in names if one.kind == kind and one.ours}


def _language() -> str:
    return get_language() or "ja"
