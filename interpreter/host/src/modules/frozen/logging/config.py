"""Loggers, handlers and formatters set up by a dict or a file."""

import logging
import logging.handlers
import re

DEFAULT_LOGGING_CONFIG_PORT = 9030


def _resolved(name):
    """What a dotted name means, its modules imported."""
    parts = name.split(".")
    found = __import__(parts[0])
    path = parts[0]
    for part in parts[1:]:
        path += "." + part
        try:
            found = getattr(found, part)
        except AttributeError:
            __import__(path)
            found = getattr(found, part)
    return found


class _Settings:
    """A value of a configuration as it is meant: `ext://` names an object, `cfg://` another place of it, and `()` a call."""

    def __init__(self, config):
        self.config = config

    def value(self, value):
        if isinstance(value, str):
            match = re.match(r"(ext|cfg)://(.*)$", value)
            if not match:
                return value
            if match.group(1) == "ext":
                return self.resolve(match.group(2))
            return self._place(match.group(2))
        if isinstance(value, dict):
            if "()" in value:
                return self.made(value)
            return {key: self.value(one) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            values = [self.value(one) for one in value]
            return type(value)(*values) if hasattr(value, "_fields") else type(value)(values)
        return value

    convert = value

    def resolve(self, name):
        try:
            return _resolved(name)
        except ImportError as error:
            raise ValueError("Cannot resolve %r: %s" % (name, error)) from error

    def _place(self, path, is_converted=True):
        found = self.config
        first = re.match(r"\w+", path)
        if not first:
            raise ValueError("Unable to convert %r" % path)
        found, rest = found[first.group()], path[first.end() :]
        while rest:
            match = re.match(r"\.(\w+)|\[\s*([^\]]+?)\s*\]", rest)
            if not match:
                raise ValueError("Unable to convert %r at %r" % (path, rest))
            key = match.group(1) or match.group(2)
            found = found[int(key)] if key.isdigit() and not isinstance(found, dict) else found[key] if key in found or not key.isdigit() else found[int(key)]
            rest = rest[match.end() :]
        return self.value(found) if is_converted else found

    def made(self, config):
        config = dict(config)
        maker = config.pop("()")
        if not callable(maker):
            maker = self.resolve(maker)
        properties = config.pop(".", None)
        made = maker(**{key: self.value(value) for key, value in config.items() if key.isidentifier()})
        for name, value in (properties or {}).items():
            setattr(made, name, self.value(value))
        return made


BaseConfigurator = _Settings


class DictConfigurator:
    def __init__(self, config):
        self.config, self._settings = config, _Settings(config)

    def configure(self):
        config = self.config
        if "version" not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config["version"] != 1:
            raise ValueError("Unsupported version: %s" % config["version"])
        with logging._lock:
            if config.get("incremental", False):
                self._change()
            else:
                self._set_up()

    def _change(self):
        for name, said in self.config.get("handlers", {}).items():
            handler = logging.getHandlerByName(name)
            if handler is None:
                raise ValueError("No handler found with name %r" % name)
            if said.get("level"):
                handler.setLevel(said["level"])
        for name, said in self.config.get("loggers", {}).items():
            self._logger(logging.getLogger(name), said, True)
        if self.config.get("root"):
            self._logger(logging.root, self.config["root"], True)

    def _set_up(self):
        config, disable = self.config, self.config.get("disable_existing_loggers", True)
        self._formatters = self._all("formatters", "formatter", self.configure_formatter)
        self._filters = self._all("filters", "filter", self.configure_filter)
        for handler in list(logging._handlers.values()):
            logging._handlers.pop(handler.name, None)
        self._handlers, waiting = {}, []
        for name, said in sorted(self._section("handlers").items()):
            # One that writes to another comes after it.
            if isinstance(said.get("target"), str):
                waiting.append((name, said))
            else:
                self._handlers[name] = self._one("handler", name, self.configure_handler, said)
        for name, said in waiting:
            self._handlers[name] = self._one("handler", name, self.configure_handler, said)
        loggers = self._section("loggers")
        for name, logger in list(logging._loggers.items()):
            if name in loggers:
                continue
            if any([name.startswith(one + ".") for one in loggers]):
                logger.level, logger.handlers, logger.propagate = logging.NOTSET, [], True
                logger.disabled = False
            else:
                logger.disabled = disable
        for name, said in loggers.items():
            logger = logging.getLogger(name)
            try:
                self._logger(logger, said)
            except Exception as error:
                raise ValueError("Unable to configure logger %r" % name) from error
            logger.disabled = False
        if config.get("root"):
            try:
                self._logger(logging.root, config["root"])
            except Exception as error:
                raise ValueError("Unable to configure root logger") from error

    def _all(self, section, what, make):
        return {name: self._one(what, name, make, said) for name, said in self._section(section).items()}

    def _section(self, name):
        # It may be at another place of the configuration.
        place = lambda said: self._settings._place(said.removeprefix("cfg://"), False) if isinstance(said, str) else said
        return {key: place(one) for key, one in place(self.config.get(name, {})).items()}

    def _one(self, what, name, make, said):
        try:
            made = make(said)
        except Exception as error:
            raise ValueError("Unable to configure %s %r" % (what, name)) from error
        if what == "handler":
            made.name = name
        return made

    def configure_formatter(self, config):
        if "()" in config:
            config = dict(config)
            try:
                return self._settings.made(config)
            except TypeError as error:
                if "'format'" not in str(error):
                    raise
                config["fmt"] = config.pop("format")
                return self._settings.made(config)
        kind = self._settings.resolve(config["class"]) if config.get("class") else logging.Formatter
        more = {key: config[key] for key in ("validate", "defaults") if key in config}
        return kind(config.get("format"), config.get("datefmt"), config.get("style", "%"), **more)

    def configure_filter(self, config):
        return self._settings.made(config) if "()" in config else logging.Filter(config.get("name", ""))

    def configure_handler(self, config):
        config = dict(config)
        formatter, level, filters = config.pop("formatter", None), config.pop("level", None), config.pop("filters", None)
        if formatter:
            try:
                formatter = self._formatters[formatter]
            except Exception as error:
                raise ValueError("Unable to set formatter %r" % formatter) from error
        if "()" in config:
            maker = config.pop("()")
            maker = maker if callable(maker) else self._settings.resolve(maker)
        else:
            name = config.pop("class")
            maker = name if callable(name) else self._settings.resolve(name)
            if isinstance(maker, type) and issubclass(maker, logging.handlers.MemoryHandler) and config.get("target"):
                config["target"] = self._handlers[config["target"]]
        properties = config.pop(".", None)
        values = {key: self._settings.value(value) for key, value in config.items() if key.isidentifier()}
        made = maker(**values)
        if formatter:
            made.setFormatter(formatter)
        if level is not None:
            made.setLevel(level)
        self._add_filters(made, filters)
        for name, value in (properties or {}).items():
            setattr(made, name, value)
        return made

    def _add_filters(self, target, filters):
        for one in filters or ():
            target.addFilter(one if callable(one) or callable(getattr(one, "filter", None)) else self._filters[one])

    def _logger(self, logger, config, incremental=False):
        if config.get("level") is not None:
            logger.setLevel(config["level"])
        if not incremental:
            for handler in logger.handlers[:]:
                logger.removeHandler(handler)
            for name in config.get("handlers") or ():
                try:
                    logger.addHandler(self._handlers[name])
                except KeyError as error:
                    raise ValueError("Unable to add handler %r" % name) from error
            self._add_filters(logger, config.get("filters"))
        if config.get("propagate") is not None and logger is not logging.root:
            logger.propagate = config["propagate"]


dictConfigClass = DictConfigurator


def dictConfig(config):
    dictConfigClass(config).configure()


def _words(text):
    return [word.strip() for word in text.split(",") if word.strip()]


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    """The same of a file with sections, as `configparser` reads it."""
    import configparser
    import os

    if isinstance(fname, configparser.RawConfigParser):
        parser = fname
    else:
        parser = configparser.ConfigParser(defaults)
        if not hasattr(fname, "readline"):
            if not os.path.exists(fname):
                raise FileNotFoundError("%s doesn't exist" % fname)
            if not os.path.getsize(fname):
                raise RuntimeError("%s is an empty file" % fname)
        try:
            if hasattr(fname, "readline"):
                parser.read_file(fname)
            else:
                parser.read(fname, encoding=encoding)
        except configparser.ParsingError as error:
            raise RuntimeError("%s is invalid: %s" % (fname, error)) from None
    names = dict(vars(logging), handlers=logging.handlers)
    evaluate = lambda text: eval(text, dict(names))
    formatters = {}
    for name in _words(parser["formatters"]["keys"]) if "formatters" in parser else ():
        section = parser["formatter_" + name]
        kind = _resolved(section["class"]) if section.get("class") else logging.Formatter
        formatters[name] = kind(section.get("format", raw=True), section.get("datefmt", raw=True), section.get("style", "%", raw=True))
    with logging._lock:
        made, targets = {}, {}
        for name in _words(parser["handlers"]["keys"]):
            section = parser["handler_" + name]
            try:
                kind = evaluate(section["class"])
            except (AttributeError, NameError):
                kind = _resolved(section["class"])
            handler = made[name] = kind(*evaluate(section.get("args", "()")), **evaluate(section.get("kwargs", "{}")))
            handler.name = name
            if section.get("level"):
                handler.setLevel(section["level"])
            if section.get("formatter"):
                handler.setFormatter(formatters[section["formatter"]])
            if issubclass(kind, logging.handlers.MemoryHandler) and section.get("target"):
                targets[handler] = section["target"]
        for handler, target in targets.items():
            handler.setTarget(made[target])
        loggers = _words(parser["loggers"]["keys"])
        _set_up(logging.root, parser["logger_root"], made)
        named = set()
        for name in loggers:
            if name == "root":
                continue
            section = parser["logger_" + name]
            logger = logging.getLogger(section["qualname"])
            _set_up(logger, section, made)
            logger.propagate, logger.disabled = section.getint("propagate", fallback=1), False
            named.add(section["qualname"])
        for name, logger in logging._loggers.items():
            if name not in named:
                below = any([name.startswith(one + ".") for one in named])
                logger.disabled = disable_existing_loggers and not below


def _set_up(logger, section, handlers):
    if section.get("level"):
        logger.setLevel(section["level"])
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
    for name in _words(section.get("handlers", "")):
        logger.addHandler(handlers[name])


_listener = None


def listen(port=DEFAULT_LOGGING_CONFIG_PORT, verify=None):
    """A thread, not yet started, that takes configurations at a port of this computer: four bytes of length, then a dict in JSON or a file's text.
    `verify` gets the bytes, and answers those to use, or `None`."""
    import socketserver
    import threading

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            size = self.rfile.read(4)
            if len(size) == 4:
                data = self.rfile.read(int.from_bytes(size, "big"))
                if verify is not None:
                    data = verify(data)
                if data is not None:
                    _configure(data.decode("utf-8"))
            self.server.ready.set()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True

    class Listener(threading.Thread):
        def __init__(self):
            super().__init__()
            self.port, self.ready, self.server = port, threading.Event(), None

        def run(self):
            global _listener
            self.server = Server(("localhost", self.port), Handler)
            self.server.ready = self.ready
            if not self.port:
                self.port = self.server.server_address[1]
            _listener = self.server
            self.ready.set()
            self.server.serve_forever(0.05)
            self.server.server_close()

    return Listener()


def _configure(text):
    import io
    import json
    import traceback

    try:
        said = json.loads(text)
    except ValueError:
        said = None
    try:
        if isinstance(said, dict):
            dictConfig(said)
        else:
            fileConfig(io.StringIO(text))
    except Exception:
        traceback.print_exc()


def stopListening():
    """Ends the thread that `listen` made."""
    global _listener
    server, _listener = _listener, None
    if server is not None:
        server.shutdown()
