"""`python -m random`: a choice, an integer, or a float."""

import argparse
import random


def number(text):
    return int(text) if text.lstrip("-").isdigit() else float(text)


parser = argparse.ArgumentParser(prog="random")
kinds = parser.add_mutually_exclusive_group()
kinds.add_argument("-c", "--choice", nargs="+", help="print a random choice")
kinds.add_argument("-i", "--integer", type=int, metavar="N", help="print a random integer between 1 and N inclusive")
kinds.add_argument("-f", "--float", type=float, metavar="N", help="print a random floating-point number between 0 and N inclusive")
parser.add_argument("input", nargs="*", help="words to choose from, or an integer or a float as above")
given = parser.parse_args()
if given.choice:
    print(random.choice(given.choice))
elif given.integer is not None:
    print(random.randint(1, given.integer))
elif given.float is not None:
    print(random.uniform(0, given.float))
elif len(given.input) > 1:
    print(random.choice(given.input))
elif given.input:
    try:
        limit = number(given.input[0])
    except ValueError:
        print(given.input[0])
    else:
        print(random.randint(1, limit) if isinstance(limit, int) else random.uniform(0, limit))
else:
    parser.print_help()
