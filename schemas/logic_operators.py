"""Operators of comparison and logic: what is so, what follows from it, and which value is chosen."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, ClassVar, Self

from jsonlogic.core import JSONLogicSyntaxError
from jsonlogic.evaluation import EvaluationContext
from jsonlogic.json_schema.types import BooleanType, JSONSchemaType, UnionType
from jsonlogic.registry import OperatorRegistry
from jsonlogic.typechecking import TypecheckContext

from schemas.conjunction import same
from schemas.kinds import BOOLEAN, ORDERED, SCALARS, Kind, Missing
from schemas.operators import Function, type_of, united, value_of

LOGIC = OperatorRegistry()


class Comparison(Function):
    """Two or three values of one kind in order: numbers, dates or times."""

    least, most = 2, 3
    parameters = (ORDERED,)
    result = BooleanType

    def typecheck(self, context: TypecheckContext) -> JSONSchemaType:
        given = united([type_of(argument, context) for argument in self.arguments])
        if not any(kind.fits(given) for kind in ORDERED):
            context.add_diagnostic("/".join(kind.name for kind in ORDERED), "operator", self)
        return BooleanType()

    def compute(self, context: EvaluationContext, *values: Any) -> bool:
        return all(self.in_order(*_alike(one, other)) for one, other in pairwise(values))

    @staticmethod
    def in_order(one: Any, other: Any) -> bool:
        """Whether two values stand in the order that the operator names."""
        raise NotImplementedError


def _alike(one: Any, other: Any) -> tuple[Any, Any]:
    if isinstance(one, bool) or isinstance(other, bool) or isinstance(one, str) != isinstance(other, str):
        raise Missing
    return one, other


@LOGIC.register("<")
class Below(Comparison):
    in_order = staticmethod(lambda one, other: one < other)


@LOGIC.register("<=")
class AtMost(Comparison):
    in_order = staticmethod(lambda one, other: one <= other)


@LOGIC.register(">")
class Above(Comparison):
    in_order = staticmethod(lambda one, other: one > other)


@LOGIC.register(">=")
class AtLeast(Comparison):
    in_order = staticmethod(lambda one, other: one >= other)


@LOGIC.register("==")
class Equal(Function):
    """JSON equality; two kinds that can never be equal are refused at publication."""

    least = 2
    parameters = (SCALARS,)
    result = BooleanType

    def typecheck(self, context: TypecheckContext) -> JSONSchemaType:
        given = [type_of(argument, context) for argument in self.arguments]
        if not any(all(_may_be(kind, one) for one in given) for kind in SCALARS):
            context.add_diagnostic("same", "operator", self)
        return BooleanType()

    def compute(self, context: EvaluationContext, *values: Any) -> bool:
        return same(*values)


def _may_be(kind: Kind, given: JSONSchemaType) -> bool:
    members = given.types if isinstance(given, UnionType) else {given}
    return any(kind.fits(one) for one in members)


@LOGIC.register("!=")
class Unequal(Equal):
    def compute(self, context: EvaluationContext, *values: Any) -> bool:
        return not same(*values)


class Connective(Function):
    """and / or: decided as soon as one argument decides it, even while others are missing (Kleene's logic)."""

    least, most = 1, 100
    parameters = ((BOOLEAN,),)
    result = BooleanType
    decisive: ClassVar[bool]

    def evaluate(self, context: EvaluationContext) -> bool:
        known = [self._known(argument, context) for argument in self.arguments]
        if self.decisive in known:
            return self.decisive
        if None in known:
            raise Missing
        return not self.decisive

    def _known(self, argument: Any, context: EvaluationContext) -> bool | None:
        try:
            return bool(BOOLEAN.read(value_of(argument, context)))
        except Missing:
            return None


@LOGIC.register("and")
class And(Connective):
    decisive = False


@LOGIC.register("or")
class Or(Connective):
    decisive = True


@LOGIC.register("!")
class Not(Function):
    most = 1
    parameters = ((BOOLEAN,),)
    result = BooleanType

    def compute(self, context: EvaluationContext, *values: Any) -> bool:
        return not values[0]


@LOGIC.register("if")
class If(Function):
    """{"if": [condition, value, …, otherwise]}; only the chosen value is computed."""

    least, most = 3, 101

    @classmethod
    def from_expression(cls, operator: str, arguments: list[Any]) -> Self:
        if len(arguments) % 2 == 0:
            raise JSONLogicSyntaxError("3, 5, 7…")
        return super().from_expression(operator, arguments)

    def typecheck(self, context: TypecheckContext) -> JSONSchemaType:
        given = [type_of(argument, context) for argument in self.arguments]
        if not all(BOOLEAN.fits(one) for one in given[:-1:2]):
            context.add_diagnostic(BOOLEAN.name, "argument_type", self)
        return united([*given[1::2], given[-1]])

    def evaluate(self, context: EvaluationContext) -> Any:
        for condition, value in zip(self.arguments[:-1:2], self.arguments[1::2], strict=True):
            if BOOLEAN.read(value_of(condition, context)):
                return value_of(value, context)
        return value_of(self.arguments[-1], context)
