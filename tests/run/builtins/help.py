# not CPython: its help is another. help(): the keys of the prompt, an object's attributes, the modules.
# needs: help
# needs: exec("class A:\n    'a'\nassert A.__doc__")

help()


class Lamp:
    """Lights up."""

    colour = "red"
    power = 5
    del power


class Bulb(Lamp):
    watts = 40


help(Lamp)
help(Bulb)
help(slice)
help(slice(3))

import sys

module = type(sys)("lights")
module.on = True
help(module)


class Sour:
    def __str__(self):
        raise ValueError("too sour")


try:
    help(Sour())
except ValueError as error:
    print("\n", error)
try:
    help(1, 2)
except TypeError:
    print("one object at a time")
