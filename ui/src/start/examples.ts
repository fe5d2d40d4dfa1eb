// Small programs to begin with: each is one idea, runs on the virtual board, and invites a change.
import type { Below } from "../messages/index.svelte";

export type Example = { id: Below<"example">; name: string; source: string; page?: "plotter" };

export const EXAMPLES: readonly Example[] = [
  {
    id: "lights",
    name: "lights.py",
    source: `# Lights that chase each other. Change the pause, or the order of the lights.
from pyb import LED
import time

lights = [LED(1), LED(2), LED(3), LED(4)]

for turn in range(5):
    for light in lights + lights[2:0:-1]:
        light.on()
        time.sleep(0.12)
        light.off()
`,
  },
  {
    id: "waves",
    name: "waves.py",
    page: "plotter",
    source: `# Two waves to look at in the plotter: a line like "name:number name:number" becomes a point of each curve.
import math
import time

for step in range(400):
    angle = step / 15
    swell = math.exp(-step / 150)
    print("calm:%.3f" % math.sin(angle / 3), "fading:%.3f" % (swell * math.cos(angle)))
    time.sleep(0.01)
`,
  },
  {
    id: "button",
    name: "button.py",
    source: `# Press the board's USR switch ten times: each press lights the next light.
from pyb import LED, Switch
import time

switch = Switch()
presses = 0

print("Press USR, the round button on the board.")
while presses < 10:
    if switch.value():
        presses += 1
        LED(1 + presses % 4).toggle()
        print("pressed", presses, "times")
        while switch.value():
            time.sleep(0.01)  # until it is let go
    time.sleep(0.01)
print("Thank you!")
`,
  },
  {
    id: "knob",
    name: "knob.py",
    source: `# A knob at pin X19 dims the blue light. On the virtual board it is a slider.
from machine import ADC, Pin
from pyb import LED
import time

knob = ADC(Pin("X19"))
light = LED(4)

print("Turn the knob. Ctrl-C ends it.")
while True:
    light.intensity(knob.read_u16() // 256)
    time.sleep(0.02)
`,
  },
  {
    id: "tilt",
    name: "tilt.py",
    source: `# The lights show how the board is held. On the virtual one the sliders hold it.
from pyb import LED, Accel
import time

accel = Accel()
lights = {"left": LED(1), "right": LED(2), "front": LED(3), "back": LED(4)}

print("Hold the board another way. Ctrl-C ends it.")
while True:
    x, y = accel.x(), accel.y()
    leans = {"left": x < -7, "right": x > 7, "front": y < -7, "back": y > 7}
    for side, light in lights.items():
        light.on() if leans[side] else light.off()
    time.sleep(0.05)
`,
  },
  {
    id: "ball",
    name: "ball.py",
    source: `# A ball rolls on the display (the skin LCD32MKv1.0 in position X) as the
# board is held. On the virtual one the sliders hold it.
from pyb import LCD, LED, Accel
import time

WIDTH, HEIGHT, RADIUS = 128, 32, 4
BALL = [(i, j) for i in range(-4, 5) for j in range(-4, 5) if i * i + j * j <= 18]

screen = LCD("X")
screen.light(True)
accel = Accel()
x, y, dx, dy = 20, 12, 3, 1.5
bounces = 0

print("Tilt the board. Ctrl-C ends it.")
while True:
    dx += accel.x() / 40
    dy += accel.y() / 40
    x += dx
    y += dy
    if not RADIUS <= x < WIDTH - RADIUS:
        dx, bounces = -0.9 * dx, bounces + 1
    if not RADIUS <= y < HEIGHT - RADIUS:
        dy, bounces = -0.9 * dy, bounces + 1
    x = min(max(x, RADIUS), WIDTH - RADIUS - 1)
    y = min(max(y, RADIUS), HEIGHT - RADIUS - 1)

    screen.fill(0)
    screen.text(str(bounces), 1, 1, 1)
    for i, j in BALL:
        screen.pixel(int(x) + i, int(y) + j, 1)
    screen.show()
    LED(4).intensity(min(255, int(20 * (abs(dx) + abs(dy)))))
    time.sleep(0.04)
`,
  },
  {
    id: "rainbow",
    name: "rainbow.py",
    source: `# A rainbow goes round a strip of 16 lights (WS2812, "NeoPixel") at pin X8.
from machine import Pin, bitstream
import math
import time

strip = Pin("X8", Pin.OUT)
lights = bytearray(3 * 16)

for step in range(400):
    for light in range(16):
        for part in range(3):  # green, red, blue
            angle = math.pi * (light / 8 + step / 40 + part * 2 / 3)
            lights[3 * light + part] = int(25 * (1 + math.sin(angle)) ** 2)
    bitstream(strip, 0, (400, 850, 800, 450), lights)
    time.sleep(0.03)
`,
  },
  {
    id: "guess",
    name: "guess.py",
    source: `# A game for the console below: type a number, then Enter.
import random

secret = random.randint(1, 100)
tries = 0
print("I think of a number from 1 to 100.")

while True:
    guess = input("Your guess: ")
    if not guess.isdigit():
        print("A number, please.")
        continue
    tries += 1
    if int(guess) < secret:
        print("More!")
    elif int(guess) > secret:
        print("Less!")
    else:
        print("That is it! You needed", tries, "tries.")
        break
`,
  },
  {
    id: "fractal",
    name: "fractal.py",
    source: `# A picture made of letters. Move it: change the two ranges, or the 1.6 and the 0.08.
def depth(c):
    z = 0
    for steps in range(24):
        z = z * z + c
        if abs(z) > 2:
            return steps
    return 24


for row in range(-12, 13):
    print("".join(" .:-=+*#%@"[depth(complex(column / 28 - 0.6, row / 11)) * 9 // 24] for column in range(-40, 29)))
`,
  },
];
