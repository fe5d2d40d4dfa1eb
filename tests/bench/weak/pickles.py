# Records pickled and read back.
import pickle

record = {"flags": 0, "age": 18, "birthday": "1980-05-07", "country": "BR", "count": 412317970704, "rating": 3.5, "tags": ["a", "b"], "t": (1, 2, 3), "n": None}
size = 0
for i in range(1200):
    data = pickle.dumps([dict(record, age=i), dict(record, rating=i / 2)])
    size += len(pickle.loads(data))
print(size)
