# needs: exit
# What stands for an int makes a float.
class Index:
    def __index__(self): return 7
class Float:
    def __float__(self): return 2.5
class Wrong:
    def __float__(self): return 'x'
print(float(Index()), float(Float()), float(True), float(2 ** 70))
try: float(Wrong())
except TypeError: print('TypeError')
class Int:
    def __float__(self): return 2
try: float(Int())
except TypeError as e: print(e)
