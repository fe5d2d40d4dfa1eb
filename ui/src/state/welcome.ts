// The script of the first start: it runs on any board that has a light, and prints where it is.
import { keyOf } from "../commands";
import { t } from "../messages/index.svelte";

export const welcome = (): string => `# ${t("start.welcomeRun", { run: keyOf("run.board") })}
# ${t("start.welcomeMore", { here: keyOf("run.here"), stop: keyOf("run.stop") })}
import sys
import time

print("Hello from", sys.platform)

try:
    from pyb import LED
except ImportError:
    LED = None  # no lights here: only the numbers


def blink(times):
    for number in range(1, times + 1):
        if LED:
            LED(1 + number % 4).toggle()
        print("blink", number)
        time.sleep(0.3)


blink(8)
`;
