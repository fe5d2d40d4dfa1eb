# needs: import argparse
# Help as programs shape it: they override what everybody's recipes name.
import argparse
import os

os.environ["COLUMNS"] = "70"


class Once(argparse.RawDescriptionHelpFormatter):
    def _format_action_invocation(self, action):
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        return ", ".join(action.option_strings) + " " + self._format_args(action, action.dest.upper())

    def _format_action(self, action):
        text = super()._format_action(action)
        return text.upper() if action.dest == "shout" else text

    def _metavar_formatter(self, action, default_metavar):
        names = super()._metavar_formatter(action, default_metavar)
        return lambda count: tuple("<%s>" % name for name in names(count))

    def add_usage(self, usage, actions, groups, prefix=None):
        return super().add_usage(usage, actions, groups, "Use: ")

    class _Section(argparse.HelpFormatter._Section):
        def format_help(self):
            if self.heading is not None:
                self.heading = "* " + self.heading
            return super().format_help()


for formatter in (Once, argparse.HelpFormatter, argparse.ArgumentDefaultsHelpFormatter):
    parser = argparse.ArgumentParser(prog="lamp", description="Turns %(prog)s on.\n  Or off.", epilog="Done.", formatter_class=formatter)
    parser.add_argument("pins", nargs="+", help="the pins, of which there may be many, so many that a line is too short for them")
    parser.add_argument("-l", "--level", type=int, choices=[1, 2], default=1, help="one of %(choices)s, an %(type)s")
    parser.add_argument("--shout", action="store_true", help="loud")
    parser.add_argument("--pair", nargs=2, metavar=("A", "B"), help=argparse.SUPPRESS)
    group = parser.add_argument_group("light", "What it is like.")
    group.add_argument("--a-name-that-is-longer-than-the-column", help="long")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", help="what to do")
    commands.add_parser("blink", help="blinks", aliases=["wink"]).add_argument("times")
    print(parser.format_help())
