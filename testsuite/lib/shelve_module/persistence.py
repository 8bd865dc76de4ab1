# cpython: skip depends on the database libraries installed
"""shelve keeps objects in a file."""
import os, shelve, tempfile
path = os.path.join(tempfile.mkdtemp(), "db")
with shelve.open(path) as db:
    db["k"] = [1, 2]
    db["j"] = {"a": 1}
with shelve.open(path, writeback=True) as db:
    db["k"].append(3)
    print(sorted(db), len(db), "k" in db)  # expect: ['j', 'k'] 2 True
with shelve.open(path) as db:
    print(db["k"], db.get("zz"))  # expect: [1, 2, 3] None
