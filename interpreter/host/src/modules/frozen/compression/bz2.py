"""`bz2`, by its name since Python 3.14."""

import bz2 as _module

globals().update({name: value for name, value in vars(_module).items() if not name.startswith("_")})
