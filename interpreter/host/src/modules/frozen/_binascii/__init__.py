"""What continues the builtin module `binascii`."""


class Error(ValueError):
    pass


class Incomplete(Exception):
    pass
