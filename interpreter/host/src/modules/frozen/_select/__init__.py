"""What continues the builtin module `select`: names of errors and of events."""

error = OSError
PIPE_BUF = 4096
POLLPRI, POLLRDNORM, POLLRDBAND, POLLWRNORM, POLLWRBAND, POLLMSG, POLLRDHUP = 2, 64, 128, 256, 512, 1024, 8192
