"""Walks the REST contract of a load balancer with three replicas, as a script of the assignment's users would.

Usage: endpoints.py BASE_URL. Prints one line for each check; exits with 1 when one failed.
"""

import sys

import requests

BASE = sys.argv[1].rstrip("/")
failures = 0


def check(name, condition, got=""):
    global failures
    print(f"{'ok  ' if condition else 'FAIL'} {name}{'' if condition else f': {got}'}")
    failures += 0 if condition else 1


def rep():
    return requests.get(f"{BASE}/rep").json()["message"]


def refused(name, answer, text, status=400):
    want = {"message": text, "status": "failure"}
    check(name, answer.status_code == status and answer.json() == want, f"{answer.status_code} {answer.text}")


start = requests.get(f"{BASE}/rep")
check("/rep answers 200", start.status_code == 200, start.status_code)
check("/rep says successful", start.json()["status"] == "successful", start.text)
check("/rep counts what it lists", start.json()["message"]["N"] == len(rep()["replicas"]) == 3, start.text)

home = requests.get(f"{BASE}/home")
check("/home is answered by a replica", home.status_code == 200, home.text)
server = home.json()["message"].removeprefix("Hello from Server: ")
check("/home names a replica of /rep", server in rep()["replicas"], home.text)
check("/home says successful", home.json()["status"] == "successful", home.text)
heartbeat = requests.get(f"{BASE}/heartbeat")
check("/heartbeat is 200 and empty", heartbeat.status_code == 200 and heartbeat.content == b"", heartbeat.text)

refused(
    "a path that no replica knows",
    requests.get(f"{BASE}/other"),
    "<Error> '/other' endpoint does not exist in server replicas",
)

before = rep()
refused(
    "/add with more names than n",
    requests.post(f"{BASE}/add", json={"n": 2, "hostnames": ["a1", "b1", "c1"]}),
    "<Error> Length of hostname list is more than newly added instances",
)
refused(
    "/rm with more names than n",
    requests.delete(f"{BASE}/rm", json={"n": 1, "hostnames": before["replicas"][:2]}),
    "<Error> Length of hostname list is more than removable instances",
)

BAD = [
    ("no body", b""),
    ("no JSON", b"{"),
    ("an array", b"[]"),
    ("a number", b"4"),
    ("null", b"null"),
    ("no n", b"{}"),
    ("n is text", b'{"n":"2"}'),
    ("n is a fraction", b'{"n":1.5}'),
    ("n is zero", b'{"n":0}'),
    ("n is negative", b'{"n":-1}'),
    ("n is huge", b'{"n":1e9}'),
    ("n is null", b'{"n":null}'),
    ("n is true", b'{"n":true}'),
    ("names are text", b'{"n":1,"hostnames":"x"}'),
    ("a name is a number", b'{"n":1,"hostnames":[1]}'),
    ("a name is empty", b'{"n":1,"hostnames":[""]}'),
    ("a name has a space", b'{"n":1,"hostnames":["a b"]}'),
    ("a name begins with a dash", b'{"n":1,"hostnames":["-a"]}'),
    ("a name is a path", b'{"n":1,"hostnames":["../x"]}'),
    ("a name is too long", b'{"n":1,"hostnames":["%s"]}' % (b"x" * 64)),
    ("a name comes twice", b'{"n":2,"hostnames":["x","x"]}'),
]
for what, body in BAD:
    for method, path in (("POST", "/add"), ("DELETE", "/rm")):
        answer = requests.request(method, f"{BASE}{path}", data=body, headers={"Content-Type": "application/json"})
        said = answer.json()
        good = 400 <= answer.status_code < 500 and said["status"] == "failure" and said["message"].startswith("<Error> ")
        check(f"{path}: {what}", good, f"{answer.status_code} {answer.text}")
taken = requests.post(f"{BASE}/add", json={"n": 1, "hostnames": [before["replicas"][0]]})
check("/add: a name that is taken", 400 <= taken.status_code < 500, taken.text)
unknown = requests.delete(f"{BASE}/rm", json={"n": 1, "hostnames": ["nobody"]})
check("/rm: a name that nobody has", 400 <= unknown.status_code < 500, unknown.text)
check("nothing of it changed anything", rep() == before, rep())

for path, allowed in (("/rep", "GET"), ("/add", "POST"), ("/rm", "DELETE")):
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        if method == allowed:
            continue
        answer = requests.request(method, f"{BASE}{path}")
        good = answer.status_code == 405 and allowed in answer.headers.get("Allow", "")
        check(f"{method} {path} is 405", good and answer.json()["status"] == "failure", f"{answer.status_code}")

added = requests.post(f"{BASE}/add", json={"n": 3, "hostnames": ["S5", "S4x"]})
check("/add answers 200", added.status_code == 200, added.text)
check("/add lists six", added.json()["message"]["N"] == 6, added.text)
check("/add lists the names asked for", {"S5", "S4x"} <= set(added.json()["message"]["replicas"]), added.text)
check("/rep says the same", rep() == added.json()["message"], rep())
removed = requests.delete(f"{BASE}/rm", json={"n": 2, "hostnames": ["S5"]})
check("/rm answers 200", removed.status_code == 200, removed.text)
check("/rm leaves four", removed.json()["message"]["N"] == 4, removed.text)
check("/rm took the name asked for", "S5" not in removed.json()["message"]["replicas"], removed.text)
back = requests.delete(f"{BASE}/rm", json={"n": 1})
check("/rm without names leaves three", back.json()["message"]["N"] == 3, back.text)
sys.exit(1 if failures else 0)
