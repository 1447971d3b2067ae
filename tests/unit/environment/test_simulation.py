"""The simulated driver."""

from pytest_kbevents.clock import SECOND, VirtualClock
from pytest_kbevents.environment.simulation import Simulation


class Ticker:
    """Acts each ``period`` and notes when."""

    def __init__(self, name, clock, period):
        self.name = name
        self.clock = clock
        self.period = period
        self.next = clock.micros() + period
        self.seen = []

    def due(self):
        return self.next

    def step(self):
        self.seen.append(self.clock.micros())
        self.next += self.period


def simulation(seed=0):
    clock = VirtualClock()
    return clock, Simulation(clock, seed, lambda: False)


def test_time_jumps_to_the_actor_that_is_due_first():
    clock, driver = simulation()
    start = clock.micros()
    ticker = Ticker("a", clock, 10 * SECOND)
    driver.add(ticker)
    driver.until(lambda: len(ticker.seen) == 1, start + 60 * SECOND)
    assert ticker.seen == [start + 10 * SECOND]


def test_a_step_takes_time():
    clock, driver = simulation()
    driver.add(ticker := Ticker("a", clock, 10 * SECOND))
    driver.until(lambda: len(ticker.seen) == 1, clock.micros() + 60 * SECOND)
    assert 0 < clock.micros() - ticker.seen[0] <= 1000


def test_it_stops_at_the_predicate():
    clock, driver = simulation()
    driver.add(ticker := Ticker("a", clock, SECOND))
    assert driver.until(lambda: len(ticker.seen) == 3, clock.micros() + 60 * SECOND)


def test_it_stops_at_the_deadline():
    clock, driver = simulation()
    deadline = clock.micros() + 5 * SECOND
    driver.add(Ticker("a", clock, SECOND))
    assert not driver.until(lambda: False, deadline)
    assert clock.micros() >= deadline


def test_an_actor_that_waits_for_others_is_never_stepped():
    clock, driver = simulation()
    ticker = Ticker("a", clock, SECOND)
    ticker.due = lambda: None
    driver.add(ticker)
    driver.until(lambda: False, clock.micros() + 5 * SECOND)
    assert ticker.seen == []


def test_a_removed_actor_is_not_stepped():
    clock, driver = simulation()
    driver.add(ticker := Ticker("a", clock, SECOND))
    driver.remove(ticker)
    driver.until(lambda: False, clock.micros() + 5 * SECOND)
    assert ticker.seen == []


def test_the_seed_fixes_who_goes_first():
    def first(seed):
        clock, driver = simulation(seed)
        tickers = [Ticker(name, clock, SECOND) for name in "abc"]
        for ticker in tickers:
            driver.add(ticker)
        driver.until(lambda: any(ticker.seen for ticker in tickers), clock.micros() + 60 * SECOND)
        return next(ticker.name for ticker in tickers if ticker.seen)

    assert [first(seed) for seed in range(20)] == [first(seed) for seed in range(20)]
    assert {first(seed) for seed in range(20)} == set("abc")
