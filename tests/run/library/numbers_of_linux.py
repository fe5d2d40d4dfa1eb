# Numbers of the system under their names, in the modules that have them.
# needs: import fcntl
import fcntl, os, socket, struct, termios
for module, names in (
    (os, 'O_RDONLY O_PATH O_TMPFILE O_DIRECT WNOHANG WNOWAIT SEEK_HOLE PRIO_USER P_PIDFD CLD_STOPPED EFD_SEMAPHORE MFD_CLOEXEC MFD_HUGE_2MB RWF_SYNC SCHED_RESET_ON_FORK SPLICE_F_MOVE XATTR_REPLACE ST_RELATIME F_TLOCK RTLD_DEEPBIND TMP_MAX EX_USAGE'),
    (socket, 'AF_UNSPEC AF_VSOCK AF_ALG AF_CAN AF_PACKET SOCK_CLOEXEC SO_PEERCRED SO_REUSEPORT SO_MARK SOL_CAN_RAW CAN_EFF_FLAG IPPROTO_MPTCP IPV6_RECVTCLASS TCP_INFO TCP_FASTOPEN MSG_ERRQUEUE NETLINK_ROUTE PACKET_OUTGOING INADDR_LOOPBACK EAI_NONAME NI_MAXSERV VMADDR_CID_ANY SOMAXCONN'),
    (termios, 'TIOCGWINSZ TIOCSWINSZ TIOCNOTTY TIOCSCTTY FIONREAD FIONBIO B921600 CRTSCTS VWERASE ECHOCTL NCCS'),
    (fcntl, 'F_GETPIPE_SZ F_ADD_SEALS F_SEAL_WRITE F_NOTIFY F_GETLEASE')):
    print(module.__name__, *[getattr(module, name) + 0 for name in names.split()])
    print([name for name in names.split() if name not in dir(module) and module is not os])
first, second = os.openpty()
fcntl.ioctl(second, termios.TIOCSWINSZ, struct.pack('HHHH', 10, 20, 0, 0))
print(struct.unpack('HHHH', fcntl.ioctl(first, termios.TIOCGWINSZ, bytes(8))), os.get_terminal_size(second))
file, hole = os.pipe()
try: os.get_terminal_size(file)
except OSError as e: print(e.errno)
