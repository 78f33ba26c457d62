"""Solution regions: the lines between `### BEGIN SOLUTION` and `### END SOLUTION`.

nbgrader removes them from the release. It looks for the two phrases anywhere in a line; so does
this module.
"""

from autograder.authoring.errors import BuildError

BEGIN, END = "BEGIN SOLUTION", "END SOLUTION"


def has_region(source: str) -> bool:
    """Whether a cell mentions a solution region, a complete one or not."""
    return BEGIN in source or END in source


def split(source: str) -> tuple[list[str], list[list[str]]]:
    """A cell's lines outside of its regions, and the lines of each region.

    Raises:
        BuildError: a region is nested, is never closed, or was never opened.
    """
    outside: list[str] = []
    regions: list[list[str]] = []
    inside = False
    for line in source.split("\n"):
        if BEGIN in line or END in line:
            if inside == (BEGIN in line):
                raise BuildError(f"{line.strip()!r} has no partner; regions cannot be nested")
            inside = not inside
            if inside:
                regions.append([])
        else:
            (regions[-1] if inside else outside).append(line)
    if inside:
        raise BuildError(f"a region is not closed; it ends with '### {END}'")
    return outside, regions
