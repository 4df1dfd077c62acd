"""The tables of this app; each lives with its verbs in the file of its noun."""

from forms_engine.applications import Application, Revision
from forms_engine.archive.copies import ArchiveCopy
from forms_engine.attachments import Attachment
from forms_engine.bundles import Correspondence
from forms_engine.corrections import Correction
from forms_engine.definitions import FormDefinition, FormVersion
from forms_engine.drafts import DraftCount
from forms_engine.edits import Edit
from forms_engine.manuscripts import Manuscript
from forms_engine.my_numbers import MyNumber
from forms_engine.notices import Notice
from forms_engine.papers import InternalFile
from forms_engine.presences import Presence
from forms_engine.provenance import Provenance
from forms_engine.receipts import ReceiptCounter
from forms_engine.registers import Register, RegisterEntry
from forms_engine.reservations import Reservation, ResourceDay
from forms_engine.residents import Guess
from forms_engine.schedules import Schedule
from forms_engine.sign_in_failures import SignInFailure
from forms_engine.unfinished import Unfinished
from forms_engine.withdrawals import Withdrawal

__all__ = [
    "Application",
    "ArchiveCopy",
    "Attachment",
    "Correction",
    "Correspondence",
    "DraftCount",
    "Edit",
    "FormDefinition",
    "FormVersion",
    "Guess",
    "InternalFile",
    "Manuscript",
    "MyNumber",
    "Notice",
    "Presence",
    "Provenance",
    "ReceiptCounter",
    "Register",
    "RegisterEntry",
    "Reservation",
    "ResourceDay",
    "Revision",
    "Schedule",
    "SignInFailure",
    "Unfinished",
    "Withdrawal",
]
