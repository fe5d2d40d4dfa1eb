"""Iterators of iterators."""


class count:
    def __init__(self, start=0, step=1):
        if not (hasattr(start, "__add__") and hasattr(start, "__sub__") and hasattr(step, "__add__")):
            raise TypeError("a number is required")
        self._next, self._step = start, step

    def __iter__(self):
        return self

    def __next__(self):
        value = self._next
        self._next = value + self._step
        return value

    def __repr__(self):
        if self._step == 1:
            return "count(%r)" % (self._next,)
        return "count(%r, %r)" % (self._next, self._step)


# What checks its arguments does so when it is called, and leaves the rest to a generator.


def cycle(iterable, /):
    return _cycle(iter(iterable))


def _cycle(iterator):
    kept = []
    for item in iterator:
        yield item
        kept.append(item)
    while kept:
        yield from kept


class repeat:
    def __init__(self, object, times=None):
        self._object = object
        self._left = None if times is None else max(times, 0)

    def __iter__(self):
        return self

    def __next__(self):
        if self._left is not None:
            if not self._left:
                raise StopIteration
            self._left -= 1
        return self._object

    def __length_hint__(self):
        if self._left is None:
            raise TypeError("len() of unsized object")
        return self._left

    def __repr__(self):
        return "repeat(%r)" % (self._object,) if self._left is None else "repeat(%r, %d)" % (self._object, self._left)


def accumulate(iterable, func=None, *, initial=None):
    return _accumulate(iter(iterable), func, initial)


def _accumulate(iterator, func, initial):
    if initial is None:
        try:
            initial = next(iterator)
        except StopIteration:
            return
    yield initial
    for item in iterator:
        initial = initial + item if func is None else func(initial, item)
        yield initial


def batched(iterable, n, *, strict=False):
    if n < 1:
        raise ValueError("n must be at least one")
    return _batched(iter(iterable), n, strict)


def _batched(iterator, n, strict):
    while batch := tuple(islice(iterator, n)):
        if strict and len(batch) != n:
            raise ValueError("batched(): incomplete batch")
        yield batch


class chain:
    def __init__(self, *iterables):
        self._iterables = iter(iterables)
        self._current = iter(())

    @classmethod
    def from_iterable(cls, iterables, /):
        self = cls()
        self._iterables = iter(iterables)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            for item in self._current:
                return item
            self._current = iter(next(self._iterables))


def compress(data, selectors):
    return _compress(zip(data, selectors))


def _compress(pairs):
    for item, selected in pairs:
        if selected:
            yield item


def dropwhile(predicate, iterable, /):
    return _dropwhile(predicate, iter(iterable))


def _dropwhile(predicate, iterator):
    for item in iterator:
        if not predicate(item):
            yield item
            break
    yield from iterator


def takewhile(predicate, iterable, /):
    return _takewhile(predicate, iter(iterable))


def _takewhile(predicate, iterator):
    for item in iterator:
        if not predicate(item):
            break
        yield item


def filterfalse(predicate, iterable, /):
    return _filterfalse(predicate, iter(iterable))


def _filterfalse(predicate, iterator):
    for item in iterator:
        if not (item if predicate is None else predicate(item)):
            yield item


class groupby:
    def __init__(self, iterable, key=None):
        self._iterator = iter(iterable)
        self._key = key or (lambda item: item)
        self._target = self._current = object()
        self._ended = False

    def __iter__(self):
        return self

    def _advance(self):
        for item in self._iterator:
            self._item, self._current = item, self._key(item)
            return
        self._ended = True

    def __next__(self):
        self._id = object()
        while not self._ended and self._current == self._target:
            self._advance()
        if self._ended:
            raise StopIteration
        self._target = self._current
        return self._current, self._group(self._target, self._id)

    def _group(self, target, id):
        while self._id is id and not self._ended and self._current == target:
            yield self._item
            self._advance()


def islice(iterable, *args):
    if not 1 <= len(args) <= 3:
        raise TypeError("islice expected from 2 to 4 arguments, got %d" % (len(args) + 1))
    bounds = slice(*args)
    for bound in (bounds.start, bounds.stop):
        if bound is not None and (not isinstance(bound, int) or bound < 0):
            raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    if bounds.step is not None and (not isinstance(bounds.step, int) or bounds.step < 1):
        raise ValueError("Step for islice() must be a positive integer or None.")
    return _islice(iter(iterable), bounds.start or 0, bounds.stop, bounds.step or 1)


def _islice(iterator, start, stop, step):
    wanted, position = start, 0
    while stop is None or wanted < stop:
        for item in iterator:
            position += 1
            if position > wanted:
                yield item
                wanted += step
                break
        else:
            return
    # As CPython, it reads up to the end of the slice.
    while position < stop:
        for item in iterator:
            position += 1
            break
        else:
            return


def pairwise(iterable, /):
    return _pairwise(iter(iterable))


def _pairwise(iterator):
    for before in iterator:
        break
    else:
        return
    for item in iterator:
        yield before, item
        before = item


def starmap(function, iterable, /):
    return _starmap(function, iter(iterable))


def _starmap(function, iterator):
    for args in iterator:
        yield function(*args)


class _Tee:
    # All copies walk one chain of [item, next]; a list that they share says whether one of them is asking the iterator.
    def __init__(self, iterator, link, asking):
        self._iterator, self._link, self._asking = iterator, link, asking

    def __iter__(self):
        return self

    def __next__(self):
        link = self._link
        if link[1] is None:
            if self._asking:
                raise RuntimeError("the tee iterator is being asked already")
            self._asking.append(True)
            try:
                link[0] = next(self._iterator)
            finally:
                self._asking.pop()
            link[1] = [None, None]
        value, self._link = link
        return value

    def __copy__(self):
        return _Tee(self._iterator, self._link, self._asking)


def tee(iterable, n=2, /):
    if n < 0:
        raise ValueError("n must be >= 0")
    if isinstance(iterable, _Tee):
        return (iterable,) + tuple([iterable.__copy__() for _ in range(n - 1)]) if n else ()
    iterator, link, asking = iter(iterable), [None, None], []
    return tuple([_Tee(iterator, link, asking) for _ in range(n)])


def zip_longest(*iterables, fillvalue=None):
    return _zip_longest([iter(it) for it in iterables], fillvalue)


def _zip_longest(iterators, fillvalue):
    active = len(iterators)
    while active:
        row = []
        for number, iterator in enumerate(iterators):
            if iterator is None:
                row.append(fillvalue)
                continue
            try:
                row.append(next(iterator))
            except StopIteration:
                active -= 1
                if not active:
                    return
                iterators[number] = None
                row.append(fillvalue)
        yield tuple(row)


def product(*iterables, repeat=1):
    return _product([tuple(pool) for pool in iterables] * repeat)


def _product(pools):
    if not all(pools):
        return
    indices = [0] * len(pools)
    while True:
        yield tuple([pool[i] for pool, i in zip(pools, indices)])
        for place in range(len(pools) - 1, -1, -1):
            indices[place] += 1
            if indices[place] < len(pools[place]):
                break
            indices[place] = 0
        else:
            return


def permutations(iterable, r=None):
    pool = tuple(iterable)
    return _permutations(pool, _size(len(pool) if r is None else r))


def _size(r):
    if not isinstance(r, int):
        raise TypeError("Expected int as r")
    if r < 0:
        raise ValueError("r must be non-negative")
    return r


def _permutations(pool, r):
    n = len(pool)
    if r > n:
        return
    indices = list(range(n))
    cycles = list(range(n, n - r, -1))
    yield tuple([pool[i] for i in indices[:r]])
    while n:
        for i in range(r - 1, -1, -1):
            cycles[i] -= 1
            if cycles[i]:
                j = n - cycles[i]
                indices[i], indices[j] = indices[j], indices[i]
                yield tuple([pool[i] for i in indices[:r]])
                break
            indices[i:] = indices[i + 1 :] + indices[i : i + 1]
            cycles[i] = n - i
        else:
            return


def combinations(iterable, r):
    return _combinations(tuple(iterable), _size(r))


def _combinations(pool, r):
    n = len(pool)
    if r > n:
        return
    indices = list(range(r))
    while True:
        yield tuple([pool[i] for i in indices])
        for i in range(r - 1, -1, -1):
            if indices[i] != i + n - r:
                break
        else:
            return
        indices[i] += 1
        for j in range(i + 1, r):
            indices[j] = indices[j - 1] + 1


def combinations_with_replacement(iterable, r):
    return _combinations_with_replacement(tuple(iterable), _size(r))


def _combinations_with_replacement(pool, r):
    n = len(pool)
    if not n and r:
        return
    indices = [0] * r
    while True:
        yield tuple([pool[i] for i in indices])
        for i in range(r - 1, -1, -1):
            if indices[i] != n - 1:
                break
        else:
            return
        indices[i:] = [indices[i] + 1] * (r - i)
