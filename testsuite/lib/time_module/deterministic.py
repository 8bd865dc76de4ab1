"""time: structures, formatting, monotonic clocks."""
import os, time
os.environ["TZ"] = "UTC"
time.tzset()
t = time.gmtime(86400 * 365)
print(t.tm_year, t.tm_yday, t[:6], tuple(t), time.strftime("%Y-%m-%d %H:%M:%S", t), time.asctime(t), time.mktime(t), time.ctime(0), time.strptime("03 Feb 2024", "%d %b %Y")[:3], time.localtime(0)[:6], time.timezone, t.tm_zone)
# expect: 1971 1 (1971, 1, 1, 0, 0, 0) (1971, 1, 1, 0, 0, 0, 4, 1, 0) 1971-01-01 00:00:00 Fri Jan  1 00:00:00 1971 31536000.0 Thu Jan  1 00:00:00 1970 (2024, 2, 3) (1970, 1, 1, 0, 0, 0) 0 GMT
print(time.monotonic() <= time.monotonic(), time.perf_counter_ns() <= time.perf_counter_ns(), time.time() > 1.7e9, time.process_time() >= 0, type(time.time_ns()).__name__, time.sleep(0), time.get_clock_info("monotonic").monotonic)
# expect: True True True True int None True
for call in lambda: time.sleep(-1), lambda: time.sleep("x"), lambda: time.gmtime("x"), lambda: time.strptime("x", "%Y"), lambda: time.mktime((1,)), lambda: time.strftime("%Y", (2024, 13, 1, 0, 0, 0, 0, 1, 0)), lambda: time.struct_time((1, 2)), lambda: time.gmtime(10 ** 20):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: ValueError
# expect: TypeError
# expect: ValueError
# expect: TypeError
# expect: OverflowError
s = time.struct_time((2024, 1, 2, 3, 4, 5, 1, 2, 0))
print(s, s.tm_hour, s[0], s == time.struct_time(tuple(s)), len(s), hash(s) == hash(tuple(s)))
# expect: time.struct_time(tm_year=2024, tm_mon=1, tm_mday=2, tm_hour=3, tm_min=4, tm_sec=5, tm_wday=1, tm_yday=2, tm_isdst=0) 3 2024 True 9 True
start = time.monotonic()
time.sleep(0.01)
print(0.009 < time.monotonic() - start < 5)  # expect: True
