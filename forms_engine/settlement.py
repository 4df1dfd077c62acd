"""A settlement (答えの整理): the answers of one application as they count, worked out once however often asked for.

A request asks for the same answers again and again: to find its page, to read what was posted, to know what comes next.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from forms_engine.spec import FormSpec
from forms_engine.standing import Standing

NOTHING: Mapping[str, Any] = {}


class Settlement:
    """What FormSpec says of answers to one version on one day; lives as long as its application.

    Answers that were asked about are not to be changed afterwards: they are known again by what they are.
    """

    def __init__(self, spec: FormSpec, today: date) -> None:
        self.spec, self.today = spec, today
        self._settled: list[tuple[Mapping[str, Any], dict[str, Any]]] = []
        self._calculated: list[tuple[Mapping[str, Any], Mapping[str, Any], frozenset[str] | None, dict[str, Any]]] = []
        self._standings: list[tuple[Mapping[str, Any], str, Standing]] = []

    def settle(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers as they count (FormSpec.settled)."""
        for given, result in self._settled:
            if given is answers or given == answers:
                return result
        result = self.spec.settled(answers, self.today)
        self._settled.append((answers, result))
        return result

    def calculated(
        self, settled: Mapping[str, Any], known: Mapping[str, Any] = NOTHING, wanted: frozenset[str] | None = None
    ) -> dict[str, Any]:
        """What the form calculates from settled answers and what the office knows (FormSpec.calculated)."""
        for given, beside, asked, result in self._calculated:
            if given is settled and beside == known and asked in (None, wanted):
                return result
        result = self.spec.calculated({**settled, **known}, self.today, wanted)
        self._calculated.append((settled, known, wanted, result))
        return result

    def standing(self, settled: Mapping[str, Any], language: str) -> Standing:
        """The form as it stands for settled answers (FormSpec.standing); the same object is the same answers."""
        for given, spoken, standing in self._standings:
            if given is settled and spoken == language:
                return standing
        standing = self.spec.standing(settled, language)
        self._standings.append((settled, language, standing))
        return standing
