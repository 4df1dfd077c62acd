"""The places that postal codes stand for, as Japan Post's lists have them."""

from forms_engine.postal_codes import Place, places


def test_a_code_of_one_town_is_that_town() -> None:
    assert places("1000001") == (Place("東京都", "千代田区", "千代田"),)


def test_a_code_of_many_towns_names_them_all() -> None:
    towns = [place.town for place in places("4520961")]
    assert len(towns) > 50 and "春日一番割" in towns and len(set(towns)) == len(towns)


def test_notes_of_the_list_are_no_part_of_an_address() -> None:
    assert places("1000000") == (Place("東京都", "千代田区", ""),)
    assert places("6028064")[0].town == "一町目"
    assert places("0285102")[0].town == "葛巻"


def test_a_large_office_has_a_code_of_its_own() -> None:
    (office,) = places("1008111")
    assert (office.town, office.block, office.office) == ("千代田", "1-1", "宮内庁")
    assert office.title == "東京都千代田区千代田1-1（宮内庁）" and "office" not in office.parts()


def test_what_is_no_code_has_no_places() -> None:
    assert places("9999999") == places("") == places("100-0001") == places("１０００００１") == ()
