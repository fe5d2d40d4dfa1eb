"""Command lines: what a program takes is said, read, checked and explained."""

import os
import sys

__all__ = [
    "ArgumentParser",
    "ArgumentError",
    "ArgumentTypeError",
    "BooleanOptionalAction",
    "FileType",
    "HelpFormatter",
    "ArgumentDefaultsHelpFormatter",
    "RawDescriptionHelpFormatter",
    "RawTextHelpFormatter",
    "MetavarTypeHelpFormatter",
    "Namespace",
    "Action",
    "ONE_OR_MORE",
    "OPTIONAL",
    "PARSER",
    "REMAINDER",
    "SUPPRESS",
    "ZERO_OR_MORE",
]
SUPPRESS = "==SUPPRESS=="
OPTIONAL = "?"
ZERO_OR_MORE = "*"
ONE_OR_MORE = "+"
PARSER = "A..."
REMAINDER = "..."


class ArgumentError(Exception):
    def __init__(self, argument, message):
        self.argument_name = _name_of(argument)
        self.message = message

    def __str__(self):
        return self.message if self.argument_name is None else "argument %s: %s" % (self.argument_name, self.message)


class ArgumentTypeError(Exception):
    pass


def _name_of(argument):
    if argument is None:
        return None
    if argument.option_strings:
        return "/".join(argument.option_strings)
    if argument.metavar not in (None, SUPPRESS):
        return argument.metavar if isinstance(argument.metavar, str) else "/".join(argument.metavar)
    if argument.dest not in (None, SUPPRESS):
        return argument.dest
    return "{" + ",".join([str(choice) for choice in argument.choices]) + "}" if argument.choices else None


class Namespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented

    def __contains__(self, key):
        return key in self.__dict__

    def _get_kwargs(self):
        # What frameworks of commands ask.
        return list(self.__dict__.items())

    def _get_args(self):
        return []

    def __repr__(self):
        parts = ["%s=%r" % pair if pair[0].isidentifier() else "**{%r: %r}" % pair for pair in self.__dict__.items()]
        return "%s(%s)" % (type(self).__name__, ", ".join(parts))


class FileType:
    """A type of arguments: an open file, `-` for standard input or output."""

    def __init__(self, mode="r", bufsize=-1, encoding=None, errors=None):
        self._mode, self._bufsize, self._encoding, self._errors = mode, bufsize, encoding, errors

    def __call__(self, string):
        if string == "-":
            if "r" in self._mode:
                return sys.stdin.buffer if "b" in self._mode else sys.stdin
            return sys.stdout.buffer if "b" in self._mode else sys.stdout
        try:
            return open(string, self._mode, self._bufsize, self._encoding, self._errors)
        except OSError as error:
            raise ArgumentTypeError("can't open '%s': %s" % (string, error)) from None

    def __repr__(self):
        said = [repr(self._mode)] + [repr(self._bufsize)] * (self._bufsize != -1)
        said += ["%s=%r" % pair for pair in (("encoding", self._encoding), ("errors", self._errors)) if pair[1] is not None]
        return "%s(%s)" % (type(self).__name__, ", ".join(said))


class Action:
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        self.option_strings, self.dest, self.nargs, self.const = option_strings, dest, nargs, const
        self.default, self.type, self.choices, self.required = default, type, choices, required
        self.help, self.metavar = help, metavar

    def format_usage(self):
        return self.option_strings[0]

    def __call__(self, parser, namespace, values, option_string=None):
        raise NotImplementedError(".__call__() not defined")

    def __repr__(self):
        names = "option_strings dest nargs const default type choices required help metavar".split()
        return "%s(%s)" % (type(self).__name__, ", ".join(["%s=%r" % (name, getattr(self, name)) for name in names]))


class _StoreAction(Action):
    def __init__(self, option_strings, dest, nargs=None, const=None, *args, **kwargs):
        if nargs == 0:
            raise ValueError("nargs for store actions must be != 0; if you have nothing to store, actions such as store true or store const may be more appropriate")
        if const is not None and nargs != OPTIONAL:
            raise ValueError("nargs must be %r to supply const" % OPTIONAL)
        super().__init__(option_strings, dest, nargs, const, *args, **kwargs)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values)


class _StoreConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, 0, const, default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, self.const)


class _StoreTrueAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=False, required=False, help=None):
        super().__init__(option_strings, dest, True, default, required, help)


class _StoreFalseAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=True, required=False, help=None):
        super().__init__(option_strings, dest, False, default, required, help)


class BooleanOptionalAction(Action):
    def __init__(self, option_strings, dest, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        names = []
        for option in option_strings:
            names.append(option)
            if option.startswith("--"):
                names.append("--no-" + option[2:])
        super().__init__(names, dest, 0, None, default, type, choices, required, help, metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        if option_string in self.option_strings:
            setattr(namespace, self.dest, not option_string.startswith("--no-"))

    def format_usage(self):
        return " | ".join(self.option_strings)


class _AppendAction(Action):
    def __call__(self, parser, namespace, values, option_string=None):
        items = list(getattr(namespace, self.dest, None) or [])
        items.append(values)
        setattr(namespace, self.dest, items)


class _AppendConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, 0, const, default, required=required, help=help, metavar=metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        items = list(getattr(namespace, self.dest, None) or [])
        items.append(self.const)
        setattr(namespace, self.dest, items)


class _ExtendAction(_AppendAction):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, list(getattr(namespace, self.dest, None) or []) + list(values))


class _CountAction(Action):
    def __init__(self, option_strings, dest, default=None, required=False, help=None):
        super().__init__(option_strings, dest, 0, None, default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, (getattr(namespace, self.dest, None) or 0) + 1)


class _HelpAction(Action):
    def __init__(self, option_strings, dest=SUPPRESS, default=SUPPRESS, help=None):
        super().__init__(option_strings, dest, 0, None, default, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        parser.print_help()
        parser.exit()


class _VersionAction(Action):
    def __init__(self, option_strings, version=None, dest=SUPPRESS, default=SUPPRESS, help="show program's version number and exit"):
        super().__init__(option_strings, dest, 0, None, default, help=help)
        self.version = version

    def __call__(self, parser, namespace, values, option_string=None):
        formatter = parser._get_formatter()
        formatter.add_text(self.version if self.version is not None else parser.version)
        parser._print_message(formatter.format_help(), sys.stdout)
        parser.exit()


class _SubParsersAction(Action):
    class _Choice(Action):
        def __init__(self, name, aliases, help):
            metavar = name + (" (%s)" % ", ".join(aliases) if aliases else "")
            super().__init__([], name, help=help, metavar=metavar)

    def __init__(self, option_strings, prog, parser_class, dest=SUPPRESS, required=False, help=None, metavar=None):
        self._prog_prefix, self._parser_class = prog, parser_class
        self._name_parser_map = {}
        self._shown = []
        super().__init__(option_strings, dest, PARSER, choices=self._name_parser_map, required=required, help=help, metavar=metavar)

    def add_parser(self, name, **kwargs):
        if kwargs.get("prog") is None:
            kwargs["prog"] = "%s %s" % (self._prog_prefix, name)
        aliases = kwargs.pop("aliases", ())
        if name in self._name_parser_map:
            raise ArgumentError(self, "conflicting subparser: %s" % name)
        for alias in aliases:
            if alias in self._name_parser_map:
                raise ArgumentError(self, "conflicting subparser alias: %s" % alias)
        if "help" in kwargs:
            self._shown.append(self._Choice(name, aliases, kwargs.pop("help")))
        parser = self._parser_class(**kwargs)
        for one in (name, *aliases):
            self._name_parser_map[one] = parser
        return parser

    def _get_subactions(self):
        return self._shown

    def __call__(self, parser, namespace, values, option_string=None):
        name, rest = values[0], values[1:]
        if self.dest is not SUPPRESS:
            setattr(namespace, self.dest, name)
        sub = self._name_parser_map.get(name)
        if sub is None:
            choices = ", ".join(self._name_parser_map)
            raise ArgumentError(self, "unknown parser %r (choices: %s)" % (name, choices))
        inner, unknown = sub.parse_known_args(rest, None)
        for key, value in vars(inner).items():
            setattr(namespace, key, value)
        if unknown:
            vars(namespace).setdefault("_unrecognized_args", [])
            namespace._unrecognized_args.extend(unknown)


_ACTIONS = {
    None: _StoreAction, "store": _StoreAction, "store_const": _StoreConstAction, "store_true": _StoreTrueAction, "store_false": _StoreFalseAction,
    "append": _AppendAction, "append_const": _AppendConstAction, "count": _CountAction, "help": _HelpAction, "version": _VersionAction,
    "parsers": _SubParsersAction, "extend": _ExtendAction,
}


def _squeezed(text):
    """Text with single spaces; one that no line is broken at is no white space here."""
    import re

    return " ".join(re.findall("[^ \t\n\r\f\v]+", text))


class HelpFormatter:
    """Usage and help as text: sections of paragraphs and of arguments in two columns.

    Programs derive from it and override methods whose names begin with an underscore, so these are those that everybody's recipes know.
    """

    class _Section:
        """What stands under a heading: calls that make the text once all of it is known, and so how wide it is."""

        def __init__(self, formatter, parent, heading=None):
            self.formatter, self.parent, self.heading, self.items = formatter, parent, heading, []

        def format_help(self):
            formatter = self.formatter
            inside = self.parent is not None
            if inside:
                formatter._indent()
            body = "".join([function(*args) for function, args in self.items])
            if inside:
                formatter._dedent()
            if not body or not inside:
                return body
            named = self.heading is not None and self.heading is not SUPPRESS
            head = "%*s%s:\n" % (formatter._current_indent, "", self.heading) if named else ""
            return "\n" + head + body + "\n"

    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            import shutil

            width = shutil.get_terminal_size().columns - 2 if hasattr(shutil, "get_terminal_size") else 78
        self._prog, self._indent_increment, self._width = prog, indent_increment, width
        self._max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))
        self._current_indent = self._level = self._action_max_length = 0
        self._root_section = self._current_section = self._Section(self, None)

    def _indent(self):
        self._current_indent += self._indent_increment
        self._level += 1

    def _dedent(self):
        self._current_indent -= self._indent_increment
        self._level -= 1

    def _add_item(self, func, args):
        self._current_section.items.append((func, args))

    def start_section(self, heading):
        self._indent()
        section = self._Section(self, self._current_section, heading)
        self._add_item(section.format_help, [])
        self._current_section = section

    def end_section(self):
        self._current_section = self._current_section.parent
        self._dedent()

    def add_text(self, text):
        if text is not SUPPRESS and text is not None:
            self._add_item(self._format_text, [text])

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage is not SUPPRESS:
            self._add_item(self._format_usage, (usage, actions, groups, prefix))

    def add_argument(self, action):
        if action.help is SUPPRESS:
            return
        widths = [len(self._format_action_invocation(action)) + self._current_indent]
        widths += [len(self._format_action_invocation(one)) + self._current_indent for one in self._iter_indented_subactions(action)]
        self._action_max_length = max(self._action_max_length, *widths)
        self._add_item(self._format_action, [action])

    def add_arguments(self, actions):
        for action in actions:
            self.add_argument(action)

    # What an action holds, a step further in, as subcommands stand under their heading.
    def _iter_indented_subactions(self, action):
        sub = getattr(action, "_get_subactions", None)
        if sub is not None:
            self._indent()
            yield from sub()
            self._dedent()

    def format_help(self):
        text = self._root_section.format_help()
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
        return text.strip("\n") + "\n" if text else text

    def _format_text(self, text):
        if "%(prog)" in text:
            text = text % {"prog": self._prog}
        indent = self._current_indent
        width = max(self._width - indent, 11)
        return self._fill_text(text, width, " " * indent) + "\n\n"

    def _fill_text(self, text, width, indent):
        import textwrap

        return textwrap.fill(_squeezed(text), width, initial_indent=indent, subsequent_indent=indent)

    def _split_lines(self, text, width):
        import textwrap

        return textwrap.wrap(_squeezed(text), width)

    def _get_help_string(self, action):
        return action.help

    def _expand_help(self, action):
        values = {name: value for name, value in vars(action).items() if value is not SUPPRESS}
        for name, value in values.items():
            if hasattr(value, "__name__"):
                values[name] = value.__name__
        values["prog"] = self._prog
        if values.get("choices") is not None:
            values["choices"] = ", ".join([str(choice) for choice in values["choices"]])
        return self._get_help_string(action) % values

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest

    # A function that gives as many names as it is asked for.
    def _metavar_formatter(self, action, default_metavar):
        if action.metavar is not None:
            name = action.metavar
        elif action.choices is not None:
            name = "{%s}" % ",".join([str(choice) for choice in action.choices])
        else:
            name = default_metavar
        return lambda count: name if isinstance(name, tuple) else (name,) * count

    def _format_args(self, action, default_metavar):
        nargs, names_of = action.nargs, self._metavar_formatter(action, default_metavar)
        if nargs is None:
            return "%s" % names_of(1)
        if nargs == OPTIONAL:
            return "[%s]" % names_of(1)
        if nargs == ZERO_OR_MORE:
            names = names_of(1)
            return "[%s [%s ...]]" % names if len(names) == 2 else "[%s ...]" % names
        if nargs == ONE_OR_MORE:
            return "%s [%s ...]" % names_of(2)
        if nargs == REMAINDER:
            return "..."
        if nargs == PARSER:
            return "%s ..." % names_of(1)
        if nargs == SUPPRESS:
            return ""
        if not isinstance(nargs, int):
            raise ValueError("invalid nargs value")
        names = names_of(nargs)
        if len(names) != nargs:
            raise TypeError("not enough or too many names")
        return " ".join(names)

    def _format_action_invocation(self, action):
        if not action.option_strings:
            return " ".join(self._metavar_formatter(action, self._get_default_metavar_for_positional(action))(1))
        if action.nargs == 0:
            return ", ".join(action.option_strings)
        args = self._format_args(action, self._get_default_metavar_for_optional(action))
        return ", ".join(["%s %s" % (option, args) for option in action.option_strings])

    def _format_action(self, action):
        indent = self._current_indent
        position = min(self._action_max_length + 2, self._max_help_position)
        head = self._format_action_invocation(action)
        room = position - indent - 2
        texts = []
        if action.help and action.help.strip():
            texts = self._split_lines(self._expand_help(action), max(self._width - position, 11))
        first = " " * indent + head
        if texts and len(head) <= room:
            first += " " * (room - len(head) + 2) + texts.pop(0)
        lines = [first] + [" " * position + text for text in texts]
        parts = ["\n".join(lines) + "\n"]
        parts += [self._format_action(one) for one in self._iter_indented_subactions(action)]
        return "".join(parts)

    def _format_usage(self, usage, actions, groups, prefix):
        prefix = "usage: " if prefix is None else prefix
        if usage is not None:
            return prefix + usage % {"prog": self._prog} + "\n\n"
        ordered = [action for action in actions if action.option_strings] + [action for action in actions if not action.option_strings]
        # A group that has options and a positional stands among the options.
        parts = self._usage_parts(ordered, groups)
        options = [part for action, part in parts if action.option_strings]
        positionals = [part for action, part in parts if not action.option_strings]
        whole = " ".join([self._prog] + options + positionals)
        if len(prefix) + len(whole) <= self._width:
            return prefix + whole + "\n\n"

        def wrapped(parts, indent, first):
            lines, line, size = [], [], first - 1
            for part in parts:
                if size + 1 + len(part) > self._width and line:
                    lines.append(indent + " ".join(line))
                    line, size = [], len(indent) - 1
                line.append(part)
                size += len(part) + 1
            if line:
                lines.append(indent + " ".join(line))
            return lines

        if len(prefix) + len(self._prog) <= 0.75 * self._width:
            indent = " " * (len(prefix) + len(self._prog) + 1)
            if options:
                lines = wrapped([self._prog] + options, indent, len(prefix))
                lines[0] = lines[0][len(indent) :]
                lines += wrapped(positionals, indent, len(indent))
            else:
                lines = wrapped([self._prog] + positionals, indent, len(prefix))
                lines[0] = lines[0][len(indent) :]
        else:
            indent = " " * len(prefix)
            lines = wrapped(options + positionals, indent, len(indent))
            if len(lines) > 1:
                lines = wrapped(options, indent, len(indent)) + wrapped(positionals, indent, len(indent))
            lines = [self._prog] + lines
        return prefix + "\n".join(lines) + "\n\n"

    def _usage_parts(self, actions, groups):
        parts, done = [], set()
        for at, action in enumerate(actions):
            if id(action) in done:
                continue
            group = next((group for group in groups if group._group_actions and group._group_actions[0] is action
                          and group._group_actions == actions[at : at + len(group._group_actions)]), None)
            if group is not None:
                shown = [one for one in group._group_actions if one.help is not SUPPRESS]
                texts = [self._usage_part(one, True) for one in shown]
                done.update([id(one) for one in group._group_actions])
                if len(texts) > 1 or not group.required:
                    joined = " | ".join(texts)
                    if texts:
                        parts.append((action, ("(%s)" if group.required else "[%s]") % joined))
                    continue
                parts += [(action, text) for text in texts]
                continue
            if action.help is not SUPPRESS:
                parts.append((action, self._usage_part(action, False)))
        return parts

    def _usage_part(self, action, grouped):
        if not action.option_strings:
            text = self._format_args(action, self._get_default_metavar_for_positional(action))
            return text[1:-1] if grouped and text[:1] == "[" and text[-1:] == "]" else text
        if action.nargs == 0:
            text = action.format_usage()
        else:
            text = "%s %s" % (action.option_strings[0], self._format_args(action, self._get_default_metavar_for_optional(action)))
        return text if action.required or grouped else "[%s]" % text


class RawDescriptionHelpFormatter(HelpFormatter):
    def _fill_text(self, text, width, indent):
        return "".join([indent + line for line in text.splitlines(True)])


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    def _get_help_string(self, action):
        text = action.help if action.help and action.help.strip() else ""
        if "%(default)" not in text and action.default is not SUPPRESS:
            if action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE):
                text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    _get_default_metavar_for_positional = _get_default_metavar_for_optional


class _ActionsContainer:
    def __init__(self, description, prefix_chars, argument_default, conflict_handler):
        self.description, self.prefix_chars = description, prefix_chars
        self.argument_default, self.conflict_handler = argument_default, conflict_handler
        if conflict_handler not in ("error", "resolve"):
            raise ValueError("invalid conflict_resolution value: %r" % (conflict_handler,))
        self._registries = {}
        self._actions = []
        self._option_string_actions = {}
        self._action_groups = []
        self._mutually_exclusive_groups = []
        self._defaults = {}

    def register(self, registry_name, value, object):
        self._registries.setdefault(registry_name, {})[value] = object

    def _registry_get(self, registry_name, value, default=None):
        return self._registries.get(registry_name, {}).get(value, default)

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)
        for action in self._actions:
            if action.dest in kwargs:
                action.default = kwargs[action.dest]

    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest)

    def add_argument(self, *args, **kwargs):
        chars = self.prefix_chars
        if not args or len(args) == 1 and args[0][0] not in chars:
            if args and "dest" in kwargs:
                raise ValueError("dest supplied twice for positional argument")
            kwargs = self._positional(*args, **kwargs)
        else:
            kwargs = self._optional(*args, **kwargs)
        if "default" not in kwargs:
            if kwargs["dest"] in self._defaults:
                kwargs["default"] = self._defaults[kwargs["dest"]]
            elif self.argument_default is not None:
                kwargs["default"] = self.argument_default
        name = kwargs.pop("action", None)
        cls = self._registry_get("action", name) or (_ACTIONS.get(name) if name is None or isinstance(name, str) else name)
        if not callable(cls):
            raise ValueError("unknown action \"%s\"" % (name,))
        action = cls(**kwargs)
        if not callable(self._registry_get("type", action.type, action.type) or str):
            raise ValueError("%r is not callable" % (action.type,))
        if action.type is FileType:
            raise ValueError("%r is a FileType class object, instance of it must be passed" % (action.type,))
        if hasattr(self, "_get_formatter"):
            try:
                self._get_formatter()._format_args(action, "")
            except TypeError:
                raise ValueError("length of metavar tuple does not match nargs") from None
        return self._add_action(action)

    def _positional(self, dest, **kwargs):
        if "required" in kwargs:
            raise TypeError("'required' is an invalid argument for positionals")
        nargs = kwargs.get("nargs")
        if nargs not in (OPTIONAL, ZERO_OR_MORE, REMAINDER, SUPPRESS, 0):
            kwargs["required"] = True
        if nargs == ZERO_OR_MORE and "default" not in kwargs:
            kwargs["required"] = True
        return dict(kwargs, dest=dest, option_strings=[])

    def _optional(self, *args, **kwargs):
        longs = []
        for option in args:
            if not option or option[0] not in self.prefix_chars:
                raise ValueError("invalid option string %r: must start with a character %r" % (option, self.prefix_chars))
            if len(option) > 1 and option[1] in self.prefix_chars:
                longs.append(option)
        dest = kwargs.pop("dest", None)
        if dest is None:
            dest = (longs[0] if longs else args[0]).lstrip(self.prefix_chars)
            if not dest:
                raise ValueError("dest= is required for options like %r" % args[0])
            dest = dest.replace("-", "_")
        return dict(kwargs, dest=dest, option_strings=list(args))

    def _add_action(self, action):
        taken = [option for option in action.option_strings if option in self._option_string_actions]
        if taken:
            if self.conflict_handler == "resolve":
                for option in taken:
                    old = self._option_string_actions.pop(option)
                    old.option_strings.remove(option)
                    if not old.option_strings:
                        old.container._remove_action(old)
            else:
                plural = "s" if len(taken) > 1 else ""
                raise ArgumentError(action, "conflicting option string%s: %s" % (plural, ", ".join(taken)))
        self._actions.append(action)
        action.container = self
        for option in action.option_strings:
            self._option_string_actions[option] = action
        return action

    def _remove_action(self, action):
        self._actions.remove(action)

    def add_argument_group(self, *args, **kwargs):
        group = _ArgumentGroup(self, *args, **kwargs)
        self._action_groups.append(group)
        return group

    def add_mutually_exclusive_group(self, **kwargs):
        group = _MutuallyExclusiveGroup(self, **kwargs)
        self._mutually_exclusive_groups.append(group)
        return group


class _ArgumentGroup(_ActionsContainer):
    def __init__(self, container, title=None, description=None, **kwargs):
        super().__init__(description, kwargs.get("prefix_chars", container.prefix_chars), kwargs.get("argument_default", container.argument_default),
                         kwargs.get("conflict_handler", container.conflict_handler))
        self.title = title
        self._group_actions = []
        self._container = container
        self._registries, self._actions = container._registries, container._actions
        self._option_string_actions, self._defaults = container._option_string_actions, container._defaults
        self._mutually_exclusive_groups = container._mutually_exclusive_groups

    def _add_action(self, action):
        action = super()._add_action(action)
        self._group_actions.append(action)
        return action

    def _remove_action(self, action):
        super()._remove_action(action)
        self._group_actions.remove(action)


class _MutuallyExclusiveGroup(_ArgumentGroup):
    def __init__(self, container, required=False):
        super().__init__(container)
        self.required = required

    def _add_action(self, action):
        if action.required:
            raise ValueError("mutually exclusive arguments must be optional")
        action = self._container._add_action(action)
        self._group_actions.append(action)
        return action


class ArgumentParser(_ActionsContainer):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter, prefix_chars="-",
                 fromfile_prefix_chars=None, argument_default=None, conflict_handler="error", add_help=True, allow_abbrev=True, exit_on_error=True):
        super().__init__(description, prefix_chars, argument_default, conflict_handler)
        self.prog = prog if prog is not None else os.path.basename(sys.argv[0] if sys.argv else "")
        self.usage, self.epilog, self.formatter_class = usage, epilog, formatter_class
        self.fromfile_prefix_chars, self.add_help = fromfile_prefix_chars, add_help
        self.allow_abbrev, self.exit_on_error = allow_abbrev, exit_on_error
        self._positionals = self.add_argument_group("positional arguments")
        self._optionals = self.add_argument_group("options")
        self._subparsers = None
        if add_help:
            sign = "-" if "-" in prefix_chars else prefix_chars[0]
            self.add_argument(sign + "h", sign * 2 + "help", action="help", default=SUPPRESS, help="show this help message and exit")
        for parent in parents:
            self._take_over(parent)

    def __repr__(self):
        names = ("prog", "usage", "description", "formatter_class", "conflict_handler", "add_help")
        return "ArgumentParser(%s)" % ", ".join(["%s=%r" % (name, getattr(self, name)) for name in names])

    def _take_over(self, parent):
        titles = {group.title: group for group in self._action_groups}
        for group in parent._action_groups:
            target = titles.get(group.title)
            if target is None:
                target = self.add_argument_group(group.title, group.description)
            for action in group._group_actions:
                target._add_action(action)
        for group in parent._mutually_exclusive_groups:
            new = self.add_mutually_exclusive_group(required=group.required)
            new._group_actions = list(group._group_actions)
        known = {id(action) for action in self._actions}
        for action in parent._actions:
            if id(action) not in known:
                self._add_action(action)
        self._defaults.update(parent._defaults)

    def _add_action(self, action):
        (self._optionals if action.option_strings else self._positionals)._add_action(action)
        return action

    def add_subparsers(self, **kwargs):
        if self._subparsers is not None:
            self.error("cannot have multiple subparser arguments")
        kwargs.setdefault("parser_class", type(self))
        if "title" in kwargs or "description" in kwargs:
            self._subparsers = self.add_argument_group(kwargs.pop("title", "subcommands"), kwargs.pop("description", None))
        else:
            self._subparsers = self._positionals
        if kwargs.get("prog") is None:
            formatter = self._get_formatter()
            positionals = [action for action in self._actions if not action.option_strings]
            formatter.add_usage(self.usage, positionals, self._mutually_exclusive_groups, "")
            kwargs["prog"] = formatter.format_help().strip()
        cls = kwargs.pop("action", _SubParsersAction)
        action = cls(option_strings=[], **kwargs)
        self._subparsers._add_action(action)
        return action

    # Reading.

    def parse_args(self, args=None, namespace=None):
        args, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.error("unrecognized arguments: %s" % " ".join(unknown))
        return args

    def parse_known_args(self, args=None, namespace=None):
        args = list(sys.argv[1:] if args is None else args)
        if namespace is None:
            namespace = Namespace()
        for action in self._actions:
            if action.dest is not SUPPRESS and action.default is not SUPPRESS and not hasattr(namespace, action.dest):
                setattr(namespace, action.dest, action.default)
        for dest, value in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        if not self.exit_on_error:
            namespace, unknown = self._parse(args, namespace, False)
        else:
            try:
                namespace, unknown = self._parse(args, namespace, False)
            except ArgumentError as error:
                self.error(str(error))
        if hasattr(namespace, "_unrecognized_args"):
            unknown.extend(namespace._unrecognized_args)
            del namespace._unrecognized_args
        return namespace, unknown

    def parse_intermixed_args(self, args=None, namespace=None):
        args, unknown = self.parse_known_intermixed_args(args, namespace)
        if unknown:
            self.error("unrecognized arguments: %s" % " ".join(unknown))
        return args

    def parse_known_intermixed_args(self, args=None, namespace=None):
        # Options first, then what is left as positionals in one piece.
        args = list(sys.argv[1:] if args is None else args)
        positionals = [action for action in self._actions if not action.option_strings]
        unfit = [action.nargs for action in positionals if action.nargs in (PARSER, REMAINDER)]
        if unfit:
            raise TypeError("parse_intermixed_args: positional arg with nargs=%s" % unfit[0])
        if any([action.dest for group in self._mutually_exclusive_groups for action in group._group_actions if action in positionals]):
            raise TypeError("parse_intermixed_args: positional in mutuallyExclusiveGroup")
        saved = [(action, action.nargs, action.default, action.required) for action in positionals]
        try:
            for action in positionals:
                action.nargs, action.default, action.required = SUPPRESS, SUPPRESS, False
            namespace, rest = self.parse_known_args(args, namespace)
        finally:
            for action, nargs, default, required in saved:
                action.nargs, action.default, action.required = nargs, default, required
        # They were there or missing before.
        options = [action for action in self._actions if action.option_strings and action.required]
        options += [group for group in self._mutually_exclusive_groups if group.required]
        try:
            for each in options:
                each.required = False
            return self.parse_known_args(rest, namespace)
        finally:
            for each in options:
                each.required = True

    def _parse(self, args, namespace, intermixed):
        if self.fromfile_prefix_chars is not None:
            args = self._from_files(args)
        kinds, found = [], {}
        for at, text in enumerate(args):
            if text == "--":
                kinds.append("-")
                kinds += ["A"] * (len(args) - at - 1)
                break
            option = self._as_option(text)
            if option is not None:
                found[at] = option
            kinds.append("A" if option is None else "O")
        state = _State(self, args, "".join(kinds), found, namespace)
        return namespace, state.run()

    def _from_files(self, args):
        out = []
        for text in args:
            if not text or text[0] not in self.fromfile_prefix_chars:
                out.append(text)
                continue
            try:
                with open(text[1:]) as file:
                    lines = []
                    for line in file.read().splitlines():
                        lines += self.convert_arg_line_to_args(line)
                    out += self._from_files(lines)
            except OSError as error:
                self.error(str(error))
        return out

    def convert_arg_line_to_args(self, arg_line):
        return [arg_line]

    def _as_option(self, text):
        """(action, option string, explicit argument) of what looks like an option, else None."""
        if not text or text[0] not in self.prefix_chars:
            return None
        if text in self._option_string_actions:
            return self._option_string_actions[text], text, None
        if len(text) == 1:
            return None
        if "=" in text:
            option, _, value = text.partition("=")
            if option in self._option_string_actions:
                return self._option_string_actions[option], option, value
        matches = self._abbreviated(text)
        if len(matches) > 1:
            options = ", ".join([option for _, option, _ in matches])
            raise ArgumentError(None, "ambiguous option: %s could match %s" % (text, options))
        if matches:
            return matches[0]
        if _is_negative_number(text) and not any([_is_negative_number(option) for option in self._option_string_actions]):
            return None
        return None if " " in text else (None, text, None)

    def _abbreviated(self, text):
        chars, result = self.prefix_chars, []
        if text[1] in chars:
            if self.allow_abbrev:
                option, equals, value = text.partition("=")
                for known, action in self._option_string_actions.items():
                    if known.startswith(option):
                        result.append((action, known, value if equals else None))
            return result
        short = text[:2]
        for known, action in self._option_string_actions.items():
            if known == short:
                result.append((action, known, text[2:]))
            elif self.allow_abbrev and known.startswith(text.partition("=")[0]) and known[:1] in chars:
                result.append((action, known, text.partition("=")[2] if "=" in text else None))
        return result

    def _get_values(self, action, texts):
        nargs = action.nargs
        if nargs not in (PARSER, REMAINDER) and "--" in texts:
            texts = list(texts)
            texts.remove("--")
        if not texts and nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str):
                value = self._get_value(action, value)
                self._check_value(action, value)
            return value
        if not texts and nargs == ZERO_OR_MORE and not action.option_strings:
            value = action.default if action.default is not None else []
            return value
        if len(texts) == 1 and nargs in (None, OPTIONAL):
            value = self._get_value(action, texts[0])
            self._check_value(action, value)
            return value
        if nargs == REMAINDER:
            return [self._get_value(action, text) for text in texts]
        values = [self._get_value(action, text) for text in texts]
        if nargs == PARSER:
            self._check_value(action, values[0])
            return values
        if nargs == SUPPRESS:
            return SUPPRESS
        for value in values:
            self._check_value(action, value)
        return values

    def _get_value(self, action, text):
        make = self._registry_get("type", action.type, action.type)
        if make is None:
            return text
        try:
            return make(text)
        except ArgumentTypeError as error:
            raise ArgumentError(action, str(error)) from None
        except (TypeError, ValueError):
            name = getattr(action.type, "__name__", repr(action.type))
            raise ArgumentError(action, "invalid %s value: %r" % (name, text)) from None

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            choices = ", ".join([repr(choice) for choice in action.choices])
            raise ArgumentError(action, "invalid choice: %r (choose from %s)" % (value, choices))

    # Telling.

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def format_usage(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return formatter.format_help()

    def format_help(self):
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_text(group.description)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def print_usage(self, file=None):
        self._print_message(self.format_usage(), file or sys.stdout)

    def print_help(self, file=None):
        self._print_message(self.format_help(), file or sys.stdout)

    def _print_message(self, message, file=None):
        if message:
            (file or sys.stderr).write(message)

    def exit(self, status=0, message=None):
        if message:
            self._print_message(message, sys.stderr)
        sys.exit(status)

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(2, "%s: error: %s\n" % (self.prog, message))


def _is_negative_number(text):
    body = text[1:]
    return text[:1] == "-" and (body.isdigit() or body.replace(".", "", 1).isdigit() and body[-1:].isdigit())


class _State:
    """One reading of a command line: `kinds` has a letter for each word: A, O or -."""

    def __init__(self, parser, args, kinds, found, namespace):
        self.parser, self.args, self.kinds, self.found, self.namespace = parser, args, kinds, found, namespace
        self.seen, self.seen_given = [], []
        self.extras = []
        self.positionals = [action for action in parser._actions if not action.option_strings]

    def run(self):
        last = max(self.found, default=-1)
        at = 0
        while at <= last:
            upcoming = min([place for place in self.found if place >= at])
            if at != upcoming:
                stop = self.take_positionals(at)
                if stop > at:
                    at = stop
                    continue
                at = stop
            if at not in self.found:
                self.extras += self.args[at:upcoming]
                at = upcoming
            at = self.take_option(at)
        at = self.take_positionals(at)
        self.extras += self.args[at:]
        self.finish()
        return self.extras

    def act(self, action, texts, option=None):
        self.seen.append(action)
        values = self.parser._get_values(action, texts)
        if values is not action.default or texts:
            self.seen_given.append(action)
            for group in self.parser._mutually_exclusive_groups:
                if action in group._group_actions:
                    for other in group._group_actions:
                        if other is not action and other in self.seen_given:
                            raise ArgumentError(action, "not allowed with argument %s" % _name_of(other))
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, option)

    def take_option(self, at):
        action, option, explicit = self.found[at]
        while True:
            if action is None:
                self.extras.append(self.args[at])
                return at + 1
            if explicit is not None:
                count = self.matched(action, "A")
                is_short = option[1:2] not in self.parser.prefix_chars
                if count == 0 and is_short and explicit != "":
                    self.act(action, [], option)
                    following = option[0] + explicit[0]
                    other = self.parser._option_string_actions.get(following)
                    if other is None:
                        raise ArgumentError(action, "ignored explicit argument %r" % explicit)
                    action, option, explicit = other, following, explicit[1:] or None
                    if explicit is not None and explicit[:1] == "=":
                        explicit = explicit[1:]
                    continue
                if count != 1:
                    raise ArgumentError(action, "ignored explicit argument %r" % explicit)
                self.act(action, [explicit], option)
                return at + 1
            count = self.matched(action, self.kinds[at + 1 :])
            if count < 0:
                raise ArgumentError(action, _wanted(action))
            stop = at + 1 + count
            self.act(action, self.args[at + 1 : stop], option)
            return stop

    def take_positionals(self, at):
        counts = self.fit(self.positionals, self.kinds[at:])
        for action, count in zip(self.positionals, counts):
            self.act(action, self.args[at : at + count])
            at += count
        self.positionals = self.positionals[len(counts) :]
        return at

    def fit(self, actions, kinds):
        """How many words the first so many positionals take, as many of them as can."""
        for size in range(len(actions), 0, -1):
            import re

            match = re.match("".join([_pattern(action) for action in actions[:size]]), kinds)
            if match is not None:
                return [len(match.group(index + 1)) for index in range(size)]
        return []

    def matched(self, action, kinds):
        import re

        match = re.match(_pattern(action), kinds)
        return -1 if match is None else len(match.group(1))

    def finish(self):
        missing = []
        for action in self.parser._actions:
            if action in self.seen:
                continue
            if action.required:
                missing.append(_name_of(action))
            elif isinstance(action.default, str) and hasattr(self.namespace, action.dest) and action.default is getattr(self.namespace, action.dest):
                setattr(self.namespace, action.dest, self.parser._get_value(action, action.default))
        if missing:
            raise ArgumentError(None, "the following arguments are required: %s" % ", ".join(missing))
        for group in self.parser._mutually_exclusive_groups:
            if group.required and not any([action in self.seen_given for action in group._group_actions]):
                names = [_name_of(action) for action in group._group_actions if action.help is not SUPPRESS]
                raise ArgumentError(None, "one of the arguments %s is required" % " ".join(names))


def _pattern(action):
    nargs = action.nargs
    if nargs is None:
        form = "(-*A-*)"
    elif nargs == OPTIONAL:
        form = "(-*A?-*)"
    elif nargs == ZERO_OR_MORE:
        form = "(-*[A-]*)"
    elif nargs == ONE_OR_MORE:
        form = "(-*A[A-]*)"
    elif nargs == REMAINDER:
        form = "([-AO]*)"
    elif nargs == PARSER:
        form = "(-*A[-AO]*)"
    elif nargs == SUPPRESS:
        form = "(-*-*)"
    else:
        form = "(-*%s-*)" % "-*".join("A" * nargs)
    return form.replace("-*", "").replace("-", "") if action.option_strings else form


def _wanted(action):
    words = {None: "expected one argument", OPTIONAL: "expected at most one argument", ONE_OR_MORE: "expected at least one argument"}
    if action.nargs in words:
        return words[action.nargs]
    return "expected %s argument%s" % (action.nargs, "" if action.nargs == 1 else "s")
