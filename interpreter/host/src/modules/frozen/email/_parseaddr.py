"""Dates and addresses by the module in which CPython has them."""

from email.utils import mktime_tz, parsedate, parsedate_tz, quote

__all__ = ["mktime_tz", "parsedate", "parsedate_tz", "quote"]
