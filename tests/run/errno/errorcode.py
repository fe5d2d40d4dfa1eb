import errno
print(errno.errorcode[errno.ENOENT], errno.errorcode[11], errno.ENOTEMPTY, errno.errorcode.get(9999))
print(all(getattr(errno, name, number) == number for number, name in errno.errorcode.items()))
