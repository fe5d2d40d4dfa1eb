"""Tables of RFC 3454: which characters text is prepared with before names are compared. Of Unicode 3.2."""

from unicodedata import ucd_3_2_0 as unicodedata


def _category(*categories):
    return lambda code: unicodedata.category(code) in categories


def in_table_a1(code):
    return unicodedata.category(code) == "Cn" and not (0xFDD0 <= ord(code) < 0xFDF0 or ord(code) & 0xFFFF in (0xFFFE, 0xFFFF))


_B1 = {0xAD, 0x34F, 0x1806, 0x180B, 0x180C, 0x180D, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)}


def in_table_b1(code):
    return ord(code) in _B1


def map_table_b3(code):
    return code.casefold()


def map_table_b2(a):
    folded = map_table_b3(a)
    normal = unicodedata.normalize("NFKC", folded)
    again = "".join([map_table_b3(each) for each in normal])
    final = unicodedata.normalize("NFKC", again)
    return final if normal != final else folded


def in_table_c11(code):
    return code == " "


def in_table_c12(code):
    return code != " " and (unicodedata.category(code) == "Zs" or code == "\u200b")


def in_table_c11_c12(code):
    return unicodedata.category(code) == "Zs" or code == "\u200b"


def in_table_c21(code):
    return ord(code) < 128 and unicodedata.category(code) == "Cc"


_C22 = {1757, 1807, 6158, 8204, 8205, 8232, 8233, 65279, *range(8288, 8292), *range(8298, 8304), *range(65529, 65533), *range(119155, 119163)}


def in_table_c22(code):
    return ord(code) >= 128 and (unicodedata.category(code) == "Cc" or ord(code) in _C22)


def in_table_c21_c22(code):
    return in_table_c21(code) or in_table_c22(code)


in_table_c3 = _category("Co")


def in_table_c4(code):
    return 0xFDD0 <= ord(code) < 0xFDF0 or ord(code) & 0xFFFF in (0xFFFE, 0xFFFF)


in_table_c5 = _category("Cs")


def in_table_c6(code):
    return 0xFFF9 <= ord(code) <= 0xFFFD


def in_table_c7(code):
    return 0x2FF0 <= ord(code) <= 0x2FFB


_C8 = {0x340, 0x341, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x206A, 0x2070)}


def in_table_c8(code):
    return ord(code) in _C8


def in_table_c9(code):
    return ord(code) == 0xE0001 or 0xE0020 <= ord(code) < 0xE0080


def in_table_d1(code):
    return unicodedata.bidirectional(code) in ("R", "AL")


def in_table_d2(code):
    return unicodedata.bidirectional(code) == "L"
