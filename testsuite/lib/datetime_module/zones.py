"""tzinfo subclasses, zoneinfo-free arithmetic across offsets, fold."""
from datetime import *
class Fixed(tzinfo):
    def __init__(self, h, name): self.h, self.n = h, name
    def utcoffset(self, dt): return timedelta(hours=self.h)
    def dst(self, dt): return timedelta(hours=1) if dt and 3 < dt.month < 11 else timedelta(0)
    def tzname(self, dt): return self.n
    def __repr__(self): return f"Fixed({self.h})"
a = datetime(2024, 7, 1, 12, tzinfo=Fixed(2, "CEST"))
b = datetime(2024, 7, 1, 10, tzinfo=timezone.utc)
print(a == b, a - b, a.dst(), a.tzname(), a.astimezone(timezone.utc), a.isoformat(), f"{a:%H:%M %Z %z}", repr(a), hash(a) == hash(b), a < b + timedelta(seconds=1))
# expect: True 0:00:00 1:00:00 CEST 2024-07-01 10:00:00+00:00 2024-07-01T12:00:00+02:00 12:00 CEST +0200 datetime.datetime(2024, 7, 1, 12, 0, tzinfo=Fixed(2)) True True
print(a.replace(tzinfo=None) == datetime(2024, 7, 1, 12), a.timetz(), a.utctimetuple().tm_hour, a.timetuple().tm_isdst, datetime(2024, 1, 1, fold=1), datetime(2024, 1, 1, fold=1).fold, datetime(2024, 1, 1, fold=1) == datetime(2024, 1, 1))
# expect: True 12:00:00+02:00 10 1 2024-01-01 00:00:00 1 True
print(timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(seconds=1)), timezone.utc.utcoffset(None), timezone(timedelta(0)) == timezone.utc, time(1, tzinfo=timezone.utc).isoformat())
# expect: UTC+05:45 UTC+00:00:01 0:00:00 True 01:00:00+00:00
print([datetime.fromisoformat(s).isoformat() for s in ("2024-01-02", "20240102T030405", "2024-01-02 03:04Z", "2024-W01-2", "2024-01-02T03:04:05.123456-05:30")])
# expect: ['2024-01-02T00:00:00', '2024-01-02T03:04:05', '2024-01-02T03:04:00+00:00', '2024-01-02T00:00:00', '2024-01-02T03:04:05.123456-05:30']
for bad in "2024-13-01", "2024-01-02T25:00", "", "x", "2024-01-02T", "2024-01-02T01:02:03+25:00":
    try:
        datetime.fromisoformat(bad)
        print("ok", bad)
    except ValueError:
        print("ValueError", repr(bad))
# expect: ValueError '2024-13-01'
# expect: ValueError '2024-01-02T25:00'
# expect: ValueError ''
# expect: ValueError 'x'
# expect: ValueError '2024-01-02T'
# expect: ValueError '2024-01-02T01:02:03+25:00'
class Bad(tzinfo): pass
for call in lambda: datetime(2024, 1, 1, tzinfo=Bad()).utcoffset(), lambda: datetime(2024, 1, 1, tzinfo=5), lambda: timezone("x"), lambda: timezone(timedelta(1)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__)
# expect: NotImplementedError
# expect: TypeError
# expect: TypeError
# expect: ValueError
d = date(2024, 1, 31)
def add_months(d, n):
    y, m = divmod(d.year * 12 + d.month - 1 + n, 12)
    for day in (d.day, 30, 29, 28):
        try: return date(y, m + 1, day)
        except ValueError: pass
print([add_months(d, n).isoformat() for n in (1, 2, 13, -2)], [(date(2024, 1, 1) + timedelta(i)).strftime("%a") for i in range(7)], sum(1 for i in range(366) if (date(2024, 1, 1) + timedelta(i)).weekday() == 4 and (date(2024, 1, 1) + timedelta(i)).day == 13))
# expect: ['2024-02-29', '2024-03-31', '2025-02-28', '2023-11-30'] ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] 2
