"""What a person sees of a run: the verdict, the layout, the colours."""

import pytest

from browser import documents

pytestmark = pytest.mark.browser

WIDTHS = pytest.mark.parametrize("width", [1280, 390])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])

PARTS = "#top > *, #finding > *, #tools > *, #shown, #overview, #legend > li, #keys, #filter > label, #count, #list > *"

CONTRAST = """selector => {
  const channels = text => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = channels(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return Math.min(...[...document.querySelectorAll(selector)].map(element => {
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(ground(element))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }));
}"""
TEXTS = [
    "h1, h2, h3, p, dt, dd, li, a",
    ".verdict",
    ".problem",
    ".line code, .line .sign",
    "#tools button, .again button",
    ".tick, .flag-of",
    ".label, .track button, .track span",
    "#legend span",
    "th, td, td .flag",
    "#filter label, #filter input, #filter select",
    "#panel *",
]


def test_it_opens_from_a_disk_without_any_other_request(opened, failed):
    page = opened(failed)
    assert page.text("h1") == "failover"
    assert [url.partition("page.html")[1:] for url in page.asked] == [("page.html", "")]


def test_the_verdict_is_told_in_full(opened, failed):
    page = opened(failed)
    told = page.text("main") + page.text("header")
    finding = failed["finding"]
    parts = [finding[part] for part in ("problem", "position", "last_error", "used_at")]
    parts += [
        *finding["also"],
        *finding["waiting"],
        failed["run"]["command"],
        "FAILED",
        "release 1.0.0",
        "level MUST",
        "area role",
    ]
    assert [part for part in parts if part not in told] == []


def test_expected_and_seen_stand_side_by_side_with_what_differs_marked(opened, failed):
    page = opened(failed)
    expected, seen, nearest = page.locator(".sides > div").all()
    assert expected.locator(".removed code").all_inner_texts() == ['longer_than: "1s"', "never: two_holders_of primary"]
    assert seen.locator(".added code").all_inner_texts() == ["holders:", "- c1-mysql-0", "- c1-mysql-1"]
    assert "revision 50" in nearest.inner_text()
    assert expected.bounding_box()["y"] == seen.bounding_box()["y"]


@WIDTHS
@pytest.mark.parametrize("make", [None, documents.long], ids=["real", "long words"])
def test_the_page_never_scrolls_sideways(opened, failed, width, make):
    page = opened(make() if make else failed, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("location.hash = document.querySelector('td a').hash")
    page.wait_for_selector("#panel h2")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("(panel => panel.scrollWidth - panel.clientWidth)(document.getElementById('panel'))") <= 0


@WIDTHS
def test_no_part_of_the_page_lies_on_another(opened, failed, width):
    assert opened(failed, width).overlaps(PARTS) == []


def test_a_run_that_passed_is_seen_whole_and_has_no_finding(opened):
    page = opened(documents.run(revisions=[documents.pod(1, 10, "primary")], time=1_000_000))
    assert "PASSED" in page.text(".verdict")
    assert page.text("#finding p") == "Every assertion held."
    assert page.text("#shown") == "Shown: the whole run, 1s."
    assert page.locator("#flag, .finding").count() == 0


@SCHEMES
@pytest.mark.parametrize("texts", TEXTS)
def test_texts_have_contrast(opened, failed, scheme, texts):
    page = opened(failed, scheme=scheme, at="#r51")
    assert page.evaluate(CONTRAST, texts) >= 4.5


@SCHEMES
def test_both_schemes_are_different(opened, failed, scheme):
    ground = opened(failed, scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")


def test_a_run_in_which_nothing_happened_is_a_page_too(opened):
    assert "Nothing happened" in opened(documents.run()).text("#timeline")


def test_the_command_can_be_copied(opened, failed):
    page = opened(failed)
    page.get_by_label("Copy the command").click()
    page.wait_for(".again [role=status]", "Copied.")
