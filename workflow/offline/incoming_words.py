"""What an exchange package is and would change, in sentences: for the page and the command line alike."""

from __future__ import annotations

from workflow.offline.receiving import Incoming


def told(incoming: Incoming) -> list[str]:
    """What a package is and would change, in sentences."""
    manifest, files = incoming.package.manifest, len(incoming.package.material)
    code, name = manifest.division
    lines = [f"{name}（{code}），批次“{incoming.round.title}”，{manifest.made_at} 制作，材料文件 {files} 个。"]
    if incoming.changes_nothing:
        return [*lines, "与本网现有的相同，没有要改的。"]
    if incoming.standing is None:
        lines.append("本网还没有这份申报，新建。")
    if incoming.way.rows:
        lines.append(f"办理：{'、'.join(row.label for row in incoming.way.rows)}。")
    new = len(incoming.new_files)
    lines.append(f"改动 {len(incoming.entries)} 处；文件新存 {new} 个，本网已有 {files - new} 个（按摘要认出）。")
    return lines
