# datetime, and times as text.
import time
from datetime import date, datetime, time as clock, timedelta, timezone
d = date(2024, 2, 29)
print(d, repr(d), d + timedelta(365), d - date(2023, 3, 1), d.weekday(), d.isocalendar()[:3], d.toordinal(), date.fromordinal(738945), d.replace(year=2028), d.strftime('%A %d %B %Y %j %U %W'), date.fromisoformat('2020-01-31'), d < date(2025, 1, 1), date(2021, 1, 3).isocalendar()[1], f'{d:%y/%m/%d}', d.ctime())
for bad in ((2023, 2, 29), (0, 1, 1), (2020, 13, 1)):
    try: date(*bad)
    except ValueError as e: print(e)
t = timedelta(days=1, hours=-3, milliseconds=1500)
print(t, repr(t), t.total_seconds(), -t, t * 2, t / 2, t // timedelta(hours=1), t % timedelta(hours=1), abs(-t), timedelta(seconds=0.5) * 3, timedelta(-1, 5), bool(timedelta()), t / timedelta(days=1), timedelta(weeks=1) > t, timedelta(microseconds=5) / 2, t * 1.5)
n = datetime(2024, 3, 10, 15, 4, 5, 678)
print(n, repr(n), n + timedelta(days=30, microseconds=999322), n - datetime(2024, 1, 1), n.isoformat(timespec='minutes'), n.date(), n.time(), n.strftime('%Y-%m-%d %H:%M:%S.%f %p %I %a %b'), datetime.fromisoformat('2024-03-10T15:04:05.678+02:00'), datetime.combine(d, clock(1, 2)), n.replace(hour=0).timetuple()[:6], n == datetime(2024, 3, 10, 15, 4, 5, 678), n.ctime())
z = timezone(timedelta(hours=5, minutes=30), 'IST')
a = datetime(2024, 1, 1, 12, tzinfo=z)
print(a, repr(a), a.astimezone(timezone.utc), a.utcoffset(), a.tzname(), a == datetime(2024, 1, 1, 6, 30, tzinfo=timezone.utc), timezone.utc, timezone(-timedelta(hours=1)), a.timestamp(), datetime.fromtimestamp(0, timezone.utc), a.strftime('%z %Z'), datetime.fromtimestamp(1.5, timezone.utc))
try: a < n
except TypeError as e: print(e)
print(datetime.strptime('21/11/06 16:30', '%d/%m/%y %H:%M'), datetime.strptime('Mar 5 2021 3PM', '%b %d %Y %I%p'), datetime.strptime('2020-01-01T00:00:00.5+0100', '%Y-%m-%dT%H:%M:%S.%f%z'))
try: datetime.strptime('x', '%Y')
except ValueError as e: print(e)
print(clock(1, 2, 3, 4), clock.fromisoformat('10:20'), clock(1) < clock(2), repr(clock(5, 6)), clock(23, 59).strftime('%H-%M'))
print(time.strftime('%Y-%m-%d %H:%M:%S %a %b %j', (2024, 3, 10, 1, 2, 3, 6, 70, 0)), time.strptime('2024-12-25', '%Y-%m-%d')[:8], time.asctime((2024, 3, 10, 1, 2, 3, 6, 70, 0)), {a: 1}[a], sorted([d, date(2020, 1, 1)])[0], date.max, datetime.min)
print(time.strptime("10\u2003\u2028:20", "%H :%M")[3:5])
