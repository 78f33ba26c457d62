"""What can be wrong with what an author wrote."""


class BuildError(Exception):
    """An assignment that cannot be built, in one line with what to do."""
