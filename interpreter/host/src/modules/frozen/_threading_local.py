"""Attributes that each thread has for itself, by another name of them."""

from threading import local

__all__ = ["local"]
