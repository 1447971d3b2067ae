"""The list of all revisions."""

import pytest

from browser import documents

pytestmark = pytest.mark.browser


def test_words_filter_the_list(opened, failed):
    page = opened(failed)
    page.get_by_label("Words").fill("ROLE primary pod")
    assert page.locator("tbody tr").count() == 2
    assert page.text("#count") == "2 of 26 revisions."


def test_a_kind_filters_the_list(opened, failed):
    page = opened(failed)
    page.get_by_label("Kind").select_option("Service")
    assert page.locator("tbody tr").count() == 1


def test_a_filter_that_nothing_passes_leaves_no_table(opened, failed):
    page = opened(failed)
    page.get_by_label("Words").fill("no such thing")
    assert page.locator("table").count() == 0
    assert page.text("#count") == "0 of 26 revisions."


def test_the_list_of_thousands_begins_near_the_finding_and_goes_on(opened):
    page = opened(documents.many())
    assert page.locator("tr.finding").count() == 1
    page.get_by_text("Show 200 earlier").click()
    assert page.locator("tbody tr").count() == 400
    assert page.evaluate("document.activeElement.closest('tr') !== null")
