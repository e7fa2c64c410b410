"""What is measured over HTTP, part by part; each part prints its table."""

import json
import statistics
from contextlib import ExitStack

from bench import contention, load, report, servers
from bench.load import Cell, Visitor
from bench.pages import DUPLICATES, SEARCHES, SUGGESTED, WARM, pages
from bench.servers import Server
from bench.steps import Bench

PART = {"HX-Request": "true", "HX-Target": "duplicates"}
TYPING = {"HX-Request": "true", "HX-Target": "suggestions"}
HEADS = ("page", "bytes", "p50 ms", "p95 ms", "CPU ms", "p50 / A20", "CPU / A20", "goal", "")


def reader(bench: Bench, server: Server) -> Visitor:
    """Sign the CHRO in, who reads everything."""
    return Visitor(server.port).sign_in("hana@example.com", bench.noted["password"])


def pages_against_floors(bench: Bench, rounds: int) -> None:
    """S, A20 and every page in the same turns, at 500 initiatives (G1)."""
    with servers.bare(bench.env) as bare, servers.product(bench.env, "bench_500") as server:
        visitor = reader(bench, server)
        floors = [
            Cell("S", Visitor(bare.port), bare, "/"),
            Cell("A20", visitor, server, "/bench/framed/"),
        ]
        found = pages(bench.noted["rounds"], bench.noted["numbers"])
        cold = [Cell(page.name, visitor, server, page.address) for page in found]
        warm = {cell.name: load.warm(cell) for cell in cold}
        cells = [*floors, *cold, *(cell for cell in warm.values() if cell)]
        load.take_turns(cells, rounds=rounds)
    rows = [row(cell, floors[1], None) for cell in floors]
    for page, cell in zip(found, cold, strict=True):
        rows.append(row(cell, floors[1], page.most))
        if kept := warm[page.name]:
            rows.append(row(kept, floors[1], WARM if page.most else None))
        elif page.most:
            rows.append((f"{page.name}, warm", *["-"] * 6, f"≤ {WARM}", "no cache yet"))
    words = "500 initiatives, one visitor, in turns; warm = the browser kept the page (ETag)."
    report.section("Pages against the floors (G1)", words, HEADS, rows)


def row(cell: Cell, floor: Cell, most: float | None) -> tuple[object, ...]:
    """Return the line of a cell: its figures, their ratios to a floor, the goal and the verdict."""
    ratio = cell.p50 / floor.p50
    own = (cell.name, cell.size, cell.p50, cell.p95, cell.cpu_each)
    goal = f"≤ {most:g}" if most else report.NONE
    verdict = report.at_most(ratio, most)
    return (*own, ratio, cell.cpu_each / floor.cpu_each, goal, verdict)


def duplicates(bench: Bench, rounds: int) -> None:
    """The search while one types a proposal, over 2,000 initiatives."""
    with servers.product(bench.env, "bench_2000") as server:
        visitor = reader(bench, server)
        floor = Cell("A20", visitor, server, "/bench/framed/")
        search = Cell("duplicates", visitor, server, DUPLICATES, PART)
        load.take_turns([floor, search], rounds=rounds)
    rows = [row(floor, floor, None), row(search, floor, 2)]
    report.section("Search for duplicates", "2,000 initiatives.", HEADS, rows)


def searches(bench: Bench, rounds: int) -> None:
    """The search in the head of every page, over 2,000 initiatives and all their texts."""
    with servers.product(bench.env, "bench_2000") as server:
        visitor = reader(bench, server)
        floor = Cell("A20", visitor, server, "/bench/framed/")
        found = [Cell(name, visitor, server, address) for name, address in SEARCHES]
        found.append(Cell(SUGGESTED[0], visitor, server, SUGGESTED[1], TYPING))
        load.take_turns([floor, *found], rounds=rounds)
    rows = [row(floor, floor, None), *(row(cell, floor, 2) for cell in found)]
    report.section("Search", "2,000 initiatives, by who reads everything.", HEADS, rows)


def growth(bench: Bench, rounds: int) -> None:
    """Queries and CPU of each page, with a hundred initiatives and with two thousand (G4, G5)."""
    few, many = (
        json.loads(bench.run("bench.inside counting", database=name))
        for name in ("bench_100", "bench_2000")
    )
    found = pages(bench.noted["rounds"], bench.noted["numbers"])
    with ExitStack() as stack:
        cells = []
        for name in ("bench_100", "bench_2000"):
            server = stack.enter_context(servers.product(bench.env, name))
            visitor = reader(bench, server)
            cells.append([Cell(page.name, visitor, server, page.address) for page in found])
        load.take_turns([*cells[0], *cells[1]], rounds=rounds)
    rows = []
    for page, small, large in zip(found, *cells, strict=True):
        asked = few[page.name], many[page.name]
        fits = max(asked) <= page.queries and len(set(asked)) == 1
        ratio = large.cpu_each / small.cpu_each
        verdict = report.MET if fits else report.SHORT
        rows.append((page.name, *asked, f"≤ {page.queries}", verdict, ratio, *judged(ratio)))
    heads = ("page", "SQL at 100", "SQL at 2,000", "goal", "", "CPU 2,000 / 100", "goal", "")
    report.section("Growth (G4, G5)", "Queries are counted in the process.", heads, rows)


def judged(ratio: float) -> tuple[str, str]:
    """Return goal and verdict of G5."""
    return "≤ 1.15", report.at_most(ratio, 1.15)


def requests_to_sign(bench: Bench, gates: int) -> None:
    """The co-sign request, its proof given before, in turns with A20 (G6)."""
    bench.make("bench_doors", like="bench_500")
    rounds = json.loads(
        bench.run("bench.inside gates", str(gates + 10), "1", database="bench_doors")
    )
    timed, raced = rounds[:gates], rounds[gates:]
    password = bench.noted["password"]
    with servers.product(bench.env, "bench_doors") as server:
        people = [
            Visitor(server.port).sign_in(f"{who}@example.com", password) for who in ("ivo", "hana")
        ]
        floor = Cell("A20", people[1], server, "/bench/framed/")
        taken = [[signing(one, pk, password, floor) for one in people] for pk in timed]
        crowd = contention.crowd(server.port, password)
        answers = sum(
            (contention.all_sign(crowd, pk, password) for pk in raced), contention.Counter()
        )
    left = json.loads(bench.run("bench.inside stored", json.dumps(raced), database="bench_doors"))
    rows = []
    for side, name in enumerate(("first signature", "second, and the gate passes")):
        ms, cpu = (statistics.median(pair[side][of] for pair in taken) for of in (0, 1))
        ratios = ms / floor.p50, cpu / floor.cpu_each
        rows.append((name, ms, cpu, *ratios, "≤ 4", report.at_most(ratios[0], 4)))
    heads = ("co-sign request", "p50 ms", "CPU ms", "p50 / A20", "CPU / A20", "goal", "")
    words = f"A20 {floor.p50:.2f} ms in the same turns; the password was proved before."
    report.section("Co-sign request (G6)", words, heads, rows)
    race(answers, left, len(raced))


def signing(visitor: Visitor, round_id: int, password: str, floor: Cell) -> tuple[float, float]:
    """Prove, sign, and visit the floor as often; return milliseconds, whole and of CPU."""
    proved = visitor.post(f"/bench/proved/{round_id}/", {"password": password})
    before = floor.server.cpu()
    signed = visitor.post(f"/bench/signed/{proved.body.decode()}/", {})
    if signed.status != 302:
        raise SystemExit(f"bench: a signature was answered with {signed.status}")
    cpu = floor.server.cpu() - before
    floor.visit(2)
    return 1000 * signed.seconds, 1000 * cpu


def race(answers: "contention.Counter[int]", left: dict[str, int], gates: int) -> None:
    """Print what eight browsers on one gate were told, beside what is stored."""
    told = answers[302]
    lost = max(told - left["signatures"], 0) + (left["signatures"] - left["entries"])
    extra = left["signatures"] - 2 * gates
    errors = contention.errors(answers)
    rows = [
        ("answered with an error", errors, "0", report.at_most(errors, 0)),
        ("signatures told and not stored", lost, "0", report.at_most(lost, 0)),
        ("signatures beyond two a gate", extra, "0", report.at_most(abs(extra), 0)),
        (
            "gates not passed",
            gates - left["passages"],
            "0",
            report.at_most(gates - left["passages"], 0),
        ),
    ]
    words = f"{gates} gates, one after the other; {told} signed, {answers.total() - told} told no."
    report.section("Eight clients on one gate (G6)", words, ("", "figure", "goal", ""), rows)
