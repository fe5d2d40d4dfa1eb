"""Settings in files: sections of names and values."""

import functools
import re
from collections import ChainMap
from collections.abc import MutableMapping
from io import StringIO

__all__ = [
    "NoSectionError", "DuplicateOptionError", "DuplicateSectionError", "NoOptionError", "InterpolationError", "InterpolationDepthError",
    "InterpolationMissingOptionError", "InterpolationSyntaxError", "ParsingError", "MissingSectionHeaderError", "ConfigParser", "SafeConfigParser", "RawConfigParser",
    "Interpolation", "BasicInterpolation", "ExtendedInterpolation", "SectionProxy", "ConverterMapping", "DEFAULTSECT", "LegacyInterpolation", "MAX_INTERPOLATION_DEPTH",
]
DEFAULTSECT = "DEFAULT"
_default_dict = dict
MAX_INTERPOLATION_DEPTH = 10
_UNSET = object()


class Error(Exception):
    def __init__(self, msg=""):
        self.message = msg
        Exception.__init__(self, msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


class NoSectionError(Error):
    def __init__(self, section):
        Error.__init__(self, "No section: %r" % (section,))
        self.section = section
        self.args = (section,)


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        text = "Section %r already exists" % section
        if source is not None:
            text = "While reading from %r%s: section %r already exists" % (source, " [line %2d]" % lineno if lineno is not None else "", section)
        Error.__init__(self, text)
        self.section, self.source, self.lineno = section, source, lineno
        self.args = (section, source, lineno)


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        text = "Option %r in section %r already exists" % (option, section)
        if source is not None:
            where = " [line %2d]" % lineno if lineno is not None else ""
            text = "While reading from %r%s: option %r in section %r already exists" % (source, where, option, section)
        Error.__init__(self, text)
        self.section, self.option, self.source, self.lineno = section, option, source, lineno
        self.args = (section, option, source, lineno)


class NoOptionError(Error):
    def __init__(self, option, section):
        Error.__init__(self, "No option %r in section: %r" % (option, section))
        self.option, self.section = option, section
        self.args = (option, section)


class InterpolationError(Error):
    def __init__(self, option, section, msg):
        Error.__init__(self, msg)
        self.option, self.section = option, section
        self.args = (option, section, msg)


class InterpolationMissingOptionError(InterpolationError):
    def __init__(self, option, section, rawval, reference):
        text = "Bad value substitution: option %r in section %r contains an interpolation key %r which is not a valid option name. Raw value: %r"
        InterpolationError.__init__(self, option, section, text % (option, section, reference, rawval))
        self.reference = reference
        self.args = (option, section, rawval, reference)


class InterpolationSyntaxError(InterpolationError):
    pass


class InterpolationDepthError(InterpolationError):
    def __init__(self, option, section, rawval):
        text = "Recursion limit exceeded in value substitution: option %r in section %r contains an interpolation key which cannot be substituted in %d steps. Raw value: %r"
        InterpolationError.__init__(self, option, section, text % (option, section, MAX_INTERPOLATION_DEPTH, rawval))
        self.args = (option, section, rawval)


def _warn(text, level=3):
    import warnings

    warnings.warn(text, DeprecationWarning, level)


class ParsingError(Error):
    def __init__(self, source=None, filename=None):
        if filename and source:
            raise ValueError("Cannot specify both `filename' and `source'. Use `source'.")
        source = source or filename
        if not source:
            raise ValueError("Required argument `source' not given.")
        Error.__init__(self, "Source contains parsing errors: %r" % source)
        self.source, self.errors = source, []
        self.args = (source,)

    # Its older name.
    @property
    def filename(self):
        _warn("The 'filename' attribute will be removed in Python 3.12. Use 'source' instead.")
        return self.source

    @filename.setter
    def filename(self, value):
        _warn("The 'filename' attribute will be removed in Python 3.12. Use 'source' instead.")
        self.source = value

    def append(self, lineno, line):
        self.errors.append((lineno, line))
        self.message += "\n\t[line %2d]: %s" % (lineno, line)


class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        Error.__init__(self, "File contains no section headers.\nfile: %r, line: %d\n%r" % (filename, lineno, line))
        self.source, self.lineno, self.line, self.errors = filename, lineno, line, []
        self.args = (filename, lineno, line)


class Interpolation:
    """Values as they stand."""

    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_set(self, parser, section, option, value):
        return value

    def before_read(self, parser, section, option, value):
        return value

    def before_write(self, parser, section, option, value):
        return value


class _Expanding(Interpolation):
    # `_SIGN` twice is the sign itself; between `_OPEN` and `_CLOSE` behind it stands what `_value` answers for.

    def before_get(self, parser, section, option, value, defaults):
        return self._expand(parser, option, section, value, value, defaults, 1)

    def _expand(self, parser, option, section, rest, raw, defaults, depth):
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        sign, opening, closing = self._SIGN, self._OPEN, self._CLOSE
        out = []
        while rest:
            at = rest.find(sign)
            if at < 0:
                out.append(rest)
                break
            out.append(rest[:at])
            rest = rest[at:]
            following = rest[1:2]
            if following == sign:
                out.append(sign)
                rest = rest[2:]
            elif following == opening:
                end = rest.find(closing)
                if end < 0:
                    raise InterpolationSyntaxError(option, section, "bad interpolation variable reference %r" % rest)
                inside, rest = rest[2:end], rest[end + len(closing) :]
                out.append(self._value(parser, option, section, inside, rest, raw, defaults, depth))
            else:
                raise InterpolationSyntaxError(option, section, "'%s' must be followed by '%s' or '%s', found: %r" % (sign, sign, opening, rest))
        return "".join(out)


class LegacyInterpolation(Interpolation):
    """`%(name)s` filled in by the `%` operator, at most ten times."""

    def __init__(self):
        _warn("LegacyInterpolation has been deprecated since Python 3.2 and will be removed from the configparser module in Python 3.13. "
              "Use BasicInterpolation or ExtendedInterpolation instead.")

    def before_get(self, parser, section, option, value, defaults):
        depth, text = 10, value
        while depth and text and "%(" in text:
            depth -= 1
            text = re.sub(r"%\(([^)]*)\)s", lambda match: "%%(%s)s" % parser.optionxform(match[1]), text)
            try:
                text = text % defaults
            except KeyError as error:
                raise InterpolationMissingOptionError(option, section, value, error.args[0]) from None
        if text and "%(" in text:
            raise InterpolationDepthError(option, section, value)
        return text

    def before_set(self, parser, section, option, value):
        return value


class BasicInterpolation(_Expanding):
    """`%(name)s` stands for another value of the section."""

    _SIGN, _OPEN, _CLOSE = "%", "(", ")s"

    def before_set(self, parser, section, option, value):
        plain = value.replace("%%", "")
        while True:
            start = plain.find("%(")
            end = plain.find(")s", start)
            if start < 0 or end < 0:
                break
            plain = plain[:start] + plain[end + 2 :]
        if "%" in plain:
            raise ValueError("invalid interpolation syntax in %r at position %d" % (value, plain.find("%")))
        return value

    def _value(self, parser, option, section, inside, rest, raw, defaults, depth):
        name = parser.optionxform(inside)
        try:
            value = defaults[name]
        except KeyError:
            raise InterpolationMissingOptionError(option, section, raw, name) from None
        return self._expand(parser, option, section, value, raw, defaults, depth + 1) if "%" in value else value


class ExtendedInterpolation(_Expanding):
    """`${name}` and `${section:name}`."""

    _SIGN, _OPEN, _CLOSE = "$", "{", "}"

    def before_set(self, parser, section, option, value):
        plain = re.sub(r"\$\{[^}]+\}", "", value.replace("$$", ""))
        if "$" in plain:
            raise ValueError("invalid interpolation syntax in %r at position %d" % (value, plain.find("$")))
        return value

    def _value(self, parser, option, section, inside, rest, raw, defaults, depth):
        path = inside.split(":")
        where, name = section, option
        try:
            if len(path) == 1:
                name = parser.optionxform(path[0])
                value = defaults[name]
            elif len(path) == 2:
                where, name = path[0], parser.optionxform(path[1])
                value = parser.get(where, name, raw=True)
            else:
                raise InterpolationSyntaxError(option, section, "More than one ':' found: %r" % (rest,))
        except (KeyError, NoSectionError, NoOptionError):
            raise InterpolationMissingOptionError(option, section, raw, ":".join(path)) from None
        if "$" in value:
            value = self._expand(parser, name, where, value, raw, dict(parser.items(where, raw=True)), depth + 1)
        return value


class RawConfigParser(MutableMapping):
    _DEFAULT_INTERPOLATION = Interpolation()
    BOOLEAN_STATES = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=("=", ":"), comment_prefixes=("#", ";"),
                 inline_comment_prefixes=None, strict=True, empty_lines_in_values=True, default_section=DEFAULTSECT, interpolation=_UNSET, converters=_UNSET):
        self._dict = dict_type
        self._sections = dict_type()
        self._defaults = dict_type()
        self._proxies = dict_type()
        self._delimiters = tuple(delimiters)
        self._comments, self._inline = tuple(comment_prefixes or ()), tuple(inline_comment_prefixes or ())
        self._strict, self._allow_no_value, self._empty_lines = strict, allow_no_value, empty_lines_in_values
        self.default_section = default_section
        interpolation = self._DEFAULT_INTERPOLATION if interpolation is _UNSET else interpolation
        self._interpolation = Interpolation() if interpolation is None else interpolation
        if not isinstance(self._interpolation, Interpolation):
            raise TypeError("interpolation= must be None or an instance of Interpolation; got an object of type %s" % type(interpolation))
        self._converters = ConverterMapping(self)
        self._proxies[default_section] = SectionProxy(self, default_section)
        if converters is not _UNSET:
            self._converters.update(converters)
        if defaults:
            self._read_defaults(defaults)

    @property
    def converters(self):
        return self._converters

    def _read_defaults(self, defaults):
        for name, value in defaults.items():
            self._defaults[self.optionxform(name)] = value

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections)

    def add_section(self, section):
        if section == self.default_section:
            raise ValueError("Invalid section name: %r" % section)
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = self._dict()
        self._proxies[section] = SectionProxy(self, section)

    def has_section(self, section):
        return section in self._sections

    def options(self, section):
        if section not in self._sections:
            raise NoSectionError(section) from None
        return list({**self._sections[section], **self._defaults})

    def read(self, filenames, encoding=None):
        import os

        if isinstance(filenames, (str, bytes)) or hasattr(filenames, "__fspath__"):
            filenames = [filenames]
        done = []
        for name in filenames:
            name = os.fspath(name)
            try:
                with open(name, encoding=encoding) as file:
                    self._read(file, name)
            except OSError:
                continue
            done.append(name)
        return done

    def read_file(self, f, source=None):
        self._read(f, source if source is not None else getattr(f, "name", "<???>"))

    def readfp(self, fp, filename=None):
        _warn("This method will be removed in Python 3.12. Use 'parser.read_file()' instead.")
        self.read_file(fp, source=filename)

    def read_string(self, string, source="<string>"):
        self._read(StringIO(string), source)

    def read_dict(self, dictionary, source="<dict>"):
        seen = set()
        for section, names in dictionary.items():
            section = str(section)
            try:
                self.add_section(section)
            except (DuplicateSectionError, ValueError):
                if self._strict and section in seen:
                    raise
            seen.add(section)
            for name, value in names.items():
                name = self.optionxform(str(name))
                if self._strict and (section, name) in seen:
                    raise DuplicateOptionError(section, name, source)
                seen.add((section, name))
                self.set(section, name, str(value) if value is not None else None)

    def optionxform(self, optionstr):
        return optionstr.lower()

    def _values(self, section, vars):
        own = {}
        if section != self.default_section:
            if section not in self._sections:
                raise NoSectionError(section) from None
            own = self._sections[section]
        given = {self.optionxform(name): str(value) if value is not None else None for name, value in (vars or {}).items()}
        return ChainMap(given, own, self._defaults)

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        try:
            values = self._values(section, vars)
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        option = self.optionxform(option)
        try:
            value = values[option]
        except KeyError:
            if fallback is _UNSET:
                raise NoOptionError(option, section) from None
            return fallback
        return value if raw or value is None else self._interpolation.before_get(self, section, option, value, values)

    def _get_conv(self, section, option, conv, *, raw=False, vars=None, fallback=_UNSET):
        try:
            value = self.get(section, option, raw=raw, vars=vars)
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback
        return conv(value)

    def getint(self, section, option, **kwargs):
        return self._get_conv(section, option, int, **kwargs)

    def getfloat(self, section, option, **kwargs):
        return self._get_conv(section, option, float, **kwargs)

    def getboolean(self, section, option, **kwargs):
        return self._get_conv(section, option, self._convert_to_boolean, **kwargs)

    def _convert_to_boolean(self, value):
        try:
            return self.BOOLEAN_STATES[value.lower()]
        except KeyError:
            raise ValueError("Not a boolean: %s" % value) from None

    def items(self, section=_UNSET, raw=False, vars=None):
        if section is _UNSET:
            return [(name, self[name]) for name in self]
        values = self._defaults.copy()
        if section in self._sections:
            values.update(self._sections[section])
        elif section != self.default_section:
            raise NoSectionError(section) from None
        names = list(values)
        for name, value in (vars or {}).items():
            values[self.optionxform(name)] = value
        if raw:
            return [(name, values[name]) for name in names]
        return [(name, self._interpolation.before_get(self, section, name, values[name], values)) for name in names]

    def popitem(self):
        for name in self.sections():
            value = self[name]
            del self[name]
            return name, value
        raise KeyError

    def has_option(self, section, option):
        option = self.optionxform(option)
        if not section or section == self.default_section:
            return option in self._defaults
        return section in self._sections and (option in self._sections[section] or option in self._defaults)

    def set(self, section, option, value=None):
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        if not section or section == self.default_section:
            target = self._defaults
        elif section in self._sections:
            target = self._sections[section]
        else:
            raise NoSectionError(section) from None
        target[self.optionxform(option)] = value

    def write(self, fp, space_around_delimiters=True):
        sign = " %s " % self._delimiters[0] if space_around_delimiters else self._delimiters[0]
        for section, values in ([(self.default_section, self._defaults)] if self._defaults else []) + list(self._sections.items()):
            fp.write("[%s]\n" % section)
            for name, value in values.items():
                value = self._interpolation.before_write(self, section, name, value)
                text = sign + str(value).replace("\n", "\n\t") if value is not None or not self._allow_no_value else ""
                fp.write("%s%s\n" % (name, text))
            fp.write("\n")

    def remove_option(self, section, option):
        if not section or section == self.default_section:
            target = self._defaults
        elif section in self._sections:
            target = self._sections[section]
        else:
            raise NoSectionError(section) from None
        return target.pop(self.optionxform(option), _UNSET) is not _UNSET

    def remove_section(self, section):
        if section not in self._sections:
            return False
        del self._sections[section], self._proxies[section]
        return True

    def __getitem__(self, key):
        if key != self.default_section and not self.has_section(key):
            raise KeyError(key)
        return self._proxies[key]

    def __setitem__(self, key, value):
        if key in self and self[key] is value:
            return
        if key == self.default_section:
            self._defaults.clear()
        elif key in self._sections:
            self._sections[key].clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError("Cannot remove the default section.")
        if not self.has_section(key):
            raise KeyError(key)
        self.remove_section(key)

    def __contains__(self, key):
        return key == self.default_section or self.has_section(key)

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        yield self.default_section
        yield from self._sections

    def _without_comment(self, line):
        cut = len(line)
        for prefix in self._inline:
            at = line.find(prefix)
            while at >= 0:
                if at == 0 or line[at - 1].isspace():
                    cut = min(cut, at)
                    break
                at = line.find(prefix, at + 1)
        for prefix in self._comments:
            if line.strip().startswith(prefix):
                cut = 0
        return line[:cut].strip() if cut else ""

    def _read(self, lines, source):
        seen = set()
        values = name = section = error = None
        indent, lineno = 0, 0
        for lineno, line in enumerate(lines, 1):
            value = self._without_comment(line)
            is_comment = not value and bool(line.strip())
            if not value:
                if self._empty_lines:
                    if not is_comment and values is not None and name and values.get(name) is not None:
                        values[name].append("")
                else:
                    indent = 1 << 30
                continue
            depth = len(line) - len(line.lstrip())
            if values is not None and name and depth > indent:
                if values[name] is None:
                    raise self._wrong(error, source, lineno, line)
                values[name].append(value)
                continue
            indent = depth
            if value[0] == "[" and "]" in value:
                section, name = value[1 : value.rfind("]")], None
                if section in self._sections:
                    if self._strict and section in seen:
                        raise DuplicateSectionError(section, source, lineno)
                    values = self._sections[section]
                elif section == self.default_section:
                    values = self._defaults
                else:
                    values = self._sections[section] = self._dict()
                    self._proxies[section] = SectionProxy(self, section)
                seen.add(section)
                continue
            if values is None:
                raise MissingSectionHeaderError(source, lineno, line)
            at = min([place for place in [value.find(sign) for sign in self._delimiters] if place >= 0], default=-1)
            text = None
            if at >= 0:
                sign = next(sign for sign in self._delimiters if value.startswith(sign, at))
                key, text = value[:at].strip(), value[at + len(sign) :].strip()
            elif self._allow_no_value:
                key = value
            else:
                error = error or ParsingError(source)
                error.append(lineno, repr(line))
                continue
            if not key:
                error = error or ParsingError(source)
                error.append(lineno, repr(line))
            name = self.optionxform(key)
            if self._strict and (section, name) in seen:
                raise DuplicateOptionError(section, name, source, lineno)
            seen.add((section, name))
            values[name] = [text] if text is not None else None
        self._join()
        if error is not None:
            raise error

    def _wrong(self, error, source, lineno, line):
        error = error or ParsingError(source)
        error.append(lineno, repr(line))
        return error

    def _join(self):
        for section, values in [(self.default_section, self._defaults)] + list(self._sections.items()):
            for name, value in values.items():
                if isinstance(value, list):
                    value = "\n".join(value).rstrip()
                values[name] = self._interpolation.before_read(self, section, name, value)


class ConfigParser(RawConfigParser):
    _DEFAULT_INTERPOLATION = BasicInterpolation()

    def set(self, section, option, value=None):
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if not isinstance(value, str) and not (value is None and self._allow_no_value):
            raise TypeError("option values must be strings")
        RawConfigParser.set(self, section, option, value)

    def add_section(self, section):
        if not isinstance(section, str):
            raise TypeError("section names must be strings")
        RawConfigParser.add_section(self, section)

    def _read_defaults(self, defaults):
        # Values are made text, and no interpolation looks at them.
        interpolation, self._interpolation = self._interpolation, Interpolation()
        try:
            self.read_dict({self.default_section: defaults})
        finally:
            self._interpolation = interpolation


SafeConfigParser = ConfigParser


class SafeConfigParser(ConfigParser):
    """The older name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _warn("The SafeConfigParser class has been renamed to ConfigParser in Python 3.2. This alias will be removed in Python 3.12. Use ConfigParser directly instead.")


class SectionProxy(MutableMapping):
    """A section as a mapping of its own."""

    def __init__(self, parser, name):
        self._parser, self._name = parser, name
        for kind in parser.converters:
            setattr(self, "get" + kind, functools.partial(self.get, _impl=getattr(parser, "get" + kind)))

    def get(self, option, fallback=None, *, raw=False, vars=None, _impl=None, **kwargs):
        return (_impl or self._parser.get)(self._name, option, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def __repr__(self):
        return "<Section: %s>" % self._name

    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key) and self._parser.remove_option(self._name, key)):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def _options(self):
        return list(self._parser.defaults()) if self._name == self._parser.default_section else self._parser.options(self._name)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    @property
    def parser(self):
        return self._parser

    @property
    def name(self):
        return self._name


class ConverterMapping(MutableMapping):
    """What makes values of text, by the words after `get` in the methods' names. Those that a class has as methods are None here."""

    def __init__(self, parser):
        self._parser, self._data = parser, {}
        for name in dir(parser):
            if name.startswith("get") and len(name) > 3 and name.isidentifier() and callable(getattr(parser, name)):
                self._data[name[3:]] = None

    def __getitem__(self, key):
        return self._data[key]

    def __setitem__(self, key, value):
        if not isinstance(key, str):
            raise ValueError("Incompatible key: %s (type: %s)" % (key, type(key)))
        if not key:
            raise ValueError('Incompatible key: cannot use "" as a name')
        self._data[key] = value
        get = functools.partial(self._parser._get_conv, conv=value)
        get.converter = value
        setattr(self._parser, "get" + key, get)
        for proxy in self._parser._proxies.values():
            setattr(proxy, "get" + key, functools.partial(proxy.get, _impl=get))

    def __delitem__(self, key):
        del self._data[key]
        for owner in (self._parser, *self._parser._proxies.values()):
            # What the class has stays.
            vars(owner).pop("get" + key, None)

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)
