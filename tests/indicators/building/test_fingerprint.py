"""The fingerprint changes with the rules' content, and with nothing else."""

from __future__ import annotations

from tests.indicators.rules_folder import RulesFolder


def prints(rules: RulesFolder) -> dict[str, str]:
    return {standard_id: standard.fingerprint for standard_id, standard in rules.load().standards.items()}


def test_it_is_a_sha256(rules: RulesFolder) -> None:
    assert all(len(one) == 64 and int(one, 16) for one in prints(rules).values())


def test_comments_spaces_key_order_quoting_and_file_names_do_not_count(rules: RulesFolder) -> None:
    original = prints(rules)
    rules.replace("base-2020/1.2-school.yaml", 'topic: "1.2"', "# 注释\n\ntopic:   '1.2'")
    rules.replace("base-2020/1.1-care.yaml", "kind: count, label: 会议次数", "label:   会议次数, kind: count")
    rules.replace("base-2020/1.1-care.yaml", "at_least: 70,", "at_least: 70.0,")
    rules.replace("base-2020/1.2-school.yaml", "inherited: true", "inherited: true\nresponsible_units: []")
    (rules.root / "base-2020/1.2-school.yaml").rename(rules.root / "base-2020/1.2-a-new-name.yaml")
    assert prints(rules) == original


def test_rows_may_move_within_their_file(rules: RulesFolder) -> None:
    original = prints(rules)
    path = rules.root / "base-2020/1.1-care.yaml"
    head, first, second = path.read_text(encoding="utf-8").split('  - id: "1.1.')
    path.write_text(f'{head}  - id: "1.1.{second}  - id: "1.1.{first}', encoding="utf-8")
    assert prints(rules) == original


def test_a_changed_word_threshold_or_proof_counts_in_both_standards_that_hold_it(rules: RulesFolder) -> None:
    seen = [prints(rules)]
    for old, new in (
        ("label: 建有学校", "label: 建有一所学校"),
        ("required: true", "required: false"),
        ("methods_inherited: true", "methods_inherited: false"),
    ):
        rules.replace("base-2020/1.2-school.yaml", old, new)
        seen.append(prints(rules))
    for standard_id in ("base-2020", "local-2020"):
        assert len({one[standard_id] for one in seen}) == len(seen)


def test_what_only_the_overlay_changes_leaves_the_base_alone(rules: RulesFolder) -> None:
    original = prints(rules)
    rules.replace("local-2020/1.1-care.yaml", "label: 照片", "label: 带说明照片")
    after = prints(rules)
    assert after["base-2020"] == original["base-2020"]
    assert after["local-2020"] != original["local-2020"]


def test_a_short_title_counts_and_a_standard_without_one_keeps_its_fingerprint(rules: RulesFolder) -> None:
    original = prints(rules)
    rules.replace("local-2020/standard.yaml", "title: 演示省标准", "title: 演示省标准\nshort_title: 演示省的")
    after = prints(rules)
    assert after["base-2020"] == original["base-2020"]
    assert after["local-2020"] != original["local-2020"]
