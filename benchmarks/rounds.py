"""How often a benchmark measures; ``ROUNDS=1`` in the environment is for seeing that it runs, not for its figures."""

import os


def rounds(usually: int) -> int:
    """As often as usual, unless the environment says otherwise."""
    return int(os.environ.get("ROUNDS", usually))
