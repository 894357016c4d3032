"""The commands of run.py."""

import argparse
import os
import sys

from config.launch import environment, steps
from config.launch.places import PYTHON, ROOT

WORKERS = 5  # test processes for two cores: some wait for a browser, a clock or the database
SUITE = ["-n", str(WORKERS), "--maxschedchunk=1", "--durations=15"]


def main(arguments: list[str]) -> int:
    command, rest = _parse(arguments)
    os.chdir(ROOT)
    try:
        return COMMANDS[command](rest) or 0
    except steps.SetupError as reason:
        print(f"\n{reason}", file=sys.stderr)
    except OSError as error:
        if error.errno not in (28, 122):  # no space, over quota
            raise
        print("\nThe disk is full: free at least 3 GB and start again.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
    return 1


def _parse(arguments: list[str]) -> tuple[str, list[str]]:
    parser = argparse.ArgumentParser(
        prog="run.py",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="\n".join(
            (
                "demo [--port N] [--fresh]   install, load the demo province, serve it",
                "test [pytest arguments]     the test suite",
                "check                       format, lint, types, floors, migrations, translations",
                "manage ...                  Django's manage.py",
                "bench [names]               measure the pages and the bulk work",
                "stop                        end everything that run.py started",
            )
        ),
    )
    parser.add_argument("command", choices=COMMANDS)
    known = parser.parse_args(arguments[:1])
    return known.command, arguments[1:]


def _demo(rest: list[str]) -> int:
    from config.launch import demo  # noqa: PLC0415 - each command loads what it needs

    options = demo.parse(rest)
    demo.require_free(options.port)
    environment.install("base")
    _become("-m", "config.launch.demo", *rest)


def _test(rest: list[str]) -> int:
    environment.install("dev")
    whole = all(argument.startswith(("--durations", "--junit-xml")) for argument in rest)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    _become("-m", "pytest", *(SUITE if whole else []), *rest)


def _check(rest: list[str]) -> int:
    environment.install("dev")
    _become("-m", "config.launch.check", *rest)


def _manage(rest: list[str]) -> int:
    environment.install("base")
    _become("manage.py", *rest)


def _bench(rest: list[str]) -> int:
    environment.install("dev")
    _become("-m", "benchmarks", *rest)


def _stop(rest: list[str]) -> int:
    if not PYTHON.exists():
        return 0
    _become("-m", "config.launch.stop", *rest)


def _become(*arguments: str) -> None:
    """Go on inside the project's environment, as this very process."""
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), *arguments])


COMMANDS = {
    "demo": _demo,
    "test": _test,
    "check": _check,
    "manage": _manage,
    "bench": _bench,
    "stop": _stop,
}
