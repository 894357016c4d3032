"""One gigabyte in a real browser, while everything goes wrong; prints what came of it.

``python -m benchmarks.upload_story [megabytes]``: the product's own server on a database of its
own, a line of 40 MB/s that is cut three times, the server killed once, the browser closed and
opened again, a second browser on the same file. Needs Chromium.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

MEGABYTE = 1024**2
SPEED = 40  # megabytes a second: long enough for everything to happen on the way
CUTS = (10, 25, 40)  # per cent at which the line is cut
KILL, CLOSE = 55, 70


def main(megabytes: int) -> int:
    import django  # noqa: PLC0415 - the settings come first

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in this thread
    django.setup()
    from tests import database  # noqa: PLC0415

    name = "test_yanxiu_upload_story"
    template = database.template_name()
    database.ensure_template(template)
    database.clone(template, name)
    database.use(name)
    folder = Path(tempfile.mkdtemp(prefix="story-", dir=os.environ.get("STORY_FOLDER")))
    try:
        print(json.dumps(play(folder, megabytes), indent=1, ensure_ascii=False))
    finally:
        shutil.rmtree(folder)
        database.drop(name)
    return 0


def play(folder: Path, megabytes: int) -> dict:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.videos.upload_server import UploadServer  # noqa: PLC0415
    from tests.videos.uploading import make_editor  # noqa: PLC0415

    recording, digest = make_file(folder / "第1课.mp4", megabytes)
    server, editor = UploadServer(folder, stalled_seconds=5), make_editor()
    server.start()
    server.wait()
    try:
        with sync_playwright() as playwright:
            told = send(playwright, server, editor, recording)
    finally:
        server.close()
    return {**told, "bytes": recording.stat().st_size, **compare(server, digest)}


def make_file(path: Path, megabytes: int) -> tuple[Path, str]:
    from tests.videos.uploading import HEAD  # noqa: PLC0415

    digest = hashlib.sha256()
    with path.open("wb") as file:
        for number in range(megabytes):
            piece = os.urandom(MEGABYTE)
            piece = piece if number else HEAD + piece[len(HEAD) :]
            digest.update(piece)
            file.write(piece)
    return path, digest.hexdigest()


def send(playwright, server, editor, recording: Path) -> dict:
    began = time.monotonic()
    first = Browser(playwright, server, editor)
    first.choose(recording)
    for least in CUTS:
        first.reach(least)
        first.line(offline=True)
        first.state("offline")
        first.line()
        first.state("sending")
    first.reach(KILL)
    server.kill()
    first.state("offline")
    server.start()
    first.state("sending")
    second = Browser(playwright, server, editor)
    second.choose(recording)
    second.state("busy")
    refused = second.words()
    second.close()
    first.reach(CLOSE)
    first.close()
    again = Browser(playwright, server, editor)
    waiting = again.page.locator("[data-waiting]").inner_text()
    again.choose(recording)
    again.state("checking", "finished")
    arrived = time.monotonic() - began
    again.state("finished")
    shown = again.page.locator("[data-sha256]").inner_text()
    again.close()
    return {
        "cuts": len(CUTS),
        "kills": 1,
        "second_browser": refused,
        "after_reopening": waiting,
        "seconds_until_all_arrived": round(arrived, 1),
        "seconds_until_digest": round(time.monotonic() - began, 1),
        "sha256_shown": shown,
    }


def compare(server, digest: str) -> dict:
    from videos.domain.uploads_digest import digest_of  # noqa: PLC0415
    from videos.models import Upload  # noqa: PLC0415

    upload = Upload.objects.get()
    here = digest_of(server.media / "uploads" / f"{upload.pk.hex}.part")
    return {"sha256_sent": digest, "sha256_on_disk": here, "equal": digest == here == upload.sha256}


class Browser:
    """A browser of its own, signed in, on the page where a video is added."""

    def __init__(self, playwright, server, editor):
        from tests.videos.upload_server import headers_of  # noqa: PLC0415

        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        self.browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        self.page = self.browser.new_page()
        session = headers_of(editor)["Cookie"].split(";")[0].partition("=")[2]
        cookie = {"name": "sessionid", "value": session, "url": server.url}
        self.page.context.add_cookies([cookie])
        self.network = self.page.context.new_cdp_session(self.page)
        self.line()
        self.page.goto(f"{server.url}/videos/add/")

    def line(self, *, offline: bool = False) -> None:
        conditions = {"offline": offline, "latency": 0, "downloadThroughput": -1}
        conditions["uploadThroughput"] = SPEED * MEGABYTE
        self.network.send("Network.emulateNetworkConditions", conditions)

    def choose(self, recording: Path) -> None:
        self.page.locator("input[type=file]").set_input_files(recording)

    def reach(self, least: int) -> None:
        said = "least => parseInt(document.querySelector('[data-percent]').textContent) >= least"
        self.page.wait_for_function(said, arg=least, timeout=600_000)

    def state(self, *kinds: str) -> None:
        any_of = ", ".join(f"[data-upload][data-state={kind}]" for kind in kinds)
        self.page.wait_for_selector(any_of, timeout=600_000)

    def words(self) -> str:
        return self.page.locator("[data-words]").inner_text()

    def close(self) -> None:
        self.browser.close()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1024))
