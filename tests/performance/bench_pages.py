"""How fast pages come, beside what that is measured against: gunicorn's sync workers, one reader who asks again and
again, the bare answer of as many bytes behind the same middleware, and the same page with nothing held ready.

python -m tests.performance pages makes it a database and runs it. BENCH_OBSERVATIONS sets how many figures the large
database holds.
"""

import gzip
import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPMessage
from http.cookies import SimpleCookie
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "csa_dashboard.settings")

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

django.setup()

from accounts import audit  # noqa: E402
from accounts.models import User  # noqa: E402
from indicators.models import Area, DataChange, Extract, Indicator, Observation  # noqa: E402
from tests.performance.measure import in_child, say  # noqa: E402
from tools.demo import SIGN_IN, free_port  # noqa: E402

PRIORITY = "/priorities/anti-social-behaviour/"
SECONDS = 6.0
ROUNDS = 6
FEW, MANY = 10_000, int(os.environ.get("BENCH_OBSERVATIONS", "1000000"))
LARGEST_PAGE = 60 * 1024
SCRIPTS_LATER = "plotly"


def met(is_met: bool, goal: str) -> str:
    return f"{goal} {'met' if is_met else 'not met'}"


# --- warm pages, from outside


@contextmanager
def served() -> Iterator[int]:
    """The site on a free port, by one sync worker."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "tests.performance.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--workers", "1", "--preload", "--no-control-socket", "--log-level", "error"),
    ]
    server = subprocess.Popen(command, env=os.environ)
    try:
        for _ in range(200):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def ask(port: int, path: str, headers: dict[str, str]) -> tuple[int, bytes, HTTPMessage]:
    connected = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connected.request("GET", path, headers=headers)
    answer = connected.getresponse()
    body = answer.read()
    connected.close()
    return answer.status, body, answer.headers


def a_second(port: int, paths: list[str], headers: dict[str, str], expected: int = 200) -> list[float]:
    """How many answers a second one reader gets of each address, who asks again as soon as an answer is there: the best
    of some rounds, in which the addresses take turns, because what else the machine does only slows."""
    found: list[list[float]] = [[] for _ in paths]
    for _ in range(ROUNDS):
        for path, rates in zip(paths, found, strict=True):
            begun, count = time.perf_counter(), 0
            while time.perf_counter() - begun < SECONDS / ROUNDS:
                status, _, _ = ask(port, path, headers)
                if status != expected:
                    raise RuntimeError(f"{path} answered {status} where {expected} was expected.")
                count += 1
            rates.append(count / (time.perf_counter() - begun))
    return [max(rates) for rates in found]


def warm(port: int, cookie: dict[str, str]) -> None:
    _, body, _ = ask(port, PRIORITY, cookie)
    ours, bare = a_second(port, [PRIORITY, f"/bench/bare/{len(body)}/"], cookie)
    [naive] = a_second(port, [f"/bench/naive/{PRIORITY.split('/')[2]}/"], cookie)
    row("priority page, warm ÷ a bare answer of as many bytes", ours, bare, ours / bare >= 0.6, "≥ 0.6")
    row("… ÷ the same page with nothing held ready", ours, naive, ours / naive >= 1, "≥ 1")


def row(title: str, ours: float, beside: float, is_met: bool, goal: str) -> None:
    say(title, f"{ours:,.0f}/s", f"{beside:,.0f}/s", f"{ours / beside:.2f}", "", met(is_met, goal))


def asked_again(port: int, cookie: dict[str, str], path: str) -> None:
    """An issued report that the reader has already: 'not modified' beside a bare answer without content."""
    status, _, headers = ask(port, path, cookie)
    if status != 200 or "etag" not in headers:
        say(f"{path} asked again", "", "", "", "", f"answered {status}, not measured")
        return
    [ours] = a_second(port, [path], cookie | {"If-None-Match": headers["etag"]}, 304)
    [bare] = a_second(port, ["/bench/bare/0/"], cookie)
    row("issued report, asked again ÷ a bare answer", ours, bare, ours / bare >= 0.5, "≥ 0.5")


def like_a_browser(port: int, cookie: dict[str, str]) -> dict[str, str]:
    """The headers with the cookie that a first page sets: a browser sends it with every page after."""
    _, _, headers = ask(port, PRIORITY, cookie)
    held = SimpleCookie(cookie["Cookie"])
    for given in headers.get_all("Set-Cookie", []):
        held.load(given)
    return cookie | {"Cookie": "; ".join(f"{each.key}={each.value}" for each in held.values())}


# --- how much a page weighs


def weight(port: int, cookie: dict[str, str], path: str) -> int:
    """Bytes of a page with its style and scripts, compressed, before plotly.js."""
    _, body, _ = ask(port, path, cookie)
    text = body.decode()
    parts = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', text))
    total = len(gzip.compress(body))
    seen: set[str] = set()
    while parts - seen:
        part = (parts - seen).pop()
        seen.add(part)
        _, content, _ = ask(port, part, {})
        total += len(gzip.compress(content))
        folder = part.rpartition("/")[0]
        for found in re.findall(rb'from\s*"\./([\w.-]+\.js)"', content):
            parts.add(f"{folder}/{found.decode()}")
    return total


def weights(port: int, cookie: dict[str, str]) -> None:
    for name, path in (("overview", "/"), ("priority page", PRIORITY)):
        size = weight(port, cookie, path)
        goal = met(size <= LARGEST_PAGE, "≤ 60 kB")
        say(
            f"{name} with style and scripts, compressed",
            f"{size / 1024:.0f} kB",
            "60 kB",
            f"{size / LARGEST_PAGE:.2f}",
            "",
            goal,
        )


# --- the first page after a change


def first_page() -> tuple[float, float]:
    """Seconds of the first priority page after a change of the data, and of its own queries run bare."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email="governing@demo.invalid"), settings.AUTHENTICATION_BACKENDS[-1])
    client.get(PRIORITY)
    pages, queries = [], []
    for _ in range(ROUNDS):
        audit.record(actor="Bench", kind="bench", object_type="bench", object_key="1", sentence="Something changed.")
        begun = time.perf_counter()
        client.get(PRIORITY)
        pages.append(time.perf_counter() - begun)
        audit.record(actor="Bench", kind="bench", object_type="bench", object_key="1", sentence="Something changed.")
        with CaptureQueriesContext(connection) as captured:
            client.get(PRIORITY)
        asked = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
        begun = time.perf_counter()
        with connection.cursor() as cursor:
            for sql in asked:
                cursor.execute(sql)
                cursor.fetchall()
        queries.append(time.perf_counter() - begun)
    return min(pages), min(queries)


def fill(number: int) -> None:
    """Bring the database to some number of figures: months of made-up indicators, as a county's archive would hold."""
    missing = number - Observation.objects.count()
    if missing <= 0:
        return
    template = Indicator.objects.order_by("pk").first()
    change = DataChange.objects.order_by("-number").first()
    if template is None or change is None:
        raise RuntimeError("The demo holds no figures.")
    areas, months = list(Area.objects.values_list("pk", flat=True)), 480
    extract = Extract.objects.order_by("pk").first()
    for each in range(missing // (len(areas) * months) + 1):
        template.pk, template.slug, template.name = None, f"bench-{number}-{each}", f"Bench {number} {each}"
        template._state.adding = True
        template.save()
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO indicators_observation (indicator_id, area_id, period_start, period_end, value, qualifier,
                    status, coverage, note, extract_id, line, since)
                SELECT %s, area, begins, (begins + interval '1 month' - interval '1 day')::date, 10, 'exact', 'final',
                    '', '', %s, 2, %s
                FROM unnest(%s) area, generate_series(date '1980-01-01', date '2019-12-01', interval '1 month') begins
                """,
                [template.pk, extract.pk if extract else None, change.number, areas],
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def after_a_change() -> None:
    in_child(lambda: fill(FEW))
    page, bare = in_child(first_page)
    say(
        "first priority page after a change ÷ its queries alone",
        f"{page * 1000:.0f} ms",
        f"{bare * 1000:.0f} ms",
        f"{page / bare:.1f}",
        "",
        met(page / bare <= 10, "≤ 10"),
    )
    in_child(lambda: fill(MANY))
    later, _ = in_child(first_page)
    say(
        f"… with {MANY:,} figures held ÷ with {FEW:,}",
        f"{later * 1000:.0f} ms",
        f"{page * 1000:.0f} ms",
        f"{later / page:.2f}",
        "",
        met(later / page <= 1.5, "≤ 1.5"),
    )


def session() -> dict[str, str]:
    """The cookie of somebody of the governing group."""
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", SIGN_IN],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={json.loads(said)['governing']}", "Host": "127.0.0.1"}


def prepare() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def main() -> None:
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    in_child(prepare)
    cookie = session()
    with served() as port:
        cookie = like_a_browser(port, cookie)
        warm(port, cookie)
        asked_again(port, cookie, "/reports/2019-03/")
        weights(port, cookie)
    if connection.vendor == "postgresql":
        after_a_change()


if __name__ == "__main__":
    main()
