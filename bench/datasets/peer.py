"""The usual way in Python: json, hashlib and MinHash LSH as datasketch 1.6 computes them (its update_batch, its optimal
bands, its dict per band), with numpy. python3 peer.py <source> <rows>"""

import hashlib
import json
import re
import resource
import struct
import sys
import time

import numpy as np

PERMUTATIONS = 128
THRESHOLD = 0.7
PRIME = np.uint64((1 << 61) - 1)
MOST = np.uint64((1 << 32) - 1)
generator = np.random.RandomState(1)
A, B = np.array(
    [(generator.randint(1, PRIME, dtype=np.uint64), generator.randint(0, PRIME, dtype=np.uint64)) for _ in range(PERMUTATIONS)],
    dtype=np.uint64,
).T


def integral(f, low, high, step=0.001):
    return sum(f(low + step * (i + 0.5)) * step for i in range(int((high - low) / step)))


def optimal_bands():
    best = None
    for b in range(1, PERMUTATIONS + 1):
        for r in range(1, PERMUTATIONS // b + 1):
            wrong = 0.5 * integral(lambda s: 1 - (1 - s**r) ** b, 0, THRESHOLD, 0.01)
            missed = 0.5 * integral(lambda s: (1 - s**r) ** b, THRESHOLD, 1, 0.01)
            if best is None or wrong + missed < best[0]:
                best = (wrong + missed, b, r)
    return best[1:]


def minhash(shingles):
    values = np.array([struct.unpack("<I", hashlib.sha1(s).digest()[:4])[0] for s in shingles], dtype=np.uint64)
    with np.errstate(over="ignore"):
        return (((np.outer(values, A) + B) % PRIME) & MOST).min(axis=0)


def main(path, rows):
    bands, length = optimal_bands()
    tables = [{} for _ in range(bands)]
    seen = set()
    words = re.compile(r"\w+")
    counts = dict.fromkeys(["rows", "malformed", "exact", "near", "kept"], 0)
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, cpu = time.perf_counter(), time.process_time()
    with open(path, "rb") as source:
        for line in source:
            if counts["rows"] == rows:
                break
            counts["rows"] += 1
            try:
                messages = json.loads(line)["messages"]
                texts = [m["content"] for m in messages if m["role"] in ("user", "assistant") and m["content"].strip()]
                if len(texts) < 2:
                    raise ValueError
                text = "\n".join(texts)
                digest = hashlib.sha256(text.encode()).digest()
            except (ValueError, KeyError):
                counts["malformed"] += 1
                continue
            if digest in seen:
                counts["exact"] += 1
                continue
            seen.add(digest)
            tokens = words.findall(text.lower())
            shingles = {" ".join(tokens[i : i + 3]).encode() for i in range(max(1, len(tokens) - 2))}
            signature = minhash(shingles)
            keys = [signature[i * length : (i + 1) * length].tobytes() for i in range(bands)]
            if any(key in table for key, table in zip(keys, tables)):
                counts["near"] += 1
                continue
            for key, table in zip(keys, tables):
                table[key] = counts["rows"]
            counts["kept"] += 1
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"seconds {seconds:.2f} cpu {cpu:.2f} rows {counts['rows']} peak {peak - idle:.0f}")
    print(f"bands {bands} of {length}, {counts}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
