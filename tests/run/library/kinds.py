# Numbers of sockets under their names, names of processes' kinds, arrays that are copied, and named tuples made as tuples.
# needs: import multiprocessing.context
import array
import copy
import socket
import multiprocessing.context
from collections import namedtuple

print(socket.AddressFamily.AF_INET == socket.AF_INET, socket.AddressFamily(socket.AF_INET6).name, socket.SocketKind.SOCK_STREAM.name)
print(issubclass(multiprocessing.context.SpawnProcess, multiprocessing.process.BaseProcess))
numbers = array.array("b", [1, 2])
other = numbers.__copy__()
other[0] = 5
print(numbers, other, copy.copy(numbers), copy.deepcopy(numbers))
Point = namedtuple("Point", "x y")


class Named(Point):
    pass


print(tuple.__new__(Point, (1, 2)), tuple.__new__(Named, [3, 4]).y, tuple.__new__(tuple, "ab"))
