"""`json.decoder`: names that programs import from there."""

from _json import JSONDecodeError, JSONDecoder

__all__ = ["JSONDecodeError", "JSONDecoder"]
