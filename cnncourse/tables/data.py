"""A profile for other programs: as CSV and as JSON, with the reason for what is unknown."""

import csv as csv_module
import json as json_module
from fractions import Fraction
from io import StringIO
from typing import Any

from cnncourse.tables.profile.rows import PerAxis, Profile, ProfileRow, shown
from cnncourse.tables.profile.unknown import Amount, Unknown


def csv(profile: Profile) -> str:
    """A line for each layer; the axes' values are separated by ×, those of several uses by ;."""
    written = StringIO()
    writer = csv_module.writer(written, lineterminator="\n")
    lines = [_line(row) for row in profile.rows]
    writer.writerow(lines[0])
    writer.writerows(line.values() for line in lines)
    return written.getvalue().removesuffix("\n")


def _line(row: ProfileRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "type": row.layer_type,
        "output_shape": row.output_shape,
        "params": row.params,
        **row.costs,
        **{name: shown(values) for name, values in row.seen.items()},
        "unknown_because": "; ".join(dict.fromkeys(row.reasons.values())),
    }


def json(profile: Profile) -> str:
    """An object with the layers as a list, and the totals."""
    layers = [
        {
            "name": row.name,
            "type": row.layer_type,
            "output_shape": row.output_shape,
            "params": row.params,
            **{name: _number(cost) for name, cost in row.costs.items()},
            **{name: _values(values) for name, values in row.seen.items()},
            "unknown_because": row.reasons,
        }
        for row in profile.rows
    ]
    params = {f"{name.lower()}_params": w.params for name, w in profile.totals.items()}
    costs = {"macs": _number(profile.macs), "activation_bytes": _number(profile.memory)}
    content = {"name": profile.name, "layers": layers, "totals": params | costs}
    return json_module.dumps(content, indent=2, ensure_ascii=False)


def _number(amount: Amount) -> int | None:
    return None if isinstance(amount, Unknown) else amount


def _values(values: list[PerAxis | Unknown]) -> Any:
    """One value for each axis; a list of such where uses differ."""
    written = [
        None if isinstance(value, Unknown) else [_plain(axis) for axis in value] for value in values
    ]
    return written[0] if len(written) == 1 else written


def _plain(value: int | Fraction | str | None) -> int | float | str | None:
    if not isinstance(value, Fraction):
        return value
    return int(value) if value.denominator == 1 else float(value)
