"""The MP4 cut into segments for players that ask for one after the other (HLS)."""

from pathlib import Path

from videos.domain.ffmpeg import reading, run
from videos.policy import KEY_FRAME_SECONDS


def make_stream(mp4: Path, stream: Path, playlist: Path) -> None:
    """Copy the MP4 into ``stream``, fragmented at its key frames, and list the parts by bytes.

    One file and one playlist, whatever the length: nothing to lose, nothing to sweep. The
    playlist names the stream ``stream.mp4``.

    Raises: ConfinedProgramFailed.
    """
    command = [
        *reading(mp4),
        *("-map", "0", "-c", "copy", "-f", "hls", "-hls_playlist_type", "vod"),
        *("-hls_time", str(KEY_FRAME_SECONDS), "-hls_segment_type", "fmp4"),
        *("-hls_flags", "single_file+independent_segments"),
        *("-hls_segment_filename", stream.resolve(), playlist.resolve()),
    ]
    run(command, seconds=1200, folder=playlist.parent)
