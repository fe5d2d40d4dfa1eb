"""Abstract classes, by the name that CPython gives to their version in Python; here there is one."""

from abc import ABCMeta, get_cache_token
