"""The time axis and its lanes."""

import pytest

from browser import documents

pytestmark = pytest.mark.browser

WIDTHS = pytest.mark.parametrize("width", [1280, 390])


@WIDTHS
@pytest.mark.parametrize("times", [0, 3, 9])
def test_no_mark_lies_on_another_at_any_zoom(opened, failed, width, times):
    page = opened(failed, width)
    page.press_button("Whole run")
    for _ in range(times):
        page.press_button("Zoom in")
    assert page.overlaps(".of-marks button, .of-bars button, .lane > .label") == []


def test_arrows_go_along_a_lane_and_bring_what_they_meet_into_view(opened):
    revisions = [documents.pod(number, number * 1_000_000, f"role-{number}") for number in range(1, 6)]
    page = opened(documents.run(revisions=revisions, time=6_000_000))
    for _ in range(6):
        page.press_button("Zoom in")
    page.tab_to_lanes()
    page.press("Home")
    assert "Revision 1," in page.focused("ariaLabel")
    page.press("ArrowRight", "ArrowRight")
    assert "Revision 3," in page.focused("ariaLabel")
    page.press("ArrowLeft")
    assert "Revision 2," in page.focused("ariaLabel")
    page.press("End")
    assert "Revision 5," in page.focused("ariaLabel")
    assert page.locator("#lanes button:focus").bounding_box()["width"] > 10


def test_arrows_go_from_lane_to_lane(opened, failed):
    page = opened(failed)
    page.tab_to_lanes()
    page.press("ArrowDown")
    assert page.focused("closest('.lane').ariaLabel") == "Label kubeblocks.io/role: c1-mysql-2"
    page.press("ArrowUp", "ArrowUp")
    assert page.focused("closest('.lane').ariaLabel") == "Label kubeblocks.io/role: c1-mysql-0"


def test_one_tab_stop_leads_through_all_lanes(opened, failed):
    assert opened(failed).locator('#lanes button[tabindex="0"]').count() == 1


def test_the_first_view_frames_the_finding(opened, failed):
    page = opened(failed)
    assert page.locator(".flag-of").inner_text() == "\u25b2 finding +2.013141s"
    assert page.axis()[0].startswith("2.0")


@pytest.mark.parametrize(
    "act",
    [
        lambda page: page.press_button("Zoom in"),
        lambda page: page.press_button("Zoom out"),
        lambda page: page.press_button("Earlier"),
        lambda page: page.press_button("Whole run"),
        lambda page: (page.locator("#lanes").focus(), page.press("+")),
        lambda page: (page.locator("#lanes").focus(), page.press("-")),
        lambda page: (page.locator("#lanes").focus(), page.press("ArrowLeft")),
    ],
    ids=["in", "out", "earlier", "whole", "plus", "minus", "arrow"],
)
def test_zooming_and_panning_change_the_axis(opened, failed, act):
    page = opened(failed)
    before = page.text("#shown")
    act(page)
    assert page.text("#shown") != before
    assert len(page.axis()) > 1


def test_zero_shows_the_whole_run(opened, failed):
    page = opened(failed)
    page.tab_to_lanes()
    page.press("0")
    assert page.text("#shown") == "Shown: the whole run, 4.008872s."
    assert "Revision 51" in page.focused("ariaLabel") or "items" in page.focused("ariaLabel")


def test_ctrl_and_the_wheel_zoom_about_the_pointer(opened, failed):
    page = opened(failed)
    page.press_button("Whole run")
    track = page.locator(".lane .track").first
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 2)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.locator("#shown", has_text=" of 4.0").wait_for()


def test_dragging_the_ground_of_a_lane_pans(opened, failed):
    page = opened(failed)
    before = page.text("#shown")
    track = page.locator(".lane .track").first
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 14)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 200, box["y"] + 14)
    page.mouse.up()
    assert page.text("#shown") != before


def test_the_failing_revision_is_marked_in_its_lane_and_in_the_list(opened, failed):
    page = opened(failed)
    assert page.locator("#lanes button.finding").count() == 1
    assert "\u25b2" in page.text("#lanes button.finding")
    assert "The finding" in page.locator("#lanes button.finding").get_attribute("aria-label")
    assert page.locator("tr.finding a").inner_text() == "51"
    assert "finding" in page.text("tr.finding .text")


def test_every_lane_is_there(opened, failed):
    page = opened(failed)
    groups = page.locator("#lanes h3").all_inner_texts()
    assert groups == [
        "Events of kb-agents",
        "Requests",
        "Label kubeblocks.io/role",
        "Condition Available",
        "Other revisions",
        "Steps",
        "Invariants",
    ]


def test_a_bar_says_its_value(opened, failed):
    page = opened(failed)
    bars = page.locator('[aria-label="Label kubeblocks.io/role: c1-mysql-1"] button').all_inner_texts()
    assert bars == ["secondary", "\u25b2 primary"]


def test_a_condition_is_a_bar_with_its_reason(opened):
    def component(number, time, **condition):
        after = {"metadata": {"name": "c"}, "status": {"conditions": [{"type": "Available", **condition}]}}
        return documents.pod(number, time, "", kind="Component", name="c", after=after)

    states = [("True", "Good"), ("False", "Bad"), ("Unknown", "Silent")]
    revisions = [
        component(number, number * 1_000_000, status=status, reason=reason)
        for number, (status, reason) in enumerate(states, 1)
    ]
    page = opened(documents.run(revisions=revisions, time=4_000_000))
    bars = page.locator('[aria-label="Condition Available: c"] button').all_inner_texts()
    assert bars == ["True: Good", "False: Bad", "Unknown: Silent"]


def test_a_pod_that_is_deleted_has_no_role_from_then_on(opened):
    gone = documents.pod(2, 2_000_000, "primary", type="DELETED", after=None)
    page = opened(documents.run(revisions=[documents.pod(1, 1_000_000, "primary"), gone], time=4_000_000))
    assert page.locator(".of-bars button").all_inner_texts() == ["primary", "deleted"]


def test_requests_differ_by_their_outcome_in_more_than_colour(opened):
    page = opened(documents.played())
    signs = page.locator('[aria-label="Requests: event-controller"] button').all_inner_texts()
    assert signs == ["\u2713", "\u00d7", "\u2205", "?"]


def test_a_mark_tells_its_text_on_focus(opened, failed):
    page = opened(failed)
    page.tab_to_lanes()
    assert page.locator("#tip").is_visible()
    assert "Revision 51, +2.0" in page.text("#tip")
    page.press("Escape")
    assert page.locator("#tip").is_hidden()


@WIDTHS
def test_thousands_of_revisions_are_few_elements(opened, width):
    page = opened(documents.many(), width)
    for _ in range(3):
        assert page.locator("#lanes button").count() < 400
        assert page.locator("tbody tr").count() == 200
        page.press_button("Zoom out")
    assert page.overlaps(".of-marks button, .of-bars button") == []


def test_the_last_of_thousands_is_two_keys_away(opened):
    page = opened(documents.many())
    page.tab_to_lanes()
    page.press("End")
    assert "Revision 5000," in page.focused("ariaLabel")
