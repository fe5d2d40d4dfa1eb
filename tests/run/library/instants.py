# datetime whole: folds, zones, pickles, ISO texts, subclasses, what compares; time's texts; zoneinfo's rules.
import copy, pickle, time
from datetime import MAXYEAR, MINYEAR, date, datetime, time as clock, timedelta, timezone, tzinfo

class Summer(tzinfo):
    """One hour ahead, two from April to October."""
    def utcoffset(self, when):
        return timedelta(hours=1) + self.dst(when)
    def dst(self, when):
        return timedelta(hours=1) if when is not None and 4 <= when.month < 10 else timedelta(0)
    def tzname(self, when):
        return "S"
    def __reduce__(self):
        return Summer, ()

zone = Summer()
moments = [datetime(2024, 2, 29, 12, 30, 1, 5, zone), datetime(2024, 7, 1, tzinfo=zone, fold=1), datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999, timezone(timedelta(hours=-5, minutes=-30), "X"))]
for moment in moments:
    for protocol in range(6):
        back = pickle.loads(pickle.dumps(moment, protocol))
        assert back == moment and back.tzname() == moment.tzname()
    print(repr(moment).replace(repr(zone), "zone"), moment.isoformat(), moment.utcoffset(), moment.dst() if moment.tzinfo is zone else None, copy.copy(moment) == moment)
print(pickle.loads(pickle.dumps(moments[1], 4)).fold, pickle.loads(pickle.dumps(moments[1], 2)).fold, pickle.dumps(date(2020, 1, 2), 2) == pickle.dumps(date(2020, 1, 2), 2))
for value in (timedelta(1, 2, 3), date(2000, 1, 1), clock(1, 2, 3, 4), clock(5, tzinfo=timezone.utc), timezone.utc, timezone(timedelta(hours=2))):
    print(value, repr(value), pickle.loads(pickle.dumps(value)) == value, hash(value) == hash(copy.deepcopy(value)))
for text in ("2020-01-02", "20200102", "2020-W01-4", "2020W014", "2020-W01", "2020-01-02T03", "2020-01-02 03:04:05.678", "20200102T030405,1234567", "2020-01-02T03:04Z", "2020-01-02T03:04:05+01:30:15.000001", "2020-W53-5T00:00-0800", "2020-1-2", "2020-01-02T", "2020-13-01", "2020-W54", "2020-01-02T24:00", "2020-01-02T03:04:5", "20200102T0304:05"):
    try:
        print(text, repr(datetime.fromisoformat(text)))
    except ValueError as error:
        print(error)
print(clock.fromisoformat("T01:02"), clock.fromisoformat("010203.5+0100"), date.fromisoformat("2021W537") if False else date.fromisocalendar(2021, 1, 7), date(2021, 1, 3).isocalendar(), repr(date(2024, 12, 30).isocalendar()))
print(timedelta(days=1.5, seconds=.000001), timedelta(1) / 3, timedelta(1) // 7, timedelta(1) % timedelta(hours=7), divmod(timedelta(-1), timedelta(hours=7)), -timedelta(1, 1), timedelta(1) * 1.5, timedelta(hours=1) / timedelta(minutes=7), timedelta.max, timedelta.min, timedelta(microseconds=.5), timedelta(microseconds=1.5))
print(datetime(2020, 1, 31) + timedelta(30), datetime(2020, 3, 1) - datetime(2019, 3, 1), date(2020, 3, 1) - timedelta(1), datetime(2020, 1, 1, tzinfo=zone) - datetime(2020, 1, 1, tzinfo=timezone.utc), moments[1].astimezone(timezone.utc), datetime(2020, 7, 1, 12, tzinfo=timezone.utc).astimezone(zone))
print(datetime(2020, 1, 1) == date(2020, 1, 1), datetime(2020, 1, 1) == datetime(2020, 1, 1, tzinfo=zone), clock(1) < clock(2), clock(1, tzinfo=zone) == clock(0, tzinfo=timezone.utc), datetime(2020, 1, 1, 1, tzinfo=zone) == datetime(2020, 1, 1, tzinfo=timezone.utc), hash(datetime(2020, 1, 1, 1, tzinfo=zone)) == hash(datetime(2020, 1, 1, tzinfo=timezone.utc)))
for wrong in (lambda: datetime(2020, 1, 1) < date(2020, 1, 1), lambda: datetime(2020, 1, 1) < datetime(2020, 1, 1, tzinfo=zone), lambda: date(2020, 2, 30), lambda: date(0, 1, 1), lambda: clock(24), lambda: timedelta(10 ** 10), lambda: datetime.max + timedelta(1), lambda: date.min - timedelta(1), lambda: timezone(timedelta(1)), lambda: datetime(2020, 1, 1, fold=2), lambda: date(2020, 1, 1.5), lambda: datetime(2020, 1, 1, tzinfo=5), lambda: date.fromisocalendar(2021, 53, 1), lambda: timedelta("1"), lambda: setattr(date(2020, 1, 1), "year", 5), lambda: date.today() < 5):
    try:
        print(wrong())
    except (TypeError, ValueError, OverflowError, AttributeError) as error:
        print(type(error).__name__)

class Day(date):
    def __new__(cls, *args, note="n"):
        self = super().__new__(cls, *args)
        self.note = note
        return self

class Instant(datetime):
    pass

print(type(Day(2020, 1, 1) + timedelta(1)).__name__, type(Instant(2020, 1, 1) + timedelta(1)).__name__, type(Instant.fromisoformat("2020-01-01")).__name__, Day(2020, 1, 1).replace(year=2021).year, Instant(2020, 1, 1, tzinfo=timezone.utc).astimezone(zone).__class__.__name__, Day.fromordinal(730000))
print(datetime(2020, 2, 3, 4, 5, 6, 7, zone).strftime("%Y|%m|%d|%H|%M|%S|%f|%z|%Z|%j|%a|%A|%b|%B|%p|%I|%y|%U|%W|%w|%u|%V|%G|%%|%c|%x|%X"), f"{date(2020, 1, 2):%d.%m.%y}", clock(1, 2).strftime("%H-%M"), date(2020, 1, 2).ctime(), datetime(2020, 7, 1, tzinfo=zone).timetuple()[8], datetime(2020, 7, 1, tzinfo=zone).utctimetuple()[:5])
for text, format in (("2020-02-03 04:05:06.5 +0130", "%Y-%m-%d %H:%M:%S.%f %z"), ("3 feb 99", "%d %b %y"), ("Mon 2020 6", "%a %Y %W"), ("2020 053", "%Y %j"), ("2015 2 1", "%G %V %u"), ("12:00 AM", "%I:%M %p"), ("UTC 5", "%Z %H")):
    print(repr(datetime.strptime(text, format)))
for text, format in (("2020", "%Y-%m"), ("2020x", "%Y"), ("x", "%q"), ("2020 5", "%Y %V"), ("31", "%")):
    try:
        print(datetime.strptime(text, format))
    except ValueError as error:
        print(error)
print(time.strptime("5 Jul 2021 10:11:12", "%d %b %Y %H:%M:%S")[:8], time.gmtime(1e9)[:9], time.strftime("%Y-%m-%d %H:%M", time.gmtime(0)), time.asctime(time.gmtime(86400)), time.gmtime(0).tm_year, time.gmtime(0).tm_zone, repr(time.gmtime(3)))
print(datetime.fromtimestamp(0, timezone.utc), datetime.fromtimestamp(-1.5, timezone.utc), datetime(2020, 1, 1, tzinfo=timezone.utc).timestamp(), datetime.fromtimestamp(1e9 + .0000005, timezone.utc).microsecond, datetime.combine(date(2020, 1, 1), clock(1, tzinfo=zone)).hour, (MINYEAR, MAXYEAR), datetime.min, datetime.max, date.resolution, datetime.fromtimestamp(5).timestamp())
print(datetime(2020, 1, 1).isoformat(" ", "minutes"), clock(1, 2, 3, 4567).isoformat("milliseconds"), datetime(2020, 1, 1, 5).isoformat(timespec="hours"))
