# needs: ExceptionGroup
# A group whose class is made of more than a message and exceptions.
class Coded(ExceptionGroup):
    def __new__(cls, message, exceptions, code):
        self = super().__new__(Coded, message, exceptions)
        self.code = code
        return self

    def derive(self, exceptions):
        return Coded(self.message, exceptions, self.code)


group = Coded("some", [ValueError(1), TypeError(2)], 42)
yes, no = group.split(ValueError)
print(yes.code, no.code, yes, no, group.args[2])
try:
    raise group
except* ValueError as caught:
    print(type(caught).__name__, caught.code, len(caught.exceptions))
except* TypeError as caught:
    print(type(caught).__name__, caught.code)
