"""Plain Django fields and forms for leaves, as a developer would write them."""

from django import forms

from bench.leaves import Leaf


def plain_field(leaf: Leaf) -> forms.Field:
    """The Django field that a developer would choose for this leaf."""
    schema, shared = leaf.schema, {"label": leaf.title, "required": leaf.required}
    if choices := [(c["const"], c["title"]) for c in schema.get("oneOf", []) if "const" in c]:
        return forms.ChoiceField(
            choices=choices, widget=forms.RadioSelect if len(choices) < 6 else forms.Select, **shared
        )
    if "enum" in schema:
        return forms.ChoiceField(choices=[(c, c) for c in schema["enum"]], **shared)
    if schema.get("type") == "boolean":
        return forms.BooleanField(**(shared | {"required": False}))
    if schema.get("type") == "integer":
        return forms.IntegerField(min_value=schema.get("minimum"), max_value=schema.get("maximum"), **shared)
    if schema.get("format") == "date":
        return forms.DateField(**shared)
    if schema.get("format") == "email":
        return forms.EmailField(**shared)
    if "pattern" in schema:
        return forms.RegexField(schema["pattern"], max_length=schema.get("maxLength"), **shared)
    return forms.CharField(max_length=schema.get("maxLength"), **shared)


def form_class(leaves: list[Leaf]) -> type[forms.Form]:
    return type("PlainForm", (forms.Form,), {leaf.name: plain_field(leaf) for leaf in leaves})
