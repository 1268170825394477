"""What one must know to run the dashboard is written down: its variables, its packages, its commands."""

import ast
import os
import re
import subprocess

import pytest

from tests.repository.tree import ROOT


def variables_read() -> set[str]:
    """The names that settings.py asks the environment for: env.<type>("NAME") and required("NAME")."""
    tree = ast.parse((ROOT / "csa_dashboard" / "settings.py").read_text())
    return {
        str(call.args[0].value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and re.fullmatch(r"required|env\.\w+", ast.unparse(call.func))
        and isinstance(call.args[0], ast.Constant)
    }


def test_the_example_lists_exactly_the_variables_of_the_settings() -> None:
    example = (ROOT / ".env.example").read_text()

    listed = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE))

    assert listed == variables_read()


def test_every_package_is_pinned_and_has_its_reason() -> None:
    for file in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        for line in (ROOT / file).read_text().splitlines():
            if line and not line.startswith(("#", "-r ")):
                assert re.fullmatch(r"[a-z0-9-]+(\[[a-z]+\])?==[\w.]+ +# .+", line), f"{file}: {line}"


def test_help_names_every_command_of_run() -> None:
    commands = re.findall(r"^run_(\w+)\(\)", (ROOT / "run").read_text(), re.MULTILINE)

    shown = subprocess.run(["./run", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert re.findall(r"^  ./run (\w+)", shown, re.MULTILINE) == commands


@pytest.mark.parametrize(("port", "said"), [("8207", "http://127.0.0.1:8207"), ("", "http://127.0.0.1:8000")])
def test_links_in_the_mails_of_the_demo_lead_to_its_port(port: str, said: str) -> None:
    command = f"source ./run help >/dev/null; demo_environment {port}; echo $SITE_URL"
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x", "DEMO_PASSWORD": "x"}

    shown = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )

    assert shown.stdout == f"{said}\n"
