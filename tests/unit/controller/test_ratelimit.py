"""Delays of failed keys: 5 ms doubling to 1000 s, and a bucket that all keys share."""

import pytest

from pytest_kbevents.clock import SECOND
from pytest_kbevents.controller.ratelimit import ExponentialBackoff, SharedBucket, Slowest

A, B = ("ns", "a"), ("ns", "b")


@pytest.fixture
def bucket(clock):
    return SharedBucket(clock)


class Fixed:
    """Always the same delay; remembers whom it forgot."""

    def __init__(self, micros):
        self.micros = micros
        self.forgotten = []

    def when(self, key):
        del key
        return self.micros

    def forget(self, key):
        self.forgotten.append(key)


def test_the_back_off_begins_with_5_milliseconds():
    assert ExponentialBackoff().when(A) == 5_000


def test_the_back_off_doubles():
    backoff = ExponentialBackoff()
    assert [backoff.when(A) for _ in range(5)] == [5_000, 10_000, 20_000, 40_000, 80_000]


def test_the_back_off_never_exceeds_1000_seconds():
    backoff = ExponentialBackoff()
    assert max(backoff.when(A) for _ in range(200)) == 1000 * SECOND


def test_the_longest_back_off_comes_with_the_nineteenth_failure():
    backoff = ExponentialBackoff()
    assert [backoff.when(A) < 1000 * SECOND for _ in range(19)] == [True] * 18 + [False]


@pytest.mark.parametrize(("seconds", "tries"), [(5, 10), (20, 12)])
def test_as_many_tries_fit_in_a_time_as_were_observed(seconds, tries):
    backoff, now, count = ExponentialBackoff(), 0, 0
    while now <= seconds * SECOND:
        count += 1
        now += backoff.when(A)
    assert count == tries


def test_keys_back_off_apart():
    backoff = ExponentialBackoff()
    backoff.when(A)
    assert backoff.when(B) == 5_000


def test_a_forgotten_key_begins_anew():
    backoff = ExponentialBackoff()
    backoff.when(A)
    backoff.forget(A)
    assert backoff.when(A) == 5_000


def test_forgetting_a_key_that_never_failed_does_nothing():
    ExponentialBackoff().forget(A)


def test_a_full_bucket_lets_100_through_at_once(bucket):
    assert {bucket.when(A) for _ in range(100)} == {0}


def test_an_empty_bucket_gives_ten_a_second(bucket):
    for _ in range(100):
        bucket.when(A)
    assert [bucket.when(A) for _ in range(3)] == [100_000, 200_000, 300_000]


def test_all_keys_share_the_bucket(bucket):
    for number in range(100):
        bucket.when(("ns", str(number)))
    assert bucket.when(A) == 100_000


def test_an_empty_bucket_fills_by_ten_a_second(bucket, clock):
    for _ in range(100):
        bucket.when(A)
    clock.advance_to(clock.micros() + SECOND)
    assert [bucket.when(A) for _ in range(11)] == [0] * 10 + [100_000]


def test_a_bucket_holds_no_more_than_100_however_long_it_rests(bucket, clock):
    clock.advance_to(clock.micros() + 3600 * SECOND)
    assert [bucket.when(A) for _ in range(101)].count(0) == 100


def test_four_hundred_failures_delay_the_next_by_about_30_seconds(bucket):
    for _ in range(400):
        bucket.when(A)
    assert bucket.when(B) == 30_100_000


def test_a_bucket_forgets_nothing(bucket):
    for _ in range(100):
        bucket.when(A)
    bucket.forget(A)
    assert bucket.when(A) == 100_000


def test_the_slowest_of_several_delays_counts():
    assert Slowest([Fixed(3), Fixed(7), Fixed(5)]).when(A) == 7


def test_every_limiter_is_told_of_a_failure():
    backoff = ExponentialBackoff()
    Slowest([Fixed(SECOND), backoff]).when(A)
    assert backoff.when(A) == 10_000


def test_every_limiter_forgets():
    limiters = [Fixed(1), Fixed(2)]
    Slowest(limiters).forget(A)
    assert [limiter.forgotten for limiter in limiters] == [[A], [A]]
