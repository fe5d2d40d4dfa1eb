"""What clients share that talk in lines: a socket, and a file that reads it."""


class LineClient:
    sock = file = None

    def close(self):
        file, sock, self.file, self.sock = self.file, self.sock, None, None
        try:
            if file is not None:
                file.close()
        finally:
            if sock is not None:
                sock.close()
