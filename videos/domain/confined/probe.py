"""Looks into one recording and prints what it is as JSON.

Run as a script in a confined process, never imported by the platform: this is where foreign
bytes meet the demuxer. The demuxer is forced, so a playlist that calls itself a recording is
refused instead of followed; only the file itself may be opened.
"""

import json
import sys

import av

DEMUXER = {"mov": "mov", "matroska": "matroska"}


def main() -> None:
    path, container = sys.argv[1:3]
    try:
        sys.stdout.write(json.dumps(look_into(path, DEMUXER[container])))
    except (av.FFmpegError, ValueError) as unreadable:
        sys.stdout.write(json.dumps({"error": type(unreadable).__name__}))


def look_into(path: str, demuxer: str) -> dict:
    options = {"protocol_whitelist": "file,pipe"}
    with av.open(path, format=demuxer, options=options) as recording:
        picture = next(iter(recording.streams.video), None)
        sound = next(iter(recording.streams.audio), None)
        frame = next(recording.decode(picture), None) if picture else None
        return {
            "seconds": (recording.duration or 0) / 1_000_000,
            "width": frame.width if frame else 0,
            "height": frame.height if frame else 0,
            "video_codec": picture.codec_context.name if frame else "",
            "audio_codec": sound.codec_context.name if sound else "",
        }


if __name__ == "__main__":
    main()
