"""A settlement (答えの整理): the answers of one application as they count, worked out once however often asked for.

A request asks for the same answers again and again: to find its page, to read what was posted, to know what comes next.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from forms_engine.spec import FormSpec, Standing


class Settlement:
    """What FormSpec.settled and FormSpec.standing say of one version on one day; lives as long as a request."""

    def __init__(self, spec: FormSpec, today: date) -> None:
        self.spec, self.today = spec, today
        self._settled: list[tuple[Mapping[str, Any], dict[str, Any]]] = []
        self._standings: list[tuple[Mapping[str, Any], str, Standing]] = []

    def settle(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers as they count (FormSpec.settled)."""
        for given, result in self._settled:
            if given is answers or given == answers:
                return result
        result = self.spec.settled(answers, self.today)
        self._settled.append((answers, result))
        return result

    def standing(self, settled: Mapping[str, Any], language: str) -> Standing:
        """The form as it stands for settled answers (FormSpec.standing); the same object is the same answers."""
        for given, spoken, standing in self._standings:
            if given is settled and spoken == language:
                return standing
        standing = self.spec.standing(settled, language)
        self._standings.append((settled, language, standing))
        return standing
