# needs: import copy, pickle
import asyncio
class Y:
    def __init__(self, v): self.v = v
    def __await__(self):
        yield self.v
async def main():
    await Y(None); print("none ok")
    try: await Y(5)
    except RuntimeError as e: print(e)
    order = []
    async def w(n):
        for i in range(3):
            order.append(n); await Y(None)
    await asyncio.gather(w(1), w(2)); print(order)
asyncio.run(main())
