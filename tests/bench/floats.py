# A planet around a sun, in steps.
def orbit(steps):
    x, y, u, v, dt = 1.0, 0.0, 0.0, 1.0, 0.001
    for _ in range(steps):
        r2 = x * x + y * y
        pull = -1.0 / (r2 * r2 ** 0.5)
        u += x * pull * dt
        v += y * pull * dt
        x += u * dt
        y += v * dt
    return int(x * 1000), int(y * 1000)

print(orbit(150000))
