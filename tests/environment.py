"""The variables the settings need, for tests. A pytest plugin, because settings are read before any conftest.

DATABASE_URL counts when it is set; the database tests run in is a fresh one beside the named one.
"""

import os
import tempfile

_static_root = tempfile.TemporaryDirectory(prefix="csa-static-")

os.environ.update(
    SECRET_KEY="only-for-tests-" * 4,
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    HTTPS="0",
    STATIC_ROOT=_static_root.name,
    # Playwright runs an event loop of its own in the thread of the test.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)
for name in ("DEMO", "DEMO_PASSWORD"):
    os.environ.pop(name, None)
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
