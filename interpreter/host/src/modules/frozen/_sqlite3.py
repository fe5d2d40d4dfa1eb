"""The name by which programs look whether there is `sqlite3`."""

from sqlite3 import *
