"""``export_archive RECEIPT -o FILE.pdf``: the archive copy of a closed application; made now if it was not yet."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from forms_engine.archive import copies
from forms_engine.archive.copies import CopyDamaged, NotClosed
from forms_engine.archive.record import RecordBroken
from forms_engine.archive.seal import SealMissing
from forms_engine.management.command_line import CommandLine, application_of, one_line
from workflows.signatures import ChainBroken


class Command(CommandLine):
    help = "Write the archive copy of a closed application to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("receipt", help="the receipt number")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")

    def run(self, *, receipt: str, output: Path, **options: Any) -> None:
        copy, pdf = _copy(receipt)
        try:
            output.write_bytes(pdf)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        self.stdout.write(f"{output} {copy.sha256}")


def _copy(receipt: str) -> tuple[copies.ArchiveCopy, bytes]:
    try:
        copy = copies.make(application_of(receipt))
        return copy, copies.read(copy)
    except NotClosed as error:
        raise CommandError(f"{receipt} はまだ決裁が終わっていないため、保存原本がありません。") from error
    except CopyDamaged as error:
        raise CommandError(f"{receipt} の保存原本が失われたか、書き換えられています（{one_line(error)}）。") from error
    except (RecordBroken, ChainBroken) as error:
        raise CommandError(f"{receipt} の記録が書き換えられています（{one_line(error)}）。") from error
    except SealMissing as error:
        raise CommandError(one_line(error)) from error
