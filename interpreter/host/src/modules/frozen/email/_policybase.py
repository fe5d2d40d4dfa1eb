"""Policies, by the name of the module that has them in CPython."""

from email.policy import Compat32, Policy, compat32

__all__ = ["Compat32", "Policy", "compat32"]
