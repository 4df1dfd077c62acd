import copy
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.test import override_settings

from tests.workflows.conftest import read_again, waiting_task
from workflows import signatures
from workflows.cases import Case
from workflows.chains import chain
from workflows.decisions import decide
from workflows.signatures import ChainBroken, SigningKey, sign, signer_of, verify_chain
from workflows.staff import StaffMember

Opened = Callable[..., Case]


@pytest.fixture
def archived(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> tuple[dict[str, Any], str]:
    """A chain of two decisions as it is archived, and the digest that it begins with."""
    case = opened()
    decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "refused", yoshino, comment="要件を満たしません")
    return chain(read_again(case)), case.first_sha256


def test_chain_is_verified_without_database(archived: tuple[dict[str, Any], str]) -> None:
    document, first = archived
    payloads = verify_chain(document, first, {first})
    assert [(payload["actor"], payload["outcome"]) for payload in payloads] == [
        ("sato", "approved"),
        ("yoshino", "refused"),
    ]


def change_word(document: dict[str, Any]) -> None:
    document["decisions"][1]["actor_name"] = "別人"


def change_comment(document: dict[str, Any]) -> None:
    document["decisions"][1]["comment"] = "別の理由"


def change_signature(document: dict[str, Any]) -> None:
    jws = document["decisions"][0]["jws"]
    document["decisions"][0]["jws"] = jws[:-8] + ("A" * 8 if not jws.endswith("A" * 8) else "B" * 8)


def change_payload(document: dict[str, Any]) -> None:
    header, payload, signature = document["decisions"][0]["jws"].split(".")
    document["decisions"][0]["jws"] = ".".join([header, payload[:-2] + "AA", signature])


def take_first_out(document: dict[str, Any]) -> None:
    del document["decisions"][0]


def take_last_out(document: dict[str, Any]) -> None:
    del document["decisions"][1]


def exchange_order(document: dict[str, Any]) -> None:
    document["decisions"].reverse()


def take_keys_away(document: dict[str, Any]) -> None:
    document["keys"].clear()


def sign_as_nobody(document: dict[str, Any]) -> None:
    document["decisions"][0]["jws"] = "e30.e30.e30"


CHANGES = [
    (change_word, 2),
    (change_comment, 2),
    (change_signature, 1),
    (change_payload, 1),
    (take_first_out, 1),
    (take_last_out, 2),
    (exchange_order, 1),
    (take_keys_away, 1),
    (sign_as_nobody, 1),
]


@pytest.mark.parametrize(("change", "number"), CHANGES)
def test_whatever_is_changed_is_found(
    archived: tuple[dict[str, Any], str], change: Callable[[dict[str, Any]], None], number: int
) -> None:
    document, first = copy.deepcopy(archived[0]), archived[1]
    change(document)
    with pytest.raises(ChainBroken) as broken:
        verify_chain(document, first, {first})
    assert broken.value.number == number


def test_chain_belongs_to_its_submission(archived: tuple[dict[str, Any], str]) -> None:
    document, first = archived
    with pytest.raises(ChainBroken, match="content that is not here"):
        verify_chain(document, first, {"0" * 64})
    with pytest.raises(ChainBroken, match="missing or was exchanged"):
        verify_chain(document, "0" * 64, {first})


def test_member_gets_one_key_and_the_office_another(sato: StaffMember) -> None:
    assert signer_of(sato).kid == signer_of(sato).kid != signer_of(None).kid
    assert SigningKey.objects.filter(owner=sato).count() == 1


def test_private_half_is_stored_wrapped(sato: StaffMember) -> None:
    sign({}, sato, "")
    key = SigningKey.objects.get(owner=sato)
    with override_settings(SIGNING_KEK=b"x" * 32), pytest.raises(InvalidTag):
        signatures._unwrap(key)
    key.id = "staff-0.1"
    with pytest.raises(InvalidTag):
        signatures._unwrap(key)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_key_whose_making_was_undone_is_not_used_again() -> None:
    member = StaffMember.objects.create(username="ito")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        sign({}, member, "")
        _ = 1 / 0
    signer = signer_of(member)
    assert SigningKey.objects.get(owner=member).id == signer.kid
    assert signatures._kept[member.pk][1] is signer
