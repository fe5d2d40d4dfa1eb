"""`json.decoder`: names that programs import from there."""

from _json import JSONDecodeError, JSONDecoder
