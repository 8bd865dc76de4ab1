"""calendar."""
import calendar
print(calendar.isleap(2000), calendar.isleap(1900), calendar.leapdays(2000, 2025), calendar.monthrange(2024, 2), calendar.weekday(2024, 7, 4), calendar.timegm((1970, 1, 2, 0, 0, 0)), calendar.day_name[0], calendar.month_abbr[12], list(calendar.day_abbr), calendar.firstweekday(), calendar.MONDAY)
# expect: True False 7 (calendar.THURSDAY, 29) 3 86400 Monday Dec ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] 0 0
for line in calendar.month(2024, 2).rstrip().split("\n"): print(line.rstrip())
# expect:    February 2024
# expect: Mo Tu We Th Fr Sa Su
# expect:           1  2  3  4
# expect:  5  6  7  8  9 10 11
# expect: 12 13 14 15 16 17 18
# expect: 19 20 21 22 23 24 25
# expect: 26 27 28 29
print(calendar.monthcalendar(2023, 1), calendar.Calendar(6).monthdayscalendar(2024, 9)[0], list(calendar.Calendar().itermonthdays(2024, 2))[:5], calendar.TextCalendar(6).formatweekheader(2), [d.isoformat() for d in list(calendar.Calendar().itermonthdates(2024, 1))[:2]], calendar.February if hasattr(calendar, "February") else "", calendar.Month(2).name, calendar.Day.SUNDAY.value)
# expect: [[0, 0, 0, 0, 0, 0, 1], [2, 3, 4, 5, 6, 7, 8], [9, 10, 11, 12, 13, 14, 15], [16, 17, 18, 19, 20, 21, 22], [23, 24, 25, 26, 27, 28, 29], [30, 31, 0, 0, 0, 0, 0]] [1, 2, 3, 4, 5, 6, 7] [0, 0, 0, 1, 2] Su Mo Tu We Th Fr Sa ['2024-01-01', '2024-01-02'] 2 FEBRUARY 6
for call in lambda: calendar.monthrange(2024, 13), lambda: calendar.month(2024, 0), lambda: calendar.setfirstweekday(9), lambda: calendar.weekday(2023, 2, 30):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: IllegalMonthError
# expect: IllegalMonthError
# expect: IllegalWeekdayError
# expect: ValueError
