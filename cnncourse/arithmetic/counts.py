"""The refusal of counts that are too small, in the same words everywhere."""


def require(minimum: int, **counts: int) -> None:
    """Refuse a count below `minimum`.

    Raises:
        ValueError: it names the count, and what it must be.
    """
    for name, count in counts.items():
        if count < minimum:
            raise ValueError(f"{name} is {count}; it must be at least {minimum}")
