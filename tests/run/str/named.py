# Characters by name, what Unicode says of them, and literals with surrogates, which are wrong only when they are evaluated.
# needs: exec(r'"\N{BULLET}"')
import unicodedata
print('\N{EM SPACE}' == '\u2003', '\N{bullet}', f'\N{GREEK SMALL LETTER ALPHA}={1}', b'\N{x}', r'\N{x}')
for source in ("'\\N{no such name}'", "'\\N'", "'\\N{'"):
    try: eval(source)
    except SyntaxError as e: print('SyntaxError')
print(unicodedata.name('é'), unicodedata.lookup('SNOWMAN'), unicodedata.category('A'), unicodedata.category('\n'), unicodedata.name('\n', 'none'))
print([unicodedata.normalize(form, 'ﬁé') for form in ('NFC', 'NFD', 'NFKC', 'NFKD')], unicodedata.combining('\u0301'), unicodedata.bidirectional('א'))
print(unicodedata.digit('٣'), unicodedata.decimal('７'), unicodedata.numeric('5'), unicodedata.digit('²'), unicodedata.digit('x', None), unicodedata.east_asian_width('漢'), unicodedata.decomposition('é'))
try: unicodedata.name('\n')
except ValueError as e: print(e)
def surrogate(): return '\ud800'
