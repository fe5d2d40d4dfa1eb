# decimal: arithmetic, rounding, conditions, functions to any precision, formats.
from decimal import *
print(Decimal('1.1') + Decimal('2.2'), Decimal(1) / Decimal(3), Decimal(2).sqrt(), Decimal(2) ** Decimal('0.5'), Decimal(7) // 2, Decimal(-7) % 3)
print(Decimal(1).exp(), Decimal(2).ln(), Decimal(2).log10(), Decimal('0.001') ** Decimal('0.333'), Decimal('1.1') ** 10, Decimal(2) ** 100, Decimal(10) ** -3)
print(Decimal('1e400'), Decimal('NaN'), Decimal('-0'), repr(Decimal(0.1)), Decimal('-Infinity'), Decimal('1_000.5'), Decimal(' 3 '), Decimal((1, (1, 2), -1)))
print(divmod(Decimal(7), Decimal(-3)), round(Decimal('2.675'), 2), round(Decimal('2.5')), hash(Decimal('1.5')) == hash(1.5), int(Decimal('-3.9')), float(Decimal('0.1')))
for rounding in (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP):
    print(rounding, [str(Decimal(x).quantize(Decimal('1'), rounding)) for x in ('1.5', '2.5', '-1.5', '-2.5', '5.1', '10.01')])
for wrong in ('1 / 0', '0 / 0', 'abc', 'sqrt', 'large'):
    try:
        if wrong == '1 / 0': Decimal(1) / 0
        elif wrong == '0 / 0': Decimal(0) / 0
        elif wrong == 'sqrt': Decimal(-1).sqrt()
        elif wrong == 'large': Decimal('1e999999') * 10
        else: Decimal(wrong)
    except ArithmeticError as e: print(wrong, type(e).__name__, isinstance(e, ZeroDivisionError))
with localcontext() as context:
    context.prec = 50
    print(Decimal(1) / 7, Decimal(3).exp(), Decimal(10).ln(), Decimal(2).sqrt())
    context.prec = 5; context.clear_flags()
    print(Decimal('1.23456789') * 1, [s.__name__ for s in (Inexact, Rounded, Clamped) if context.flags[s]])
    context.traps[Inexact] = True
    try: Decimal(1) / 3
    except Inexact: print('inexact')
print(getcontext().prec, Decimal('1.20').normalize(), Decimal('123e2').as_tuple(), Decimal('0.5').as_integer_ratio(), Decimal('1234.5').to_eng_string(), Decimal('1.2e5').adjusted())
print([format(Decimal('1234567.891'), spec) for spec in (',.2f', '.3e', '>15.1f', '+.0f', 'g', '010.1f', '%')], f"{Decimal('0.25'):.1%}", str(Decimal('1E+3')), Decimal('1E-10'))
print(Decimal('Infinity') > 1e300, Decimal(1) == 1.0, Decimal('0.1') == 0.1, Decimal('0.1') < 0.11, max(Decimal(1), Decimal(2)), sorted([Decimal(3), 1, Decimal('2.5')]), sum([Decimal('0.1')] * 10))
print(Decimal('1.5').compare(Decimal(2)), Decimal(5).max(7), Decimal('1.23').copy_negate(), Decimal(3).fma(4, 5), Decimal(1).next_plus(), Decimal('12').shift(1), Decimal(9).number_class(), Decimal('2.5').to_integral_value())
print(Decimal('NaN') == Decimal('NaN'), Decimal('NaN').is_nan(), Decimal('-0') == 0, Decimal('1.10').same_quantum(Decimal('2.22')), Decimal('7').remainder_near(4), Decimal('123.456').logb(), Decimal('1').scaleb(3))
