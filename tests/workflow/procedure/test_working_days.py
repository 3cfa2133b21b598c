"""补正期限 in working days: over holidays, days worked instead, and years nobody has arranged yet."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.procedure.working_days import is_worked, untabled, working_day_after, working_days_until

# 国办发明电〔2017〕12号: 国庆节 10月1日至7日放假，9月29日、30日上班；中秋节 9月24日放假。
# 国办发明电〔2025〕7号: 国庆节、中秋节 10月1日至7日放假，9月20日、10月10日上班。
DAYS = [
    (date(2018, 7, 2), 1, date(2018, 7, 3)),
    (date(2018, 7, 6), 1, date(2018, 7, 9)),  # over a weekend
    (date(2018, 9, 28), 1, date(2018, 9, 29)),  # a Saturday worked instead
    (date(2018, 9, 30), 1, date(2018, 10, 8)),  # over 国庆节
    (date(2018, 9, 21), 1, date(2018, 9, 25)),  # over 中秋节
    (date(2026, 9, 30), 3, date(2026, 10, 10)),  # the Saturday after 国庆节 is worked
    (date(2099, 10, 1), 1, date(2099, 10, 2)),  # no table: weekends alone
    (date(2099, 10, 2), 1, date(2099, 10, 5)),
    (date(2018, 7, 2), 0, date(2018, 7, 2)),
]


@pytest.mark.parametrize(("day", "count", "last"), DAYS)
def test_the_last_working_day_and_back(day: date, count: int, last: date) -> None:
    assert working_day_after(day, count) == last
    assert working_days_until(day, last) == count
    assert is_worked(last) or not count


def test_a_year_without_a_table_is_named() -> None:
    assert untabled(date(2018, 9, 1), date(2018, 12, 1)) == ()
    assert untabled(date(2098, 12, 20), date(2099, 1, 10)) == (2098, 2099)
    assert working_days_until(date(2018, 7, 3), date(2018, 7, 2)) == 0
