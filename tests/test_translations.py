"""Every text of the interface can be read in English: no page is half Japanese because somebody forgot."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import gettext, ngettext, override, pgettext

APPS = [Path(settings.BASE_DIR) / app for app in ("workflows", "forms_engine")]
MARKS = {"_", "gettext", "gettext_lazy", "lazy", "ngettext"}


def template_names() -> list[str]:
    roots = (app / "templates" for app in APPS)
    return sorted(str(path.relative_to(root)) for root in roots for path in root.rglob("*.html"))


def texts_of_template(name: str) -> list[tuple[str, str | None]]:
    """Each text with its context, as it stands in the template."""
    nodes = get_template(name).template.nodelist
    with override(None):
        short = [_short(node) for node in nodes.get_nodes_by_type(TranslateNode)]
    blocks = nodes.get_nodes_by_type(BlockTranslateNode)
    return short + [(node.render_token_list(node.singular)[0], None) for node in blocks]


def _short(node: TranslateNode) -> tuple[str, str | None]:
    context = node.message_context
    return str(node.filter_expression.resolve({})), context and context.resolve({})


def texts_of_module(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def is_translated(text: str, context: str | None = None) -> bool:
    """A text with a plural is found by its plural only."""
    found = pgettext(context, text) if context else gettext(text)
    return found != text or ngettext(text, text, 1) != text


@pytest.mark.parametrize("name", template_names())
def test_template_is_translated(name: str) -> None:
    with override("en"):
        missing = [text for text, context in texts_of_template(name) if not is_translated(text, context)]
    assert missing == []


@pytest.mark.parametrize("app", APPS, ids=lambda path: path.name)
def test_python_texts_are_translated(app: Path) -> None:
    modules = (path for path in app.rglob("*.py") if "migrations" not in path.parts)
    with override("en"):
        missing = {text for path in modules for text in texts_of_module(path) if not is_translated(text)}
    assert missing == set()


def test_easy_japanese_is_easier_where_residents_read() -> None:
    with override("ja-easy"):
        assert gettext("内容の確認") == "書いた ことを 見る"
        assert gettext("決裁経路") == "決裁経路"  # what only staff read stays as it is
