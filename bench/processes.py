"""What a web worker weighs, how it starts, and the operation beside plain SQL."""

import json
import statistics
from threading import Thread

from bench import report, servers
from bench.figures import reader
from bench.load import Visitor
from bench.pages import DUPLICATES, pages
from bench.servers import Server
from bench.steps import Bench

CLIENTS = 8
MOST_MIB, MOST_GROWTH = 130, 1.05
COLD, MIGRATIONS = 3, 15
OPERATION = 0.28


def operation(bench: Bench, gates: int) -> None:
    """The co-sign operation in times of its own statements without anything around them (G6)."""
    bench.make("bench_sign", like="bench_500")
    rounds = bench.run("bench.inside gates", str(gates), "1", database="bench_sign")
    found = json.loads(bench.run("bench.inside signing", rounds, database="bench_sign"))
    rows = []
    for side, name in enumerate(("first signature", "second, and the gate passes")):
        ours, raw = (statistics.median(found[key][side::2]) for key in ("operation", "raw"))
        asked = f"{found['needed'][side]} of {found['asked'][side]}"
        ratio = raw / ours
        verdict = report.at_least(ratio, OPERATION)
        rows.append((name, asked, ours, raw, ratio, f"≥ {OPERATION}", verdict))
    heads = ("operation", "statements in RAW", "p50 ms", "RAW ms", "RAW / p50", "goal", "")
    words = "RAW: its own statements as one transaction in psycopg2, each question asked once."
    report.section("Co-sign operation (G6)", words, heads, rows)


def memory(bench: Bench, requests: int) -> None:
    """Weigh the worker through many requests of eight visitors (G9)."""
    addresses = [
        "/bench/framed/",
        DUPLICATES,
        *(page.address for page in pages(bench.noted["rounds"], bench.noted["numbers"])),
    ]
    weights: list[tuple[int, float, int]] = []
    with servers.product(bench.env, "bench_500") as server:
        visitors = [reader(bench, server) for _ in range(CLIENTS)]
        part = requests // 10
        for done in range(part, part * 10 + 1, part):
            together(visitors, addresses, part // CLIENTS)
            weights.append((done, server.memory(), server.files()))
        after_rest = rest(visitors, server)
    growth = weights[-1][1] / weights[len(weights) // 4][1]
    files = after_rest - weights[0][2]
    rows = [
        (
            "memory of the worker, MiB",
            max(mib for _, mib, _ in weights),
            f"≤ {MOST_MIB}",
            report.at_most(max(mib for _, mib, _ in weights), MOST_MIB),
        ),
        (
            "memory at the end / after a quarter",
            growth,
            f"≤ {MOST_GROWTH}",
            report.at_most(growth, MOST_GROWTH),
        ),
        ("open files at the end, less those at the start", files, "≤ 0", report.at_most(files, 0)),
    ]
    words = (
        f"{requests} requests by {CLIENTS} visitors over {len(addresses)} addresses: "
        + ", ".join(f"{mib:.0f}" for _, mib, _ in weights)
        + " MiB after each tenth."
    )
    report.section("Memory (G9)", words, ("", "figure", "goal", ""), rows)


def together(visitors: list[Visitor], addresses: list[str], times: int) -> None:
    """Let all visitors walk through the addresses at once."""

    def walk(visitor: Visitor) -> None:
        for number in range(times):
            answer = visitor.get(addresses[number % len(addresses)])
            if answer.status != 200:
                raise SystemExit(f"bench: {answer.status} under load")

    threads = [Thread(target=walk, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def rest(visitors: list[Visitor], server: Server) -> int:
    """Return how many files are open once everybody but one visitor has left."""
    for visitor in visitors[1:]:
        visitor.close()
    visitors[0].get("/bench/framed/")
    return server.files()


def starts(bench: Bench, times: int) -> None:
    """How long until the first answer, beside the bare project, and the migrations (G10)."""
    ours, bares = [], []
    for _ in range(times):
        with servers.product(bench.env, "bench_500") as server:
            ours.append(server.seconds)
        with servers.bare(bench.env) as server:
            bares.append(server.seconds)
    product, bare = statistics.median(ours), statistics.median(bares)
    rows = [
        ("product, seconds to the first answer", product, "", ""),
        ("bare project", bare, "", ""),
        (
            "cold start, times the bare project",
            product / bare,
            f"≤ {COLD}",
            report.at_most(product / bare, COLD),
        ),
        (
            "migrations from empty, seconds",
            bench.migrating,
            f"≤ {MIGRATIONS}",
            report.at_most(bench.migrating, MIGRATIONS),
        ),
        ("of which CPU of our process", bench.migrating_cpu, "", ""),
    ]
    report.section("Starting (G10)", f"{times} starts in turns.", ("", "figure", "goal", ""), rows)
