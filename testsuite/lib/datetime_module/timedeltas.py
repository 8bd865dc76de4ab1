"""timedelta arithmetic."""
from datetime import timedelta as T
print(T(1), T(hours=25), T(minutes=-1), T(seconds=0.5), T(days=1, microseconds=-1), T(weeks=1), repr(T(1, 2, 3)), repr(T()), T(milliseconds=1500), T(microseconds=0.6), str(T(days=-1, hours=5)))
# expect: 1 day, 0:00:00 1 day, 1:00:00 -1 day, 23:59:00 0:00:00.500000 23:59:59.999999 7 days, 0:00:00 datetime.timedelta(days=1, seconds=2, microseconds=3) datetime.timedelta(0) 0:00:01.500000 0:00:00.000001 -1 day, 5:00:00
a, b = T(hours=1), T(minutes=25)
print(a + b, a - b, b - a, -a, abs(-a), a * 3, a * 1.5, 2 * b, a / b, a // b, a % b, divmod(a, b), a / 2, a // 7, a > b, a == T(seconds=3600), bool(T()), a.total_seconds(), b.seconds, (b - a).days, hash(a) == hash(T(minutes=60)), sum([a, b], T()), T.max, T.min, T.resolution, max(a, b), round(T(seconds=1.5).total_seconds()))
# expect: 1:25:00 0:35:00 -1 day, 23:25:00 -1 day, 23:00:00 1:00:00 3:00:00 1:30:00 0:50:00 2.4 2 0:10:00 (2, datetime.timedelta(seconds=600)) 0:30:00 0:08:34.285714 True True False 3600.0 1500 -1 True 1:25:00 999999999 days, 23:59:59.999999 -999999999 days, 0:00:00 0:00:00.000001 1:00:00 2
for call in lambda: T(days=10 ** 10), lambda: a / 0, lambda: a // 0.5, lambda: a * "x", lambda: a + 5, lambda: a < 5, lambda: T("1"), lambda: T.max + T(1), lambda: a % 0, lambda: T(nope=1):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: OverflowError
# expect: ZeroDivisionError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: OverflowError
# expect: TypeError
# expect: TypeError
print(T(seconds=1) == 1, T(0) == T(days=0), T(days=1.5), T(hours=1.1), T(0.000001), [str(T(seconds=s)) for s in (0, 59, 3600, 86399, 86400, -1)])
# expect: False True 1 day, 12:00:00 1:06:00 0:00:00.086400 ['0:00:00', '0:00:59', '1:00:00', '23:59:59', '1 day, 0:00:00', '-1 day, 23:59:59']
def human(t):
    m, s = divmod(int(t.total_seconds()), 60)
    h, m = divmod(m, 60)
    return f"{h}h{m:02}m{s:02}s"
print(human(T(days=1, seconds=5)), human(a + b))  # expect: 24h00m05s 1h25m00s
