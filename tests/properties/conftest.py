"""Properties: what holds for whatever comes."""


def pytest_addoption(parser):
    """How many seeds the invariants of ``fixed`` are tried on."""
    parser.addoption("--seeds", type=int, default=5, help="seeds of a simulated world to try; CI tries 1000")
