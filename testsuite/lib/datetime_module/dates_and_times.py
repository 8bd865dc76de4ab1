"""date, time, datetime."""
from datetime import *
d = date(2024, 2, 29)
print(d, repr(d), d.year, d.weekday(), d.isoweekday(), d.isocalendar(), d.toordinal(), d.timetuple().tm_yday, d.replace(day=1), d + timedelta(1), d - date(2024, 1, 1), d < date(2024, 3, 1), date.fromordinal(1), date.fromisoformat("2024-12-25"), date.min, date.max, d.ctime(), f"{d:%d/%m/%y}", d.strftime("%A %j %B"), date.fromisocalendar(2024, 9, 4), hash(d) == hash(date(2024, 2, 29)))
# expect: 2024-02-29 datetime.date(2024, 2, 29) 2024 3 4 datetime.IsoCalendarDate(year=2024, week=9, weekday=4) 738945 60 2024-02-01 2024-03-01 59 days, 0:00:00 True 0001-01-01 2024-12-25 0001-01-01 9999-12-31 Thu Feb 29 00:00:00 2024 29/02/24 Thursday 060 February 2024-02-29 True
t = time(13, 5, 9, 120)
print(t, repr(t), t.isoformat("minutes"), t.replace(hour=1), time.fromisoformat("04:05:06.5"), time(1) < time(2), t.strftime("%I:%M %p"), time.min, bool(time(0)))
# expect: 13:05:09.000120 datetime.time(13, 5, 9, 120) 13:05 01:05:09.000120 04:05:06.500000 True 01:05 PM 00:00:00 True
x = datetime(2023, 12, 31, 23, 59, 59, 999999)
print(x, repr(x), x + timedelta(microseconds=1), x.date(), x.time(), x.isoformat(" ", "seconds"), datetime.combine(d, t), datetime.strptime("5 Mar 2021 07:08", "%d %b %Y %H:%M"), datetime.fromisoformat("2020-01-02T03:04:05+02:00"), x - datetime(2023, 1, 1), x.strftime("%Y-%m-%dT%H:%M:%S.%f %%"), datetime(2024, 1, 1).timestamp() is not None)
# expect: 2023-12-31 23:59:59.999999 datetime.datetime(2023, 12, 31, 23, 59, 59, 999999) 2024-01-01 00:00:00 2023-12-31 23:59:59.999999 2023-12-31 23:59:59 2024-02-29 13:05:09.000120 2021-03-05 07:08:00 2020-01-02 03:04:05+02:00 364 days, 23:59:59.999999 2023-12-31T23:59:59.999999 % True
z = datetime(2024, 5, 6, 7, 8, tzinfo=timezone.utc)
e = z.astimezone(timezone(timedelta(hours=5, minutes=30), "IST"))
print(z, e, z == e, e.utcoffset(), e.tzname(), z.timestamp(), datetime.fromtimestamp(0, timezone.utc), timezone.utc, timezone(timedelta(hours=-3)), z.isoformat(), e - z, z.strftime("%z %Z"), repr(timezone.utc), z.replace(tzinfo=None))
# expect: 2024-05-06 07:08:00+00:00 2024-05-06 12:38:00+05:30 True 5:30:00 IST 1714979280.0 1970-01-01 00:00:00+00:00 UTC UTC-03:00 2024-05-06T07:08:00+00:00 0:00:00 +0000 UTC datetime.timezone.utc 2024-05-06 07:08:00
for call in lambda: date(2023, 2, 29), lambda: date(0, 1, 1), lambda: time(24), lambda: date("x"), lambda: datetime(2024, 13, 1), lambda: z < x, lambda: z - x, lambda: d + 1, lambda: date.fromisoformat("2024-1-1"), lambda: datetime.strptime("x", "%Y"), lambda: date.max + timedelta(1), lambda: timezone(timedelta(hours=25)), lambda: d < 5, lambda: d.replace(month=13), lambda: datetime.strptime("2024 x", "%Y"):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: TypeError
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: ValueError
# expect: ValueError
# expect: OverflowError
# expect: ValueError
# expect: TypeError
# expect: ValueError
# expect: ValueError
print(z == x, d == x, isinstance(x, date), d == date(2024, 2, 29), [d.replace(year=y).isoformat() for y in (2020, 2028)], max(date(2020, 1, 1), d))
# expect: False False True True ['2020-02-29', '2028-02-29'] 2024-02-29
