"""`zlib`, by its name since Python 3.14."""

import zlib as _module

globals().update({name: value for name, value in vars(_module).items() if not name.startswith("_")})
