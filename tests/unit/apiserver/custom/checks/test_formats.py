import pytest

from pytest_kbevents.apiserver.custom.checks import formats


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("date", "2024-02-29"),
        ("date-time", "2024-02-29T12:00:00Z"),
        ("datetime", "2024-02-29t12:00:00.5+02:00"),
        ("duration", "1h30m"),
        ("duration", "3 days"),
        ("email", "a@b.example"),
        ("hostname", "a.example"),
        ("ipv4", "1.2.3.4"),
        ("ipv6", "::1"),
        ("cidr", "10.0.0.0/8"),
        ("mac", "01:02:03:04:05:06"),
        ("uri", "https://a.example/b"),
        ("uuid", "123e4567-e89b-12d3-a456-426614174000"),
        ("byte", "aGk="),
        ("k8s-short-name", "a-b"),
        ("k8s-long-name", "a.b-c"),
    ],
)
def test_a_text_is_of_its_format(form, text):
    assert formats.fits(form, text)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("date", "2023-02-29"),
        ("date-time", "2024-02-29"),
        ("date-time", "2024-02-29T24:00:00Z"),
        ("duration", "soon"),
        ("email", "a"),
        ("ipv4", "1.2.3"),
        ("ipv6", "1.2.3.4"),
        ("cidr", "10.0.0.0"),
        ("uuid", "123"),
        ("byte", "a"),
        ("k8s-short-name", "A"),
        ("k8s-short-name", "a.b"),
        ("k8s-long-name", "a..b"),
    ],
)
def test_a_text_is_not_of_a_format(form, text):
    assert not formats.fits(form, text)


@pytest.mark.parametrize("form", ["nonsense", "int32", ""])
def test_of_other_formats_nothing_is_known(form):
    assert not formats.known(form)
