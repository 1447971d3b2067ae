"""expect, stays and never, on real runs."""

PRIMARY_0 = "agent: {pod: c1-mysql-0, roleProbe: primary}"
PRIMARY_1 = "agent: {pod: c1-mysql-1, roleProbe: primary}"
SEEN_0 = "expect: {pod: c1-mysql-0, role: primary, within: 5s}"
SEEN_1 = "expect: {pod: c1-mysql-1, role: primary, within: 5s}"


def test_expect_passes_when_it_becomes_so(perform):
    assert perform(PRIMARY_0, SEEN_0).passed


def test_expect_fails_when_the_time_is_up_and_says_what_was_last_seen(perform):
    finding = perform(PRIMARY_0, "expect: {pod: c1-mysql-1, role: primary, within: 2s}").finding
    assert finding.problem == "Pod c1-mysql-1 has role primary: not within 2s"
    assert finding.seen == {"role": None}


def test_expect_waits_no_longer_than_it_must(perform):
    assert perform(PRIMARY_0, "expect: {pod: c1-mysql-0, role: primary, within: 1h}").seconds < 5


def test_stays_fails_at_once_when_it_is_not_so_to_begin_with(perform):
    finding = perform("stays: {pod: c1-mysql-0, role: primary, for: 5s}").finding
    assert finding.problem == "Pod c1-mysql-0 has role primary: it is not so to begin with"


def test_stays_takes_as_long_as_it_says(perform):
    assert perform(PRIMARY_0, SEEN_0, "stays: {pod: c1-mysql-0, role: primary, for: 30s}").seconds >= 30


def test_stays_sees_a_revision_that_no_sample_would(perform):
    """The label is lost and given back within milliseconds; main's re-report restores it."""
    finding = perform(
        PRIMARY_0,
        SEEN_0,
        PRIMARY_1,
        "stays: {service: rw, routes_to: [c1-mysql-0], for: 5s}",
        release="main",
    ).finding
    assert "no longer so at revision" in finding.problem
    assert finding.seen == ["c1-mysql-0", "c1-mysql-1"]  # main's two holders, for less than a millisecond


def test_never_without_patience_fails_at_a_single_revision(perform):
    finding = perform(
        PRIMARY_0, SEEN_0, PRIMARY_1, SEEN_1, head="never: [{two_holders_of: primary}]", release="main"
    ).finding
    assert finding.problem.startswith("never two_holders_of primary: c1-mysql-0 and c1-mysql-1 hold it from revision ")
    assert " to revision " in finding.problem


def test_never_with_patience_puts_up_with_a_short_overlap(perform):
    never = "never: [{two_holders_of: primary, longer_than: 1s}]"
    assert perform(PRIMARY_0, SEEN_0, PRIMARY_1, SEEN_1, head=never, release="main").passed


def test_never_waits_for_an_overlap_at_the_end_to_be_decided(perform):
    never = "never: [{two_holders_of: primary, longer_than: 10s}]"
    verdict = perform(PRIMARY_0, SEEN_0, PRIMARY_1, SEEN_1, head=never, release="1.0.0")
    assert verdict.finding.problem.endswith("and still so")
    assert verdict.seconds > 10


def test_a_never_that_judged_nothing_is_not_a_pass(perform):
    finding = perform(
        "agent: {pod: c1-mysql-0, roleProbe: secondary}", head="never: [{two_holders_of: primary}]"
    ).finding
    assert (
        finding.problem
        == "never two_holders_of primary: there never was a holder of primary, so that nothing was judged"
    )
