"""Letters after years: which works get one, in which order, and that a year with a letter is still a year."""

import pytest

from kejian.makers.year_letters import LetteredYear, lettered, year_of


def work(year, *authors, title="T"):
    issued = {"issued": {"date-parts": [[year, 3]]}} if year else {}
    return {"title": title, "author": [{"family": name} for name in authors], **issued}


def letters(items, cited=lambda key: "same"):
    return {key: str(year_of(item)) for key, item in lettered(items, list(items), cited).items()}


def test_works_that_are_cited_alike_get_letters_in_the_order_of_the_list():
    items = {"z": work(2020, "Smith"), "a": work(2020, "Smith"), "m": work(2021, "Smith"), "b": work(2020, "Ng")}
    assert letters(items) == {"z": "2020a", "a": "2020b", "m": "2021", "b": "2020"}


def test_works_that_the_style_tells_apart_need_none():
    items = {"a": work(2020, "Smith", "Ng"), "b": work(2020, "Smith", "Wu")}
    assert letters(items, cited=lambda key: key) == {"a": "2020", "b": "2020"}


@pytest.mark.parametrize(
    "item", [work(None, "Smith"), {"title": "T"}, {"issued": {}}, {"issued": {"date-parts": [[]]}}]
)
def test_a_work_without_a_year_gets_none(item):
    assert letters({"a": item, "b": item}) == {"a": "None", "b": "None"}


def test_the_rest_of_a_date_stays():
    items = lettered({"a": work(2020, "Smith"), "b": work(2020, "Smith")}, ["a", "b"], lambda _: "same")
    assert items["b"]["issued"]["date-parts"][0][1:] == [3]


def test_after_z_come_two_letters():
    items = {str(number): work(2020, "Smith") for number in range(55)}
    found = [*letters(items).values()]
    assert (found[25], found[26], found[51], found[52]) == ("2020z", "2020aa", "2020az", "2020ba")


def test_a_year_with_a_letter_is_sorted_and_counted_as_a_year():
    year = LetteredYear(2020, "a")
    assert (year == 2020, year < 2021, f"{year + 10000:05}", str(abs(year))) == (True, True, "12020", "2020a")
