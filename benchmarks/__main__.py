"""Measures and prints; exit 1 when something costs more than it may."""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from benchmarks import flows, lesson_flows, workshop_flows
from benchmarks.server import cpu_seconds, database_seconds, serving
from benchmarks.upload import ALLOWED, measure_upload
from config import embedded_postgres
from config.launch.places import LOGS, PYTHON, ROOT, VAR
from config.launch.steps import step

CLUSTER = VAR / "pg-bench"
SIZES = (1_000, 100_000)
GROWTH = 1.1  # from the smallest to the largest size
NOISE_MS = 0.5  # growth below this is the clock's grain


@dataclass
class Page:
    """What is asked, how often by each of eight sessions, and what it may cost."""

    flow: object
    rounds: int
    milliseconds: float | None = None
    statements: int | None = None
    passes: int = 1  # how often all rounds are played, each time after ``between``
    between: str = ""
    who: str = "teachers"  # whose sessions ask: teachers or principals


# Everybody has three sittings only, so they are taken away before the next pass
NO_SITTINGS = "DELETE FROM courses_paperitem; DELETE FROM courses_attempt"
# Thirty posts in ten minutes are allowed, so what was written becomes older
LONG_AGO = "UPDATE workshops_post SET created_at = created_at - interval '1 hour'"
PAGES = {
    "bare": Page(flows.bare, 100),
    "space": Page(flows.space, 40, 12, 12),
    "course": Page(flows.course, 40, 16),
    "beat": Page(flows.beat, 100, 3, 4),
    "attempt": Page(flows.attempt, 3, 60, 45, passes=6, between=NO_SITTINGS),
    "lesson": Page(lesson_flows.lesson, 40, 16),
    "review": Page(lesson_flows.review, 100, 6),
    "cases": Page(lesson_flows.cases, 40, 40, 12),
    "desk": Page(lesson_flows.desk, 20, 40, 12, who="principals"),
    "thread": Page(workshop_flows.thread, 40, 17),
    "thread_long": Page(workshop_flows.thread_long, 40, 18.7),
    "reply": Page(workshop_flows.reply, 20, 6, 10, passes=4, between=LONG_AGO),
    "workshop": Page(workshop_flows.workshop, 40, 16),
    "roster": Page(workshop_flows.roster, 40, 20),
}
BULK = ("enrol", "export", "approve", "draw", "draw_skewed", "seats", "placement")
UPLOAD = "upload"


@dataclass
class Cost:
    people: int
    web_ms: float
    database_ms: float
    statements: int


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *PAGES, *BULK, UPLOAD], help="only these")
    parser.add_argument("--people", type=int, nargs="+", default=SIZES, help="sizes to build")
    asked = parser.parse_args(arguments)
    LOGS.mkdir(parents=True, exist_ok=True)
    with step("Database"):
        socket = embedded_postgres.ensure(CLUSTER)
    try:
        faults = 0
        if asked.names != [UPLOAD]:
            faults += measure(socket, asked.names, asked.people)
        if not asked.names or UPLOAD in asked.names:
            faults += upload(socket)
        return int(bool(faults))
    finally:
        embedded_postgres.stop(CLUSTER)


def measure(socket, names: list[str], sizes: list[int]) -> int:
    costs: dict[str, list[Cost]] = {}
    bulk: list[dict] = []
    wanted = [name for name in PAGES if not names or name in names or name == "bare"]
    for people in sizes:
        environment = world(socket, people)
        known = json.loads((VAR / f"bench-{people}.json").read_text())
        with step(f"Pages, {people:,} people"), serving(environment) as web:
            for name in wanted:
                cost = cost_of(PAGES[name], people, known, web)
                costs.setdefault(name, []).append(cost)
        chosen = [name for name in BULK if not names or name in names]
        if chosen:
            bulk += bulk_work(environment, people, chosen)
    return report(costs, bulk)


def upload(socket) -> int:
    """What comes in beside nginx's plain PUT; 1 when it is too slow."""
    environment = tables(socket, "bench_upload")
    told = measure_upload(environment)
    faults = 0
    for row in told:
        if "share" in row:
            faults += row["share"] < ALLOWED
            print(f"{row['name']:32}{row['share']:>8.2f}  (allowed: at least {ALLOWED})")
        else:
            print(f"{row['name']:32}{row['megabytes_per_second']:>8.0f} MB/s")
    (VAR / "bench-upload.json").write_text(json.dumps(told, indent=1))
    return int(bool(faults))


def world(socket, people: int) -> dict:
    """A freshly built database of that size; returns the environment that reaches it."""
    environment = tables(socket, f"bench_{people}")
    with step(f"{people:,} people"):
        target = VAR / f"bench-{people}.json"
        command = [PYTHON, "-m", "benchmarks.world", str(people), str(target)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return environment


def tables(socket, name: str) -> dict:
    """A fresh database with its tables; returns the environment that reaches it."""
    host = ["-h", str(socket), "-U", "app"]
    tools = embedded_postgres.binaries()
    for command in (["dropdb", "--if-exists", "--force"], ["createdb"]):
        subprocess.run([tools / command[0], *host, *command[1:], name], check=True)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATABASE_URL": f"postgresql://app@/{name}?host={socket}",
    }
    with step("Tables"):
        run = {"cwd": ROOT, "env": environment, "check": True}
        subprocess.run([PYTHON, "manage.py", "migrate", "-v0"], **run)
    return environment


def cost_of(page: Page, people: int, known: dict, web: int) -> Cost:
    """CPU of web server and database per round, over all sessions at once."""
    sessions = [flows.Session(person, known) for person in known[page.who]]
    if not page.between:
        for session in sessions:
            page.flow(session)
    page.flow(sessions[0], count=True)
    statements = sessions[0].statements

    def play(session):
        for _ in range(page.rounds):
            page.flow(session)

    spent = [0.0, 0.0]
    for _ in range(page.passes):
        if page.between:
            run_sql(f"bench_{people}", page.between)
        before = cpu_seconds(web), database_seconds(postmaster())
        with ThreadPoolExecutor(len(sessions)) as pool:
            list(pool.map(play, sessions))
        after = cpu_seconds(web), database_seconds(postmaster())
        spent = [sum(times) for times in zip(spent, after, (-one for one in before), strict=True)]
    rounds = page.rounds * page.passes * len(sessions)
    return Cost(people, *(1000 * seconds / rounds for seconds in spent), statements)


def run_sql(database: str, statements: str) -> None:
    tool, socket = embedded_postgres.binaries() / "psql", CLUSTER
    command = [tool, "-q", "-h", str(socket), "-U", "app", database, "-c", statements]
    subprocess.run(command, check=True)


def postmaster() -> int:
    return int((CLUSTER / "data" / "postmaster.pid").read_text().split("\n")[0])


def bulk_work(environment: dict, people: int, names: list[str]) -> list[dict]:
    with step(f"Bulk work, {people:,} people"):
        command = [PYTHON, "-m", "benchmarks.bulk", str(postmaster()), *names]
        run = {"cwd": ROOT, "env": environment, "check": True, "text": True}
        lines = subprocess.run(command, stdout=subprocess.PIPE, **run).stdout.splitlines()
    return [json.loads(line) | {"people": people} for line in lines]


def report(costs: dict[str, list[Cost]], bulk: list[dict]) -> int:
    faults = []
    print(f"\n{'':12}{'people':>9}{'web ms':>9}{'allowed':>9}{'pg ms':>9}{'SQL':>6}{'allowed':>9}")
    for name, rows in costs.items():
        page = PAGES[name]
        for row in rows:
            print(
                f"{name:12}{row.people:>9,}{row.web_ms:>9.2f}{page.milliseconds or '':>9}"
                f"{row.database_ms:>9.2f}{row.statements:>6}{page.statements or '':>9}"
            )
            faults += over(name, row, page)
        faults += growth(name, rows)
    for row in bulk:
        print(f"{row['name']:12}{row['people']:>9,}  {row['value']:,.3f} {row['unit']}", end="")
        print(f"  (allowed: {row['allowed']})")
        faults += [] if row["kept"] else [f"{row['name']}: {row['value']:,.3f} {row['unit']}"]
    result = {
        "pages": {name: list(map(asdict, rows)) for name, rows in costs.items()},
        "bulk": bulk,
    }
    (VAR / "bench.json").write_text(json.dumps(result, indent=1))
    print("\n" + ("\n".join(faults) if faults else "Everything costs what it may."))
    return int(bool(faults))


def over(name: str, cost: Cost, page: Page) -> list[str]:
    faults = []
    if page.milliseconds and cost.web_ms > page.milliseconds:
        faults.append(f"{name}: {cost.web_ms:.1f} ms of CPU, allowed {page.milliseconds}")
    if page.statements and cost.statements > page.statements:
        faults.append(f"{name}: {cost.statements} statements, allowed {page.statements}")
    return faults


def growth(name: str, rows: list[Cost]) -> list[str]:
    first, last = rows[0].web_ms + rows[0].database_ms, rows[-1].web_ms + rows[-1].database_ms
    if last <= first * GROWTH + NOISE_MS:
        return []
    return [f"{name}: costs {last / first:.2f} times as much for {rows[-1].people:,} people"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
