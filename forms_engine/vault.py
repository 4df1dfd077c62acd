"""Where encrypted files lie (添付書類の保管): outside the web root, one for each id, safe once write() has returned."""

import os
import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import models

#: The tables whose rows have a file here under their own id.
OWNERS: list[type[models.Model]] = []


def keep_for(model: type[models.Model]) -> None:
    """Files named by rows of this table belong to it; what belongs to no table is swept."""
    OWNERS.append(model)


def path_of(file_id: uuid.UUID) -> Path:
    """In one of 256 folders, so that none grows too large to list."""
    return Path(settings.ATTACHMENT_ROOT) / file_id.hex[:2] / str(file_id)


def has(file_id: uuid.UUID) -> bool:
    return path_of(file_id).is_file()


def read(file_id: uuid.UUID) -> bytes:
    """What was written, still encrypted.  Raises OSError."""
    return path_of(file_id).read_bytes()


def write(file_id: uuid.UUID, sealed: bytes) -> None:
    """On the disk, not only in its cache, before any row speaks of it: the file, and the folder that names it."""
    path = path_of(file_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    _settle(path.parent)


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(file_id: uuid.UUID) -> None:
    """Delete the file, if it is there."""
    path_of(file_id).unlink(missing_ok=True)


def older_than(moment: datetime) -> list[uuid.UUID]:
    """The ids of the files last written before then; what is not named by an id was not written here."""
    limit = moment.timestamp()
    written = (path for path in Path(settings.ATTACHMENT_ROOT).glob("??/*") if path.stat().st_mtime < limit)
    return [file_id for path in written if (file_id := _id_of(path)) is not None]


def sweep(before: datetime) -> int:
    """Files without a row, once they are too old to belong to an upload that is still going on; how many."""
    stale = older_than(before)
    kept = {pk for model in OWNERS for pk in model._default_manager.filter(pk__in=stale).values_list("pk", flat=True)}
    orphans = set(stale) - kept
    for orphan in orphans:
        remove(orphan)
    return len(orphans)


def _id_of(path: Path) -> uuid.UUID | None:
    try:
        return uuid.UUID(path.name)
    except ValueError:
        return None
