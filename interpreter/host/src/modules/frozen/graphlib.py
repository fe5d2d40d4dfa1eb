"""An order in which everything comes after what it needs."""

__all__ = ["CycleError", "TopologicalSorter"]


class CycleError(ValueError):
    pass


class TopologicalSorter:
    """Nodes and what each of them needs first."""

    def __init__(self, graph=None):
        self._before, self._after = {}, {}
        self._ready = self._started = None
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def add(self, node, *predecessors):
        if self._started is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        self._note(node)
        for predecessor in predecessors:
            self._note(predecessor)
            self._before[node] += 1
            self._after[predecessor].append(node)

    def _note(self, node):
        self._before.setdefault(node, 0)
        self._after.setdefault(node, [])

    def prepare(self):
        if self._started is not None:
            raise ValueError("cannot prepare() more than once")
        self._started, self._finished = set(), 0
        self._ready = [node for node, count in self._before.items() if not count]
        cycle = self._find_cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def _find_cycle(self):
        """Walks without recursion; what is on the way has a place in `place`."""
        done = set()
        for start in self._before:
            if start in done:
                continue
            way, place, rests = [start], {start: 0}, [iter(self._after[start])]
            while way:
                node = next(rests[-1], None) if rests else None
                if node is None:
                    rests.pop()
                    left = way.pop()
                    del place[left]
                    done.add(left)
                elif node in place:
                    return way[place[node] :] + [node]
                elif node not in done:
                    place[node] = len(way)
                    way.append(node)
                    rests.append(iter(self._after[node]))
        return None

    def _check(self):
        if self._started is None:
            raise ValueError("prepare() must be called first")

    def get_ready(self):
        self._check()
        ready, self._ready = tuple(self._ready), []
        self._started.update(ready)
        return ready

    def is_active(self):
        self._check()
        return self._finished < len(self._started) or bool(self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        self._check()
        for node in nodes:
            if node not in self._before:
                raise ValueError("node %r was not added using add()" % (node,))
            count = self._before[node]
            if count < 0:
                raise ValueError("node %r was already marked as done" % (node,))
            if node not in self._started:
                raise ValueError("node %r was not passed out (still not ready?)" % (node,) if count else "node %r was not passed out" % (node,))
            self._before[node] = -1
            self._finished += 1
            for after in self._after[node]:
                self._before[after] -= 1
                if not self._before[after]:
                    self._ready.append(after)

    def static_order(self):
        self.prepare()
        while self.is_active():
            nodes = self.get_ready()
            yield from nodes
            self.done(*nodes)

    from types import GenericAlias as _alias

    __class_getitem__ = classmethod(_alias)
