# needs: int('\u0661')
# Numbers are read from the digits of any script, with its blanks around; characters know what sort of digit they are.

print(int("\u0661\u0662\u0663"), int("-\u0967\u0968"), int("\uff11\uff12", 16), int("1\u0662_\u0663"))
print(int("\u2003\u0664\u00a0"), float("\u0661\u0662.\u0665"), float("\u2002-\uff11e\uff12\u3000"))
print(int("\U0001d7d9\U0001d7e2\U0001d7ff"))
for text in ("\u00b2", "\u0661x", "\u4e09", "\u2460", "\u0660\u0661\u066b\u0662"):
    for kind in (int, float):
        try:
            print(kind(text))
        except ValueError as error:
            print(ascii(str(error)))
for text in ("5", "\u0665", "\u00b2", "\u2460", "\u00bd", "\u2167", "a", "\u0665\u00b2"):
    print(ascii(text), text.isdecimal(), text.isdigit(), text.isnumeric(), text.isalnum())
