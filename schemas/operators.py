"""Operators of calculations: JsonLogic, typed against the form's schema, exact, and silent about what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, ClassVar, Self

from jsonlogic.core import JSONLogicSyntaxError, Operator
from jsonlogic.evaluation import EvaluationContext
from jsonlogic.json_schema.types import AnyType, ArrayType, IntegerType, JSONSchemaType, NumberType, UnionType
from jsonlogic.operators import Var
from jsonlogic.registry import OperatorRegistry
from jsonlogic.resolving import Unresolvable
from jsonlogic.typechecking import TypecheckContext
from jsonlogic.typechecking.utils import get_type
from jsonlogic.utils import UNSET

from schemas.kinds import INTEGER, NUMBER, Kind, Missing, exact, reduced

BASICS = OperatorRegistry()


def value_of(argument: Any, context: EvaluationContext) -> Any:
    """The exact value of an argument. Raises Missing when a fact it needs is not known; null is not known."""
    if isinstance(argument, Operator):
        found = exact(argument.evaluate(context))
    elif isinstance(argument, list):
        found = [value_of(one, context) for one in argument]
    else:
        found = exact(argument)
    if found is None:
        raise Missing
    return found


def type_of(argument: Any, context: TypecheckContext) -> JSONSchemaType:
    """The type of an argument; diagnostics of what is inside it are left in the context."""
    if isinstance(argument, list):
        return ArrayType(united([type_of(one, context) for one in argument]))
    return get_type(argument, context)


def united(types: list[JSONSchemaType]) -> JSONSchemaType:
    """The type of a value that has one of these types."""
    return UnionType(*map(_plain, types)) if types else AnyType()


def _plain(given: JSONSchemaType) -> JSONSchemaType:
    """A list of mixed values counts as a list of anything: the library cannot put a union inside a union's list."""
    if not isinstance(given, ArrayType):
        return given
    mixed = isinstance(given.elements_type, UnionType)
    return ArrayType(AnyType() if mixed else _plain(given.elements_type))


@BASICS.register("var")
@dataclass
class Fact(Var):
    """{"var": "/owner/date_of_birth"}: a fact by its pointer; a second argument is used while it is missing."""

    @classmethod
    def from_expression(cls, operator: str, arguments: list[Any]) -> Self:
        if len(arguments) not in (1, 2) or not isinstance(arguments[0], str):
            raise JSONLogicSyntaxError("a pointer and at most one default")
        return cls(operator, *arguments)

    def typecheck(self, context: TypecheckContext) -> JSONSchemaType:
        """An empty list as default fits any list; the library cannot type one."""
        bare = replace(self, default_value=UNSET) if self.default_value == [] else self
        return super(Fact, bare).typecheck(context)

    def evaluate(self, context: EvaluationContext) -> Any:
        try:
            found = context.resolve_variable(str(self.variable_path), bare=True)
        except (Unresolvable, IndexError):
            found = None
        if found is not None:
            return found
        if self.default_value is UNSET:
            raise Missing
        return value_of(self.default_value, context)


@dataclass
class Function(Operator):
    """An operator with a fixed signature. `parameters` are the kinds of its arguments, the last one repeated;
    an argument may be of any of several kinds; `least` and `most` are how many it takes."""

    arguments: list[Any]

    least: ClassVar[int] = 1
    most: ClassVar[int] = 2
    parameters: ClassVar[tuple[tuple[Kind, ...], ...]] = ((NUMBER,),)
    result: ClassVar[type[JSONSchemaType]] = AnyType

    @classmethod
    def from_expression(cls, operator: str, arguments: list[Any]) -> Self:
        if not cls.least <= len(arguments) <= cls.most:
            raise JSONLogicSyntaxError(f"{cls.least}〜{cls.most}" if cls.least < cls.most else str(cls.least))
        return cls(operator, arguments)

    def typecheck(self, context: TypecheckContext) -> JSONSchemaType:
        given = [type_of(argument, context) for argument in self.arguments]
        for place, one in enumerate(given):
            kinds = self.kinds_of(place)
            if not any(kind.fits(one) for kind in kinds):
                context.add_diagnostic("/".join(kind.name for kind in kinds), "argument_type", self)
        return self.result_of(given)

    def kinds_of(self, place: int) -> tuple[Kind, ...]:
        """The kinds that the argument at this place may be of."""
        return self.parameters[min(place, len(self.parameters) - 1)]

    def result_of(self, given: list[JSONSchemaType]) -> JSONSchemaType:
        """The type of the result for arguments of these types."""
        return self.result()

    def evaluate(self, context: EvaluationContext) -> Any:
        return self.compute(context, *self.values(context))

    def values(self, context: EvaluationContext) -> list[Any]:
        """The arguments, read as their kinds where there is one only."""
        found = [value_of(argument, context) for argument in self.arguments]
        return [self._read(place, value) for place, value in enumerate(found)]

    def _read(self, place: int, value: Any) -> Any:
        kinds = self.kinds_of(place)
        return kinds[0].read(value) if len(kinds) == 1 else value

    def compute(self, context: EvaluationContext, *values: Any) -> Any:
        """The result for known values."""
        raise NotImplementedError


class Arithmetic(Function):
    """Numbers in, a number out: an integer when all are integers."""

    least, most = 2, 100

    def result_of(self, given: list[JSONSchemaType]) -> JSONSchemaType:
        return IntegerType() if all(INTEGER.fits(one) for one in given) else NumberType()


@BASICS.register("+")
class Plus(Arithmetic):
    def compute(self, context: EvaluationContext, *values: Any) -> Any:
        return sum(values)


@BASICS.register("-")
class Minus(Arithmetic):
    """One argument is negated, two are subtracted."""

    least, most = 1, 2

    def compute(self, context: EvaluationContext, *values: Any) -> Any:
        return -values[0] if len(values) == 1 else values[0] - values[1]


@BASICS.register("*")
class Times(Arithmetic):
    def compute(self, context: EvaluationContext, *values: Any) -> Any:
        product: Any = 1
        for value in values:
            product *= value
        return product


@BASICS.register("/")
class Divided(Arithmetic):
    """Exact division; by zero there is no result."""

    most = 2

    def result_of(self, given: list[JSONSchemaType]) -> JSONSchemaType:
        return NumberType()

    def compute(self, context: EvaluationContext, *values: Any) -> Any:
        return reduced(Fraction(values[0]) / values[1])


@BASICS.register("%")
class Remainder(Arithmetic):
    most = 2

    def compute(self, context: EvaluationContext, *values: Any) -> Any:
        return values[0] % values[1]
