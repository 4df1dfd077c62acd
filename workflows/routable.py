"""What a case asks of its subject (対象): anything that can be put before people or rules for a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.safestring import SafeString

from workflows.appeal import Remedy

if TYPE_CHECKING:
    from workflows.decisions import Decision
    from workflows.staff import StaffMember
    from workflows.staff_fields import StaffFields


@dataclass(frozen=True)
class FileLink:
    """An attachment as it is shown: where to open it and what it is (size in bytes)."""

    name: str
    url: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Row:
    """One answer, read out.  ``changed_from`` is the text of the previous revision where it differs.

    ``label`` names it in full; where rows of one group stand together, ``group`` is said once and ``short`` at each.
    ``mark`` tells apart what reads alike.  Where the text must not say the answer, ``concealed`` tells one from
    another, and ``reveal_url`` is where those who may see it ask for it.
    """

    pointer: str
    label: str
    text: str
    files: list[FileLink] = field(default_factory=list)
    changed_from: str | None = None
    provenance: str = ""
    mark: str = ""
    concealed: str = ""
    reveal_url: str = ""
    group: str = ""
    short: str = ""

    @property
    def name(self) -> str:
        """What it is called below the heading of its group."""
        return self.short or self.label


@dataclass(frozen=True)
class Section:
    """Answers under one heading."""

    title: str
    rows: list[Row]


class StaffSheet(Protocol):
    """The staff fields of a step (職員記入欄) on a page: what asks for them, what was typed, what is wrong with it."""

    @property
    def html(self) -> SafeString:
        """The controls, with what was typed in them and what is wrong at each."""

    @property
    def entries(self) -> Mapping[str, Any]:
        """What was filled in, by field; fields left blank are not among them."""

    @property
    def summary(self) -> Sequence[tuple[str, str]]:
        """The id of the control and the message of everything that is wrong."""

    @property
    def typed(self) -> Mapping[str, Sequence[str]]:
        """What the browser sent, by name, so that it can be sent again."""

    def is_valid(self) -> bool:
        """Whether what was sent can be decided with."""


#: For what the standard period stands still unless the procedure says otherwise.
USUAL_STOPS = frozenset({"correction", "applicant_change", "added_documents"})


@dataclass(frozen=True)
class ClockPolicy:
    """The stop policy of a procedure (期間の停止): for which causes its standard period stands still, of "correction",
    "applicant_change", "added_documents" and "third_party" (consent of a third party), and whether the closing days
    that the office has of its own count in it all the same."""

    stops: frozenset[str] = USUAL_STOPS
    counts_closing_days: bool = False

    @classmethod
    def of(cls, period: Mapping[str, Any]) -> "ClockPolicy":
        """As a procedure says it: ``{"stops": […], "closing_days_count": …}``."""
        return cls(frozenset(period.get("stops", USUAL_STOPS)), period.get("closing_days_count", False))


class Routable:
    """Mixed into a model whose primary key is a UUID.  A member without a default here must be given by the model."""

    #: Whether it was drafted inside the office (起案), so that its drafter may abandon it (廃案).
    is_internal: bool = False
    #: Standard processing period (標準処理期間, 行政手続法 第6条) in working days; None where none is set.
    period_working_days: int | None = None
    #: When that period stands still.
    clock_policy: ClockPolicy = ClockPolicy()
    #: What the applicant was told: a related manager of rows (dispatch.Dispatch) with a ``title``; None without any.
    notices: Any = None
    #: What staff keep about it among themselves: a related manager of rows (papers.Paper); None where nobody can.
    papers: Any = None

    @property
    def reference(self) -> str:
        """What people call it by: the receipt number."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """What it is, in a few words, without personal data: it stands in lists."""
        raise NotImplementedError

    @property
    def department_key(self) -> str:
        """The department that is responsible for it."""
        raise NotImplementedError

    def facts(self) -> Mapping[str, Any]:
        """What rules and choices may look at, as it stands now."""
        raise NotImplementedError

    def fact_titles(self, language: str) -> Mapping[str, str]:
        """What each fact is called; a fact without a title is shown by its name."""
        return {}

    def signed_content(self) -> Mapping[str, Any]:
        """What a decision is signed over: ``sha256`` (hex) of the content as it stands now, and its ``kind``."""
        raise NotImplementedError

    def label(self) -> str:
        """Whose it is, as it is written, for the lists of those who may see it: applicant, organisation, drafter."""
        return ""

    def search_terms(self) -> Iterable[str]:
        """By which names staff may look for it: applicant, organisation, drafter; never a My Number."""
        return ()

    def read_out(self, language: str) -> list[Section]:
        """The whole of it, for a person who has to decide."""
        raise NotImplementedError

    def staff_sheet(
        self, fields: "StaffFields", entries: Mapping[str, Any], language: str, data: Any = None, is_onward: bool = True
    ) -> StaffSheet:
        """The staff fields of a step as a page asks for them, beginning with these entries.

        ``data`` is what a browser sent; where it lets the case go on (``is_onward``), what is required must be there.
        """
        raise NotImplementedError

    def read_entries(self, fields: "StaffFields", entries: Mapping[str, Any], language: str) -> list[Row]:
        """What staff filled in, in words; without what was left blank."""
        raise NotImplementedError

    def is_applicant(self, member: "StaffMember") -> bool:
        """Whether this member of staff applied for it, and so may not decide on it."""
        raise NotImplementedError

    @property
    def drafter(self) -> "StaffMember | None":
        """The member of staff who drafted it or applied for it; None where nobody of the office did."""
        return None

    def not_correctable(self, pointers: Iterable[str]) -> list[str]:
        """Those of the JSON pointers on which a correction cannot be asked for."""
        return []

    def remedy(self) -> Remedy:
        """Whom an applicant who is refused may turn to; stands in the instruction on appeal."""
        raise NotImplementedError

    def drafter_url(self) -> str:
        """Where its drafter changes what came back to him; empty while nothing did."""
        return ""

    def papers_url(self) -> str:
        """Where staff send a file that they keep about it."""
        return ""

    def copy_url(self) -> str:
        """Where staff open its archive copy; empty while there is none."""
        return ""

    def on_correction_requested(self, remarks: Mapping[str, str], decision: "Decision") -> None:
        """Called in the deciding transaction: the applicant is asked to correct the answers at these pointers."""
        raise NotImplementedError

    def on_pulled_back(self, by: "StaffMember") -> None:
        """Called in the transaction in which its drafter takes it back (引戻し) to change it."""
        raise NotImplementedError

    def on_closed(self, outcome: str, decision: "Decision | None") -> None:
        """Called in the closing transaction; ``decision`` is None if the applicant withdrew."""
        raise NotImplementedError
