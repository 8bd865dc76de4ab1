"""What `datetime` takes from native code: the library's own Python, where CPython's C answers otherwise, corrected."""
import _pydatetime
from _pydatetime import date, datetime, time, timedelta, timezone, tzinfo, MINYEAR, MAXYEAR, UTC

__doc__ = _pydatetime.__doc__

_IsoCalendarDate = _pydatetime._IsoCalendarDate
_find_separator = _pydatetime._find_isoformat_datetime_separator


def _iso_calendar_repr(self):
    return f"{type(self).__module__}.{type(self).__name__}(year={self[0]}, week={self[1]}, weekday={self[2]})"


def _find_separator_before_time(text):
    at = _find_separator(text)
    if at == len(text) - 1:
        raise ValueError("no time behind the separator")
    return at


_IsoCalendarDate.__module__ = "datetime"
_IsoCalendarDate.__repr__ = _iso_calendar_repr
_pydatetime._find_isoformat_datetime_separator = _find_separator_before_time
