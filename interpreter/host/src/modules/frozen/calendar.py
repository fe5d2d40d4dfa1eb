"""Months and weeks: numbers, and as text."""

import datetime
from enum import IntEnum, global_enum

__all__ = [
    "APRIL", "AUGUST", "Calendar", "DECEMBER", "Day", "FEBRUARY", "FRIDAY", "HTMLCalendar", "IllegalMonthError", "IllegalWeekdayError", "JANUARY",
    "JULY", "JUNE", "LocaleHTMLCalendar", "LocaleTextCalendar", "MARCH", "MAY", "MONDAY", "Month", "NOVEMBER", "OCTOBER", "SATURDAY", "SEPTEMBER",
    "SUNDAY", "THURSDAY", "TUESDAY", "TextCalendar", "WEDNESDAY", "calendar", "day_abbr", "day_name", "firstweekday", "isleap", "leapdays", "month",
    "month_abbr", "month_name", "monthcalendar", "monthrange", "prcal", "prmonth", "setfirstweekday", "timegm", "weekday", "weekheader",
]

January, February, March, April, May, June, July, August, September, October, November, December = range(1, 13)
Month = global_enum(IntEnum("Month", "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER", module=__name__))
Day = global_enum(IntEnum("Day", "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY", module=__name__, start=0))
day_name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
day_abbr = [name[:3] for name in day_name]
month_name = ["", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
month_abbr = [name[:3] for name in month_name]
mdays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


class IllegalMonthError(ValueError):
    def __init__(self, month):
        self.month = month

    def __str__(self):
        return "bad month number %r; must be 1-12" % self.month


class IllegalWeekdayError(ValueError):
    def __init__(self, weekday):
        self.weekday = weekday

    def __str__(self):
        return "bad weekday number %r; must be 0 (Monday) to 6 (Sunday)" % self.weekday


def isleap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def leapdays(y1, y2):
    y1, y2 = y1 - 1, y2 - 1
    return (y2 // 4 - y1 // 4) - (y2 // 100 - y1 // 100) + (y2 // 400 - y1 // 400)


def weekday(year, month, day):
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        year = 2000 + year % 400
    return datetime.date(year, month, day).weekday()


def monthrange(year, month):
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    return weekday(year, month, 1), mdays[month] + (month == February and isleap(year))


class Calendar:
    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    @property
    def firstweekday(self):
        return self._first % 7

    @firstweekday.setter
    def firstweekday(self, firstweekday):
        self._first = firstweekday

    def getfirstweekday(self):
        return self.firstweekday

    def setfirstweekday(self, firstweekday):
        self.firstweekday = firstweekday

    def iterweekdays(self):
        for day in range(7):
            yield (self.firstweekday + day) % 7

    def itermonthdays3(self, year, month):
        first, count = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        after = (self.firstweekday - first - count) % 7
        previous = (year - 1, 12) if month == 1 else (year, month - 1)
        following = (year + 1, 1) if month == 12 else (year, month + 1)
        end = mdays[previous[1]] + (previous[1] == 2 and isleap(previous[0]))
        for day in range(end - before + 1, end + 1):
            yield previous + (day,)
        for day in range(1, count + 1):
            yield year, month, day
        for day in range(1, after + 1):
            yield following + (day,)

    def itermonthdates(self, year, month):
        for y, m, d in self.itermonthdays3(year, month):
            yield datetime.date(y, m, d)

    def itermonthdays(self, year, month):
        for _, m, d in self.itermonthdays3(year, month):
            yield d if m == month else 0

    def itermonthdays2(self, year, month):
        for at, day in enumerate(self.itermonthdays(year, month), self.firstweekday):
            yield day, at % 7

    def itermonthdays4(self, year, month):
        for at, day in enumerate(self.itermonthdays3(year, month)):
            yield day + ((self.firstweekday + at) % 7,)

    def _weeks(self, days):
        days = list(days)
        return [days[at : at + 7] for at in range(0, len(days), 7)]

    def monthdatescalendar(self, year, month):
        return self._weeks(self.itermonthdates(year, month))

    def monthdays2calendar(self, year, month):
        return self._weeks(self.itermonthdays2(year, month))

    def monthdayscalendar(self, year, month):
        return self._weeks(self.itermonthdays(year, month))

    def _year(self, form, year, width):
        months = [form(year, month) for month in range(1, 13)]
        return [months[at : at + width] for at in range(0, 12, width)]

    def yeardatescalendar(self, year, width=3):
        return self._year(self.monthdatescalendar, year, width)

    def yeardays2calendar(self, year, width=3):
        return self._year(self.monthdays2calendar, year, width)

    def yeardayscalendar(self, year, width=3):
        return self._year(self.monthdayscalendar, year, width)


class TextCalendar(Calendar):
    def prweek(self, theweek, width):
        print(self.formatweek(theweek, width), end="")

    def formatday(self, day, weekday, width):
        return ("" if day == 0 else "%2i" % day).center(width)

    def formatweek(self, theweek, width):
        return " ".join([self.formatday(day, weekday, width) for day, weekday in theweek])

    def formatweekday(self, day, width):
        return (day_name if width >= 9 else day_abbr)[day][:width].center(width)

    def formatweekheader(self, width):
        return " ".join([self.formatweekday(day, width) for day in self.iterweekdays()])

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        name = month_name[themonth]
        return ("%s %r" % (name, theyear) if withyear else name).center(width)

    def prmonth(self, theyear, themonth, w=0, l=0):
        print(self.formatmonth(theyear, themonth, w, l), end="")

    def formatmonth(self, theyear, themonth, w=0, l=0):
        w, l = max(2, w), max(1, l)
        lines = [self.formatmonthname(theyear, themonth, 7 * (w + 1) - 1).rstrip(), self.formatweekheader(w).rstrip()]
        lines += [self.formatweek(week, w).rstrip() for week in self.monthdays2calendar(theyear, themonth)]
        return ("\n" * l).join(lines) + "\n" * l

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):
        w, l, c = max(2, w), max(1, l), max(2, c)
        width = (w + 1) * 7 - 1
        gap = " " * c
        text = repr(theyear).center(width * m + c * (m - 1)).rstrip() + "\n" * l
        header = self.formatweekheader(w)
        for at, row in enumerate(self.yeardays2calendar(theyear, m)):
            months = range(m * at + 1, min(m * (at + 1) + 1, 13))
            text += "\n" * l
            names = [self.formatmonthname(theyear, month, width, False) for month in months]
            text += gap.join([name.center(width) for name in names]).rstrip() + "\n" * l
            text += gap.join([header.center(width) for _ in months]).rstrip() + "\n" * l
            for line in range(max([len(weeks) for weeks in row])):
                weeks = [self.formatweek(weeks[line], w) if line < len(weeks) else "" for weeks in row]
                text += gap.join([week.center(width) for week in weeks]).rstrip() + "\n" * l
        return text

    def pryear(self, theyear, w=0, l=0, c=6, m=3):
        print(self.formatyear(theyear, w, l, c, m), end="")


c = TextCalendar()
firstweekday = c.getfirstweekday
monthcalendar = c.monthdayscalendar
prweek, week, weekheader = c.prweek, c.formatweek, c.formatweekheader
prmonth, month, calendar, prcal = c.prmonth, c.formatmonth, c.formatyear, c.pryear


def setfirstweekday(firstweekday):
    if not MONDAY <= firstweekday <= SUNDAY:
        raise IllegalWeekdayError(firstweekday)
    c.firstweekday = firstweekday


def timegm(tuple):
    year, month, day, hour, minute, second = tuple[:6]
    days = datetime.date(year, month, 1).toordinal() - datetime.date(1970, 1, 1).toordinal() + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60 + second


class HTMLCalendar(Calendar):
    """Calendars as tables of HTML."""

    cssclasses = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    cssclasses_weekday_head = cssclasses
    cssclass_noday, cssclass_month_head, cssclass_month, cssclass_year, cssclass_year_head = "noday", "month", "month", "year", "year"

    def formatday(self, day, weekday):
        if day == 0:
            return '<td class="%s">&nbsp;</td>' % self.cssclass_noday
        return '<td class="%s">%d</td>' % (self.cssclasses[weekday], day)

    def formatweek(self, theweek):
        return "<tr>%s</tr>" % "".join([self.formatday(day, weekday) for day, weekday in theweek])

    def formatweekday(self, day):
        return '<th class="%s">%s</th>' % (self.cssclasses_weekday_head[day], day_abbr[day])

    def formatweekheader(self):
        return "<tr>%s</tr>" % "".join([self.formatweekday(day) for day in self.iterweekdays()])

    def formatmonthname(self, theyear, themonth, withyear=True):
        name = "%s %s" % (month_name[themonth], theyear) if withyear else "%s" % month_name[themonth]
        return '<tr><th colspan="7" class="%s">%s</th></tr>' % (self.cssclass_month_head, name)

    def formatmonth(self, theyear, themonth, withyear=True):
        parts = ['<table border="0" cellpadding="0" cellspacing="0" class="%s">' % self.cssclass_month]
        parts += [self.formatmonthname(theyear, themonth, withyear), self.formatweekheader()]
        parts += [self.formatweek(week) for week in self.monthdays2calendar(theyear, themonth)]
        return "\n".join(parts + ["</table>"]) + "\n"

    def formatyear(self, theyear, width=3):
        width = max(width, 1)
        parts = ['<table border="0" cellpadding="0" cellspacing="0" class="%s">' % self.cssclass_year]
        parts += ["\n", '<tr><th colspan="%d" class="%s">%s</th></tr>' % (width, self.cssclass_year_head, theyear)]
        for first in range(1, 13, width):
            parts.append("<tr>")
            parts += ["<td>%s</td>" % self.formatmonth(theyear, month, False) for month in range(first, min(first + width, 13))]
            parts.append("</tr>")
        return "".join(parts + ["</table>"])

    def formatyearpage(self, theyear, width=3, css="calendar.css", encoding=None):
        encoding = "utf-8" if encoding is None else encoding
        style = '<link rel="stylesheet" type="text/css" href="%s" />\n' % css if css is not None else ""
        parts = [
            '<?xml version="1.0" encoding="%s"?>\n' % encoding,
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n',
            "<html>\n<head>\n",
            '<meta http-equiv="Content-Type" content="text/html; charset=%s" />\n' % encoding,
            style,
            "<title>Calendar for %d</title>\n</head>\n<body>\n" % theyear,
            self.formatyear(theyear, width),
            "</body>\n</html>\n",
        ]
        return "".join(parts).encode(encoding, "xmlcharrefreplace")


class different_locale:
    """The names of days and months are those of "C": a place can be chosen, and changes nothing."""

    def __init__(self, locale):
        self.locale = locale

    def __enter__(self):
        import locale

        locale.setlocale(locale.LC_TIME, self.locale)

    def __exit__(self, *error):
        pass


class _Placed:
    def __init__(self, firstweekday=0, locale=None):
        super().__init__(firstweekday)
        self.locale = locale

    def formatweekday(self, *args):
        with different_locale(self.locale or "C"):
            return super().formatweekday(*args)

    def formatmonthname(self, *args, **words):
        with different_locale(self.locale or "C"):
            return super().formatmonthname(*args, **words)


class LocaleTextCalendar(_Placed, TextCalendar):
    pass


class LocaleHTMLCalendar(_Placed, HTMLCalendar):
    pass


def main(args):
    """`python -m calendar`: a year or a month, as text or as a page of HTML."""
    import argparse
    import sys

    parser = argparse.ArgumentParser(prog="calendar.py")
    text = parser.add_argument_group("text only arguments")
    text.add_argument("-w", "--width", type=int, default=2, help="width of date column (default 2)")
    text.add_argument("-l", "--lines", type=int, default=1, help="number of lines for each week (default 1)")
    text.add_argument("-s", "--spacing", type=int, default=6, help="spacing between months (default 6)")
    text.add_argument("-m", "--months", type=int, default=3, help="months per row (default 3)")
    page = parser.add_argument_group("html only arguments")
    page.add_argument("-c", "--css", default="calendar.css", help="CSS to use for page")
    parser.add_argument("-L", "--locale", default=None, help="locale to use for month and weekday names")
    parser.add_argument("-e", "--encoding", default=None, help="encoding to use for output")
    parser.add_argument("-t", "--type", default="text", choices=("text", "html"), help="output type (text or html)")
    parser.add_argument("year", nargs="?", type=int, help="year number (1-9999)")
    parser.add_argument("month", nargs="?", type=int, help="month number (1-12, text only)")
    given = parser.parse_args(args[1:])
    if given.locale and not given.encoding:
        parser.error("if --locale is specified --encoding is required")
        sys.exit(1)
    place = (given.locale, given.encoding)
    year = given.year or datetime.date.today().year
    if given.type == "html":
        if given.month is not None:
            parser.error("incorrect number of arguments")
        maker = LocaleHTMLCalendar(locale=place) if given.locale else HTMLCalendar()
        sys.stdout.buffer.write(maker.formatyearpage(year, encoding=given.encoding or "utf-8", css=given.css))
        return
    maker = LocaleTextCalendar(locale=place) if given.locale else TextCalendar()
    if given.month is not None:
        out = maker.formatmonth(year, given.month, given.width, given.lines)
    else:
        out = maker.formatyear(year, given.width, given.lines, given.spacing, given.months)
    # The text ends with the end of its line already.
    sys.stdout.write(out) if given.encoding is None else sys.stdout.buffer.write(out.encode(given.encoding))


if __name__ == "__main__":
    import sys

    main(sys.argv)
