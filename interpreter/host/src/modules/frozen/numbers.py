"""The tower of numbers, as abstract classes."""

from abc import ABCMeta, abstractmethod

__all__ = ["Complex", "Integral", "Number", "Rational", "Real"]


class Number(metaclass=ABCMeta):
    __slots__ = ()
    __hash__ = None


class Complex(Number):
    @abstractmethod
    def __complex__(self): ...

    def __bool__(self):
        return self != 0

    @property
    @abstractmethod
    def real(self): ...

    @property
    @abstractmethod
    def imag(self): ...

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


class Real(Complex):
    @abstractmethod
    def __float__(self): ...

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self

    def __complex__(self):
        return complex(float(self))

    @property
    def real(self):
        return +self

    @property
    def imag(self):
        return 0

    def conjugate(self):
        return +self


class Rational(Real):
    @property
    @abstractmethod
    def numerator(self): ...

    @property
    @abstractmethod
    def denominator(self): ...

    def __float__(self):
        return int(self.numerator) / int(self.denominator)


class Integral(Rational):
    @abstractmethod
    def __int__(self): ...

    def __index__(self):
        return int(self)

    def __float__(self):
        return float(int(self))

    @property
    def numerator(self):
        return +self

    @property
    def denominator(self):
        return 1


Complex.register(complex)
Real.register(float)
Integral.register(int)
