"""What a student and an instructor look at.

`pages` writes HTML files and needs Jinja2, which only instructors install; `cards` (a verdict in a
notebook), `terminal` (verdicts as a table), `panels` and `figures` (an answer beside the right one)
do without. So this package imports none of them by itself.
"""
