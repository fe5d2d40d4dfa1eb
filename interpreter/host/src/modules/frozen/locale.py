"""Habits of places: only those of "C", with texts as UTF-8."""

__all__ = [
    "CHAR_MAX", "Error", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES", "LC_MONETARY", "LC_NUMERIC", "LC_TIME", "atof", "atoi", "currency",
    "format_string", "getdefaultlocale", "getencoding", "getlocale", "getpreferredencoding", "localeconv", "normalize", "resetlocale", "setlocale",
    "str", "strcoll", "strxfrm",
]

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127


class Error(Exception):
    pass


def setlocale(category, locale=None):
    if locale is None or locale in ("", "C", "POSIX", "C.UTF-8", ("C", None), (None, None), ("C", "UTF-8")):
        return "C"
    raise Error("unsupported locale setting")


def localeconv():
    return {
        "decimal_point": ".", "thousands_sep": "", "grouping": [], "int_curr_symbol": "", "currency_symbol": "",
        "mon_decimal_point": "", "mon_thousands_sep": "", "mon_grouping": [], "positive_sign": "", "negative_sign": "",
        "int_frac_digits": CHAR_MAX, "frac_digits": CHAR_MAX, "p_cs_precedes": CHAR_MAX, "p_sep_by_space": CHAR_MAX,
        "n_cs_precedes": CHAR_MAX, "n_sep_by_space": CHAR_MAX, "p_sign_posn": CHAR_MAX, "n_sign_posn": CHAR_MAX,
    }


def getlocale(category=LC_CTYPE):
    return None, None


def getdefaultlocale(envvars=()):
    return None, "UTF-8"


def getpreferredencoding(do_setlocale=True):
    return "utf-8"


def getencoding():
    return "utf-8"


def normalize(localename):
    return localename


def resetlocale(category=LC_ALL):
    pass


def strcoll(a, b):
    return (a > b) - (a < b)


def strxfrm(string):
    return string


def format_string(f, val, grouping=False, monetary=False):
    return f % val


def format(percent, value, grouping=False, monetary=False, *additional):
    import re
    import warnings

    warnings.warn("This method will be removed in a future version of Python. Use 'locale.format_string()' instead.", DeprecationWarning, 2)
    if not re.fullmatch(r"%(\(.*?\))?[-#0-9 +*.hlL]*?[eEfFgGdiouxXcrs%]", percent):
        raise ValueError("format() must be given exactly one %%char format specifier, %s not valid" % repr(percent))
    return format_string(percent, (value, *additional) if additional else value, grouping, monetary)


def currency(val, symbol=True, grouping=False, international=False):
    raise ValueError("Currency formatting is not possible using the 'C' locale.")


def str(val):
    return "%.12g" % val


def delocalize(string):
    return string


def localize(string, grouping=False, monetary=False):
    return string


def atof(string, func=float):
    return func(string)


def atoi(string):
    return int(string)


if __name__ == "__main__":
    # What is known of the place, as `python -m locale` tells it.
    import sys

    print("Locale defaults as determined by getdefaultlocale():\nLanguage:  %s\nEncoding:  %s" % tuple([one or "(undefined)" for one in getdefaultlocale()]))
