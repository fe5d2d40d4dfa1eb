# datetime: what is computed natively is what is computed in Python, for classes of programs and zones of programs, too.
import random
from datetime import date, datetime, time, timedelta, timezone, tzinfo
r = random.Random(1)
def moment():
    return datetime(r.randint(1, 9999), r.randint(1, 12), r.randint(1, 28), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59), r.choice([0, 5, r.randint(0, 999999)]))
class Moment(datetime): pass
class Day(date): pass
class Clock(time): pass
class Span(timedelta): pass
class Zone(tzinfo):
    def utcoffset(self, about): return timedelta(hours=1)
    def dst(self, about): return timedelta(0)
    def tzname(self, about): return 'Zone'
def told(answer):
    try: return answer()
    except Exception as e: return type(e).__name__
for _ in range(60):
    a, b = moment(), moment()
    span = timedelta(r.randint(-5000, 5000), r.randint(-90000, 90000), r.randint(-10**7, 10**7))
    print(told(lambda: a + span), told(lambda: a.date() - span), a - b, (a < b, a == b, a >= b, a.date() < b.date(), a.time() < b.time()), a.isoformat(), a.weekday(), a.isoweekday(), *a.isocalendar())
    print(span, span.days, span.seconds, span.microseconds, span.total_seconds(), span // 7, span // timedelta(0, 3, 1), span / timedelta(1), -span, abs(span), span * 3, span // -7)
    x, y = a.replace(tzinfo=timezone(timedelta(minutes=r.randint(-1000, 1000)))), b.replace(tzinfo=timezone.utc)
    print(x.isoformat(), x.utcoffset(), x < y, x - y, x.date(), x.timetz(), told(lambda: x.astimezone(timezone.utc)), a.replace(day=3, hour=5).isoformat(' '))
    mine, same = Moment(a.year, a.month, a.day, a.hour, a.minute, a.second, a.microsecond), datetime.fromisoformat(x.isoformat())
    for one, other in ((mine, a), (same, x), (Day(a.year, a.month, a.day), a.date()), (Span(span.days, span.seconds, span.microseconds), span), (date.fromordinal(a.toordinal()), a.date()), (Clock.fromisoformat(a.time().isoformat()), a.time()), (x.replace(tzinfo=Zone()), a.replace(tzinfo=timezone(timedelta(hours=1))))):
        if not (one == other and hash(one) == hash(other)): print('not the same', one, other)
    if told(lambda: mine + span) != told(lambda: a + span) or (mine < b) != (a < b) or mine.toordinal() != a.toordinal(): print('not the same', a, span)
one = Moment(2020, 1, 31)
print([type(it).__name__ for it in (one + timedelta(1), one - timedelta(1), one.replace(day=5), Moment.fromisoformat('2020-01-01'), Day(2020, 1, 1) + timedelta(1), Day.fromordinal(5), Span(1) + Span(1), one.date(), one.time(), Moment.now(), Day.today(), Clock.fromisoformat('01:02:03'))])
for text in ('2020-01-02', '2020-01-02T03', '2020-01-02T03:04:05.123+05:30', '2020-01-02T03:04:05Z', '2020-01-02 03:04:05.000001-00:00', '20200102', '2020-W01-1', '2020-02-30', '2020-01-02T03:04:05+24:00', '2020-01-02T03:04:05+01:60', '2020-01-02T', '2020-1-2', 'x', '', '\u0662\u0660\u0662\u0660-01-02'):
    print(text, told(lambda: repr(datetime.fromisoformat(text))), told(lambda: repr(date.fromisoformat(text))), told(lambda: repr(time.fromisoformat(text[11:]))))
for wrong in (lambda: date(2020, 2, 30), lambda: date(0, 1, 1), lambda: datetime(2020, 13, 1), lambda: datetime(2020, 1, 1, 24), lambda: time(5, 60), lambda: datetime(2020, 1, 1) < datetime(2020, 1, 1, tzinfo=timezone.utc),
              lambda: date.max + timedelta(1), lambda: datetime.max + timedelta(1), lambda: date.min - timedelta(1), lambda: date.fromisoformat('x'), lambda: datetime.fromisoformat(5)):
    try: print(wrong())
    except Exception as e: print(type(e).__name__, e)
for right in (lambda: datetime(year=2020, month=1, day=2, fold=1), lambda: timedelta(days=1.5, hours=2.25, weeks=1), lambda: timedelta(10**8, 5), lambda: timedelta(10**8) + timedelta(10**8), lambda: timedelta(10**8) < timedelta.max, lambda: 5 * timedelta(1),
              lambda: timedelta(1) * 1.5, lambda: divmod(timedelta(1), timedelta(0, 7)), lambda: timedelta(1) % timedelta(0, 7), lambda: bool(timedelta(0)), lambda: datetime(2020, 1, 1).isoformat(timespec='hours'), lambda: datetime(2020, 1, 1) == date(2020, 1, 1),
              lambda: timedelta(1) + date(2020, 1, 1), lambda: datetime(2020, 1, 1, tzinfo=timezone(timedelta(0, 5))).isoformat(), lambda: str(time(1, 2, tzinfo=timezone.utc)), lambda: time(1, 2, 3).replace(minute=30, fold=1), lambda: date.__new__(Day, 2020, 1, 1),
              lambda: (datetime(2020, 1, 1, tzinfo=Zone()) - datetime(2020, 1, 1, tzinfo=timezone.utc)), lambda: datetime(2020, 1, 1, tzinfo=Zone()).astimezone(timezone.utc), lambda: datetime(2020, 1, 1, tzinfo=Zone()).isoformat(),
              lambda: (timedelta(1) == 1, date(2020, 1, 1) == 1, time(1) == 1), lambda: sorted([date(2020, 1, 2), date(2019, 5, 5)]), lambda: {datetime(2020, 1, 1): 1}[Moment(2020, 1, 1)]): print(repr(right()))
