"""A table as Parquet, for whoever works it out by program: typed columns, by the kinds they declare."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO

import pyarrow as pa
from pyarrow import parquet

from scoring.spreadsheets.tables import CellValue, Kind, Table

_TYPES: Mapping[Kind, pa.DataType] = {
    "text": pa.string(),
    "count": pa.int64(),
    "number": pa.float64(),
    "percent": pa.float64(),
    "truth": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="Asia/Shanghai"),
}


def table_parquet(table: Table) -> bytes:
    """The same table gives the same bytes; what is said about it stands in the file's metadata."""
    columns = table.typed
    arrays = [
        pa.array([_value(row[place], column.kind) for row in table.rows], _TYPES[column.kind])
        for place, column in enumerate(columns)
    ]
    said = {name: "" if value is None else str(value) for name, value in table.about}
    schema = pa.schema(
        [pa.field(column.heading, _TYPES[column.kind], metadata={"means": column.means}) for column in columns], said
    )
    written = BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), written)
    return written.getvalue()


def _value(value: CellValue, kind: Kind) -> object:
    if value is None or value == "":
        return None
    return float(value) if kind in {"number", "percent"} and isinstance(value, int | Decimal) else value
