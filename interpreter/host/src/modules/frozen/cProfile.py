"""The profiler by the name under which most programs know it."""

import profile
from profile import Profile, run, runctx

__all__ = ["run", "runctx", "Profile"]


def label(code):
    """A function as profiles name it."""
    return ("~", 0, code) if isinstance(code, str) else Profile._named(code)


def main():
    profile.main("cProfile.py", "cumulative")


if __name__ == "__main__":
    # The program takes the place of this module.
    import cProfile

    cProfile.main()
