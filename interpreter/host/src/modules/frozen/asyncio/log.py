"""Where `asyncio` tells what happens in it."""

import logging

logger = logging.getLogger("asyncio")
