"""Asynchronous GETs of /home, counted by replica, at each N from 2 to 6, reached through /rm and /add.

Usage: load.py BASE_URL [REQUESTS at each N, 10,000]. Prints JSON: a list of {"n", "counts", "errors"}.
"""

import asyncio
import json
import sys
from collections import Counter

import aiohttp

BASE = sys.argv[1].rstrip("/")
REQUESTS = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000


async def fire(session, counts, errors, times):
    for _ in range(times):
        try:
            async with session.get(f"{BASE}/home") as answer:
                body = await answer.json()
                if answer.status == 200:
                    counts[body["message"].split(": ")[1]] += 1
                else:
                    errors[str(answer.status)] += 1
        except aiohttp.ClientError as error:
            errors[type(error).__name__] += 1


async def measure(session):
    counts, errors = Counter(), Counter()
    await asyncio.gather(*(fire(session, counts, errors, REQUESTS // 100) for _ in range(100)))
    async with session.get(f"{BASE}/rep") as answer:
        n = (await answer.json())["message"]["N"]
    return {"n": n, "counts": counts, "errors": errors}


async def main():
    connector = aiohttp.TCPConnector(limit=100)
    async with aiohttp.ClientSession(connector=connector) as session:
        async with session.delete(f"{BASE}/rm", json={"n": 1, "hostnames": []}) as answer:
            assert answer.status == 200, await answer.text()
        results = [await measure(session)]
        for _ in range(3, 7):
            async with session.post(f"{BASE}/add", json={"n": 1, "hostnames": []}) as answer:
                assert answer.status == 200, await answer.text()
            results.append(await measure(session))
    print(json.dumps(results))


asyncio.run(main())
