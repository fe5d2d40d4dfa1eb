# Dates and times made, moved, compared, written and read.
from datetime import date, datetime, timedelta, timezone

start, step = datetime(2020, 1, 1, 12, 30), timedelta(hours=7, seconds=3)
zone, seen, size = timezone(timedelta(hours=2)), set(), 0
for i in range(4000):
    moment = start + step * i
    seen.add(moment.date())
    size += len(moment.isoformat()) + moment.weekday()
    if datetime.fromisoformat(moment.isoformat()) != moment or moment < start:
        print(moment)
    size += (moment.replace(tzinfo=timezone.utc).astimezone(zone) - datetime(2000, 1, 1, tzinfo=zone)).days
    size += date(2000 + i % 30, 1 + i % 12, 1 + i % 28).toordinal() + len(moment.strftime("%Y-%m-%d"))
print(size, len(seen))
