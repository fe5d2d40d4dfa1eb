"""Numbers that programs may know or change."""

ACCEPT_RETRY_DELAY = 1  # seconds, until a server that had no descriptors left looks for connections again
SSL_HANDSHAKE_TIMEOUT = 60.0  # seconds, in which a peer must have greeted
LOG_THRESHOLD_FOR_CONNLOST_WRITES = 5  # writes that nobody heard, before a warning says so

# These are known for the sake of programs that read them; nothing here needs them.
SSL_SHUTDOWN_TIMEOUT, THREAD_JOIN_TIMEOUT = 30.0, 300
SENDFILE_FALLBACK_READBUFFER_SIZE, DEBUG_STACK_DEPTH = 1 << 18, 10
FLOW_CONTROL_HIGH_WATER_SSL_READ, FLOW_CONTROL_HIGH_WATER_SSL_WRITE = 256, 512
