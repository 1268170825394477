"""A demo of its own beside the one people use: built into a folder, copied, served on a free port."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.signing import Signer

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "demo.sqlite3"
SESSIONS = "sessions.json"

# Signs every demo account in and says under which session, so that a test need not go through the form.
SIGN_IN = """
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from accounts.models import User

def session(user):
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key

people = User.objects.filter(email__endswith="@demo.invalid")
print(json.dumps({user.email.partition("@")[0]: session(user) for user in people}))
"""

# Files that wait, at addresses that stay: a table of a partner's own for somebody to say what its columns are, a
# workbook for somebody to choose its sheet, a file with wrong cells of which one is corrected.
WAITING, WORKBOOK, WRONG = 900, 901, 902
# The secret of the link under which the issued report is read without signing in.
LINK = "a-link-for-the-meeting"
KEY = "a-key-for-demos-that-nobody-else-can-reach-0123456789"
# Two links for the police, who need none, likewise: one that can be used, one that was revoked.
TOKEN, TOKEN_REVOKED = (
    Signer(key=KEY, salt="actions.partner-link", sep=".", fallback_keys=[]).sign(name) for name in ("open", "revoked")
)
PREPARE = f"""
import hashlib
import io
from accounts.models import User
from accounts.models import Partner
from actions.leads import give
from actions.models import Action, PartnerLink
from actions.partner_links import hash_of, make_link, revoke_link
from datetime import timedelta
from django.utils import timezone
from indicators.extracts.apply import receive
from indicators.extracts.correcting import correct_cell
from indicators.extracts.cutting import CellPlace
from indicators.models import Extract
from priorities.models import ReportingCycle
from reports.models import MeetingLink
from reports.publishing import enter_outcome, make_public
from priorities.cycles import open_cycle_for
from tests.unit.extracts.books import row, xlsx

TABLE = '''Cases heard at MARACs by district (illustrative figures),,,,
,2018,,2019,
District,Nov,Dec,Jan,Total
Ashford,6,7,*,13
Shepway,8,9,10,27
Total,14,16,10,40
Source: illustrative,,,,
'''
CELLS = '''indicator,area_code,period,value,status
road-deaths,E10000016,2019,4O,provisional
road-deaths,E10000016,2018,forty-seven,final
road-deaths,E10000016,2017,46,finall
'''

def waits(at, data, name):
    extract = receive(source=io.BytesIO(data), original_name=name, actor=analyst)
    Extract.objects.filter(pk=extract.pk).update(id=at)
    return Extract.objects.get(pk=at)

analyst = User.objects.get(email="analyst@demo.invalid")
figures = row(1, "indicator", "area_code", "period", "value") + row(2, "ksi-casualties", "E10000016", "2019", 700)
waits({WAITING}, TABLE.encode(), "marac-cases.csv")
waits({WORKBOOK}, xlsx({{"Road casualties": figures, "Corrected in May": figures}}), "road-casualties.xlsx")
wrong = waits({WRONG}, CELLS.encode(), "road-deaths.csv")
why = "A letter O for a nought, confirmed by phone (illustrative)"
correct_cell(extract=wrong, place=CellPlace(2, 4), was="4O", now="40", why=why, actor=analyst)

coordinator = User.objects.get(email="coordinator@demo.invalid")
police, cycle = Partner.objects.get(slug="kent-police"), open_cycle_for()
for key in ("da2", "rs2"):
    give(action=Action.objects.get(key=key), lead=police, actor=coordinator)
for token in ("{TOKEN}", "{TOKEN_REVOKED}"):
    day = timezone.localdate() + timedelta(days=60)
    made = make_link(partner=police, cycle=cycle, last_day=day, actor=coordinator)
    PartnerLink.objects.filter(pk=made.link.pk).update(token_hash=hash_of(token))
revoke_link(link=made.link, actor=coordinator)

march = ReportingCycle.objects.get(slug="2019-03")
enter_outcome(cycle=march, actor=coordinator, text="Noted, with thanks (illustrative).", minute="12/19")
make_public(cycle=march, actor=coordinator)
MeetingLink.objects.update(token_sha256=hashlib.sha256(b"{LINK}").hexdigest())
"""


@dataclass(frozen=True)
class Folder:
    """Where a built demo lies, and its database: a file in the folder unless another is named."""

    path: Path
    database_url: str

    def environment(self) -> dict[str, str]:
        """The variables that make manage.py and gunicorn use this demo."""
        kept = {name: value for name, value in os.environ.items() if name not in ("ALLOWED_HOSTS", "HTTPS")}
        return kept | {
            "DEMO": "1",
            "DEMO_PASSWORD": "demo-password-of-the-tests",
            "SECRET_KEY": KEY,
            "DATABASE_URL": self.database_url,
            "MEDIA_ROOT": str(self.path / "media"),
            "STATIC_ROOT": str(self.path / "static"),
        }

    def manage(self, *arguments: str) -> str:
        """What `manage.py …` printed. CalledProcessError, with its words on stderr, where it failed."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(), check=True, stdout=subprocess.PIPE, text=True
        ).stdout


@dataclass(frozen=True)
class Demo:
    """A demo that answers at `url`; `sessions` by demo account."""

    url: str
    sessions: dict[str, str]

    def signed_in(self, account: str) -> list[Any]:
        """The cookies of a browser in which this demo account has signed in; none for nobody ('')."""
        return [{"name": "csa_session", "value": self.sessions[account], "url": self.url}] if account else []


def build(path: Path, database_url: str = "") -> Folder:
    """Make the demo in an empty folder: tables, Kent's agreement, signed-in accounts, static files."""
    shutil.rmtree(path, ignore_errors=True)
    (path / "static").mkdir(parents=True)
    folder = Folder(path, database_url or f"sqlite:///{path / DATABASE}")
    folder.manage("migrate", "--verbosity", "0")
    folder.manage("load_demo")
    folder.manage("shell", "--no-imports", "-c", PREPARE)
    folder.manage("collectstatic", "--noinput", "--verbosity", "0")
    (path / SESSIONS).write_text(folder.manage("shell", "--no-imports", "-c", SIGN_IN))
    return folder


def copy(ready_made: Folder, path: Path) -> Folder:
    """A demo like the ready-made one, in a file of its own, to be written to freely."""
    shutil.copytree(ready_made.path, path, ignore=shutil.ignore_patterns("static"))
    (path / "static").symlink_to(ready_made.path / "static")
    return Folder(path, f"sqlite:///{path / DATABASE}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Folder) -> Iterator[Demo]:
    """The demo, served by gunicorn on a free port of this machine."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "csa_dashboard.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--workers", "2", "--preload", "--no-control-socket", "--log-level", "warning"),
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=folder.environment())
    try:
        wait_for(port, server)
        yield Demo(f"http://127.0.0.1:{port}", json.loads((folder.path / SESSIONS).read_text()))
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(port: int, server: subprocess.Popen[bytes], *, seconds: float = 30) -> None:
    """Return once the port answers. RuntimeError where the server ends or the time does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The demo does not answer on port {port}.")
