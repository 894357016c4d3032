"""What the checking program says, in Chinese and in English."""

from __future__ import annotations

SAY = {
    "commitment": ("公告的 SHA-256 {found}", "SHA-256 of the announcement {found}"),
    "compare": (
        "请与正式公告中的承诺值逐字比对；本次未给出 --commitment。",
        "Compare it with the commitment in the official notice; none was given here.",
    ),
    "other_commitment": (
        "announcement.txt 与承诺值不符：应为 {wanted}，实为 {found}",
        "announcement.txt differs from the commitment: wanted {wanted}, found {found}",
    ),
    "same_file": ("{name} 与公告一致", "{name} is as announced"),
    "other_file": (
        "{name} 与公告的摘要不符：应为 {wanted}，实为 {found}{where}",
        "{name} differs from the announced hash: wanted {wanted}, found {found}{where}",
    ),
    "line": ("；第 {line} 行被改动：{why}", "; line {line} was changed: {why}"),
    "damaged": ("{name} 已损坏{where}", "{name} is damaged{where}"),
    "absent": ("缺少文件 {name}", "{name} is missing"),
    "no_seed": (
        "种子尚未公布，只核对了公告。种子：{event}，{at} 起可知",
        "The seed is not published yet; only the announcement was checked. "
        "Seed: {event}, known at {at}",
    ),
    "same_result": (
        "{name} 与重算结果逐字节一致：{count} 名教师",
        "{name} equals the replay byte for byte: {count} teachers",
    ),
    "other_hand": (
        "{name} 第 {line} 行：教师 {teacher} 第 {position} 节，公布 {published}，重算 {replayed}",
        "{name} line {line}: teacher {teacher} position {position}: "
        "published {published}, replayed {replayed}",
    ),
    "other_line": (
        "{name} 第 {line} 行：公布“{published}”，重算“{replayed}”",
        "{name} line {line}: published “{published}”, replayed “{replayed}”",
    ),
    "broken_chain": (
        "{name} 没有接在上一环之后：应为 {wanted}，实为 {found}",
        "{name} does not follow the link before it: wanted {wanted}, found {found}",
    ),
    "no_reason": (
        "{name}：教师 {teacher} 交回 {lesson}，但没有规则允许的理由",
        "{name}: teacher {teacher} gave back {lesson} without a reason that the rule knows",
    ),
    "head": ("链尾 {found}", "End of the chain {found}"),
    "good": ("全部一致。", "Everything agrees."),
}


def sentence(key: str, lang: str, values: dict) -> str:
    """The sentence ``key`` in the language, with its values filled in."""
    return SAY[key][lang == "en"].format(**values)
