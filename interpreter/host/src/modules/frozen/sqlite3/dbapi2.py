"""The names of `sqlite3`, where the database API has them."""

from sqlite3 import *
from sqlite3 import _adapters, _converters
