# not CPython: it says which Python this is.
import platform
print(type(platform.platform()), type(platform.python_compiler()), len(platform.libc_ver()), platform.python_implementation(), platform.system() != "")
