"""A learner's browser as static/js/videos/beats.js behaves, on a simulated wall clock."""

from dataclasses import dataclass, field
from datetime import timedelta
from math import floor

from videos.domain.settlement import Claim

BEAT = 30.0


@dataclass
class Browser:
    """Plays, pauses, seeks and loses the network; sends what it buffered, oldest first.

    ``send`` is called with (arrives at, claims). One beat is under way at a time, as in the
    page; while it is, further claims wait in the buffer.
    """

    send: callable
    wall: float = 0.0
    position: float = 0.0
    online: bool = True
    latency: float = 0.0
    busy_until: float = 0.0
    buffer: list = field(default_factory=list)
    played: set = field(default_factory=set)
    told: int = 0

    def play(self, seconds, rate):
        self.told = floor(self.position) if self.told != floor(self.position) else self.told
        while seconds > 0:
            step = min(BEAT, seconds)
            self.wall += step
            self.position += step * rate
            seconds -= step
            self.flush()

    def pause(self, seconds):
        self.wall += seconds

    def seek(self, position):
        self.position = float(position)

    def flush(self):
        reached = floor(self.position)
        if reached > self.told:
            self.buffer.append((self.told, reached, self.wall))
            self.played |= set(range(self.told, reached))
            self.told = reached
        self.deliver()

    def deliver(self):
        if not self.online or self.wall < self.busy_until or not self.buffer:
            return
        claims = [
            Claim(start, end, timedelta(seconds=self.wall - ended))
            for start, end, ended in self.buffer
        ]
        self.buffer = []
        self.busy_until = self.wall + self.latency
        self.send(self.busy_until, claims)

    def close(self):
        """The network is back and the page says its last word."""
        self.online = True
        self.wall = max(self.wall, self.busy_until)
        self.deliver()
