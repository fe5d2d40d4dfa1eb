"""What `os.path` is on this system."""

from os.path import *
import os.path as _path

globals().update({name: getattr(_path, name) for name in dir(_path) if not name.startswith("__")})
