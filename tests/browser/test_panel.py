"""What the panel tells of one revision, request or step."""

import pytest

from browser import documents

pytestmark = pytest.mark.browser

PARTS = "#top > *, #finding > *, #tools > *, #shown, #overview, #legend > li, #keys, #filter > label, #count, #list > *"


def test_a_click_on_a_revision_shows_what_it_changed(opened, failed):
    page = opened(failed)
    page.mark("Revision 51").click()
    assert page.text("#panel h2") == "Revision 51"
    assert "    kubeblocks.io/role: secondary" in page.locator("#panel .removed code").all_inner_texts()
    assert "    kubeblocks.io/role: primary" in page.locator("#panel .added code").all_inner_texts()
    assert "primary" in page.locator("#panel .added mark").all_inner_texts()
    assert page.locator("#panel .fold").count() > 0
    assert page.evaluate("location.hash") == "#r51"


def test_the_keyboard_alone_opens_and_closes_a_revision(opened, failed):
    page = opened(failed)
    page.tab_to_lanes()
    assert "Revision 51" in page.focused("ariaLabel")
    page.press("Enter")
    page.wait_for_selector("#panel:not([hidden])")
    assert page.focused() == "Revision 51"
    page.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert "Revision 51" in page.focused("ariaLabel")
    assert page.evaluate("location.hash") == ""


def test_the_hash_opens_a_revision(opened, failed):
    page = opened(failed, at="#r51")
    assert page.text("#panel h2") == "Revision 51"
    page.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_a_hash_that_means_nothing_opens_nothing(opened, failed):
    assert opened(failed, at="#r9999").locator("#panel").is_hidden()


def test_the_panel_goes_on_to_the_next_revision_and_to_the_next_of_the_object(opened, failed):
    page = opened(failed, at="#r51")
    page.get_by_text("\u2190 before, same object").click()
    page.wait_for("#panel h2", "Revision 45")
    page.get_by_text("next \u2192").click()
    page.wait_for("#panel h2", "Revision 46")
    assert page.get_by_text("next \u2192").is_enabled()


def test_the_focus_returns_to_where_the_panel_was_opened_from(opened, failed):
    page = opened(failed)
    page.locator("td a", has_text="42").click()
    page.wait_for_selector("#panel:not([hidden])")
    page.get_by_label("Close").click()
    assert page.focused() == "42"


def test_the_way_to_the_next_revision_can_be_pressed_again_and_again(opened, failed):
    page = opened(failed, at="#r50")
    page.get_by_text("next \u2192").focus()
    for number in (51, 52, 53):
        page.press("Enter")
        page.wait_for("#panel h2", f"Revision {number}")
    assert page.focused() == "Revision 53"


def test_a_wide_panel_stands_beside_the_lanes(opened, failed):
    page = opened(failed, at="#r51")
    assert page.overlaps("#page, #panel") == []
    assert page.overlaps(PARTS) == []
    assert page.locator("#lanes .open").count() == 1


def test_what_did_not_change_is_folded_until_it_is_wanted(opened, failed):
    page = opened(failed, at="#r51")
    lines = page.locator("#panel .line").count()
    page.locator("#panel .fold").first.click()
    assert page.locator("#panel .line").count() > lines


def test_managed_fields_are_shown_when_asked_for(opened, failed):
    page = opened(failed, at="#r51")
    assert "managedFields" not in page.text("#panel .difference")
    page.get_by_label("with managedFields").check()
    page.locator("#panel .fold").first.click()
    assert "managedFields" in page.text("#panel .difference")


@pytest.mark.parametrize(
    ("mark", "title", "told"),
    [(", 409:", "Request 2", "the object has been modified"), ("1 agent", "Step 1 agent", "failover.yaml:21:5")],
)
def test_requests_and_steps_open_a_panel(opened, mark, title, told):
    page = opened(documents.played())
    page.mark(mark).click()
    assert page.text("#panel h2") == title
    assert told in page.text("#panel")


def test_a_step_that_was_not_reached_says_so(opened):
    page = opened(documents.played(), at="#s4")
    assert "not reached" in page.text("#panel dl")
    assert "not reached" in page.text('[aria-label="Steps: 4 stays"] button')


def test_what_falls_on_one_place_is_one_mark_that_lists_it_all(opened):
    revisions = [documents.pod(number, 10, "primary", kind="Service", name=f"s{number}") for number in range(1, 4)]
    page = opened(documents.run(revisions=revisions, time=1_000_000))
    assert page.locator(".of-marks button").all_inner_texts() == ["3"]
    page.locator(".of-marks button").click()
    assert page.locator("#panel .items a").count() == 3
    assert "null" not in page.text("#panel")
    page.locator("#panel .items a").nth(1).click()
    page.wait_for("#panel h2", "Revision 2")


def test_markup_in_an_object_stays_text(opened):
    hostile = "</script><img src=x onerror=alert(1)><!--"
    revision = documents.pod(
        1, 10, hostile, text=hostile, name=hostile, after={"metadata": {"labels": {hostile: hostile}}}
    )
    page = opened(documents.run(revisions=[revision], time=100), at="#r1")
    assert page.locator("img").count() == 0
    assert hostile in page.text("#panel .difference")


def test_a_narrow_panel_is_alone_until_it_is_closed(opened, failed):
    page = opened(failed, 390, at="#r51")
    assert page.evaluate("document.getElementById('page').inert")
    page.get_by_label("Close").click()
    assert not page.evaluate("document.getElementById('page').inert")
