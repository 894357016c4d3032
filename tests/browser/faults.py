"""What must not be wrong with any page, whoever made it."""

from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT

WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
# Only colours change with the scheme, so the second scheme of a width is asked about them only.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
AXE = "options => axe.run(document, {resultTypes: ['violations'], ...options})"


class Listener:
    """Notes what a page asks of other hosts and what the browser complains about."""

    def __init__(self, page, url: str):
        self.faults: list[str] = []
        self.host = urlsplit(url).netloc
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))

    def heard(self) -> list[str]:
        """What was noted since this was asked last."""
        faults, self.faults = self.faults, []
        return faults

    def _request(self, request):
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.host:
            self.faults.append(f"asks another host: {request.url}")

    def _console(self, message):
        # The status of the page itself is checked apart; the browser also prints it here.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")


def faults_of(page) -> list[str]:
    """What axe and the width say, at both widths and in both schemes."""
    page.evaluate(AXE_SCRIPT)
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, options in zip(SCHEMES, ({}, {"runOnly": COLOUR_RULES}), strict=True):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            faults += [f"{width} {scheme} {fault}" for fault in _axe(page, options)]
        faults += [f"{width} {fault}" for fault in _sideways(page)]
    return faults


def _axe(page, options: dict) -> list[str]:
    found = page.evaluate(AXE, options)["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def _sideways(page) -> list[str]:
    wide, view = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [f"scrolls sideways: {wide} px"] if wide > view else []
