"""The modules that pack bytes, by their names since Python 3.14."""
