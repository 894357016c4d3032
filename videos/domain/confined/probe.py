"""Looks into one recording and prints what it is as JSON.

Run as a script in a confined process, never imported by the platform: this is where foreign
bytes meet the demuxer. The demuxer is forced and the only one allowed, so a playlist that
calls itself a recording, or sits inside one, is refused instead of followed; only the file
itself may be opened.
"""

import json
import sys

import av

PACKETS = 240  # so many tell whether the frame rate is even
HIGH_RANGE = (16, 18)  # transfer functions: PQ, HLG


def main() -> None:
    path, demuxer = sys.argv[1:3]
    try:
        sys.stdout.write(json.dumps(look_into(path, demuxer)))
    except (av.FFmpegError, ValueError, OverflowError) as unreadable:
        sys.stdout.write(json.dumps({"error": type(unreadable).__name__}))


def look_into(path: str, demuxer: str) -> dict:
    options = {"protocol_whitelist": "file,pipe", "format_whitelist": demuxer}
    with av.open(path, format=demuxer, options=options) as recording:
        picture = next(iter(recording.streams.video), None)
        sound = next(iter(recording.streams.audio), None)
        frame, moments = _first_frame(recording, picture) if picture else (None, [])
        return {
            "seconds": _length(recording, picture),
            "audio_codec": sound.codec_context.name if sound else "",
            "channels": sound.codec_context.channels if sound else 0,
            **_picture_facts(picture, frame, moments),
        }


def _length(recording, picture) -> float:
    if recording.duration:
        return recording.duration / 1_000_000
    return float(picture.duration * picture.time_base) if picture and picture.duration else 0


def _first_frame(recording, picture):
    """The first picture that decodes, and when the first few hundred are shown."""
    frame, moments = None, []
    for packet in recording.demux(picture):
        if packet.pts is not None:
            moments.append(packet.pts)
        if frame is None:
            frame = next(iter(packet.decode()), None)
        if len(moments) >= PACKETS and frame is not None:
            break
    return frame, sorted(moments)


def _picture_facts(picture, frame, moments) -> dict:
    if frame is None:
        return {"width": 0, "height": 0, "video_codec": ""}
    aspect = picture.sample_aspect_ratio
    return {
        "width": frame.width,
        "height": frame.height,
        "video_codec": picture.codec_context.name,
        "rotation": int(frame.rotation),
        "pixel_aspect": float(aspect) if aspect else 1.0,
        "frame_rate": float(picture.average_rate or picture.guessed_rate or 0),
        "uneven": _is_uneven(moments),
        "interlaced": bool(frame.interlaced_frame),
        "bits": frame.format.components[0].bits,
        "high_range": int(frame.color_trc) in HIGH_RANGE,
    }


def _is_uneven(moments) -> bool:
    """Whether the pictures follow each other at changing distances, rounding apart."""
    steps = sorted(later - earlier for earlier, later in zip(moments, moments[1:], strict=False))
    steps = [step for step in steps if step > 0]
    if len(steps) < 8:
        return False
    low, high = steps[len(steps) // 10], steps[-1 - len(steps) // 10]
    return high > low * 1.3 and high - low > 1


if __name__ == "__main__":
    main()
