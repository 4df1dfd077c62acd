"""``import_bundle FILE [--map theirs=ours]``: drafts of a form and its routes from another municipality."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from forms_engine import bundles
from forms_engine.bundles import OthersDraft
from forms_engine.management.command_line import CommandLine, read_bytes
from schemas.bundles import KINDS, Bundle, BundleRefused, read


class Command(CommandLine):
    help = "Make drafts of what a bundle holds; nothing is published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the bundle, JSON")
        parser.add_argument(
            "--map", action="append", default=[], metavar="THEIRS=OURS",
            help="a department, role, login or key of theirs and what it is here",
        )  # fmt: skip

    def run(self, *, file: Path, map: list[str], **options: Any) -> int:
        bundle = _bundle(file)
        mapping = _mapping(bundle, map)
        unknown = [one for one in bundles.names(bundle) if not mapping[one.kind].get(one.theirs)]
        for one in unknown:
            self.stderr.write(
                f"「{one.title}」（{one.theirs}）に当たるものがありません。--map {one.theirs}=… で指定してください。"
            )
        if unknown:
            return 1
        self._tell(bundle.renamed(mapping))
        try:
            drafts = bundles.take_in(bundle, mapping)
        except OthersDraft as others:
            raise CommandError(f"「{others}」は、ほかの課が下書きを作っています。") from others
        for draft in drafts:
            self.stdout.write(f"下書き {draft.kind} {draft.key} {draft.pk}")
        return 0

    def _tell(self, renamed: Bundle) -> None:
        for change in bundles.changes(renamed):
            if change.before is None:
                self.stdout.write(f"新規: {change.document['title']}")
            for one in change.differences:
                self.stdout.write(f"変更: {one.message()}")


def _bundle(file: Path) -> Bundle:
    try:
        return read(read_bytes(file).decode("utf-8-sig"))
    except BundleRefused as refused:
        raise CommandError(f"{file}: {refused}") from refused


def _mapping(bundle: Bundle, pairs: list[str]) -> Mapping[str, Mapping[str, str]]:
    """Ours by theirs, of every kind; what was given on the command line before what was found. Raises CommandError."""
    named, given = bundle.named(), dict[str, str]()
    for pair in pairs:
        theirs, equals, ours = pair.partition("=")
        if not (theirs and equals and ours):
            raise CommandError(f"「{pair}」: THEIRS=OURS の形で書いてください。")
        given[theirs] = ours
    found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for one in bundles.names(bundle):
        found[one.kind] |= {one.theirs: one.ours} if one.ours else {}
    for kind in KINDS:
        found[kind] |= {theirs: given[theirs] for theirs in named[kind] if theirs in given}
    return found
