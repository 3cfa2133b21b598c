"""The desk by its actions: what a reviewer presses, chooses and writes for one county, each counted as one."""

from __future__ import annotations

import pytest

from storage.records import SubmissionRecord
from tests.instant import NOW
from tests.ui.review.acts import released_again
from tests.ui.seeded import Screen, person, submission
from tests.workflow.office_room import put_everywhere
from workflow.office import Office
from workflow.states import State
from workflow.submission.snapshot import open_submission
from workflow.targets import Target

pytestmark = pytest.mark.day

DOUBTFUL = ("1.1.1", "2.1.1", "3.3.2", "4.2.1", "5.2.1")
CLEAN, FIVE_DOUBTFUL = 18, 36


class Counted(Screen):
    """A reviewer's page opened from the workbench by one press; every press, choice and text after it is one more."""

    def __init__(self, office: Office, record: SubmissionRecord) -> None:
        self.actions = 1
        super().__init__(office, "yanshizhou", "basic_appraisal", s=str(record.id))

    def press(self, ending: str) -> None:
        self.actions += 1
        super().press(ending)

    def fill(self, kind: str, ending: str, value: object) -> None:
        self.actions += 1
        super().fill(kind, ending, value)

    def view(self, name: str) -> None:
        self.actions += 1
        super().view(name)

    def find_vetoes(self) -> None:
        """All three, in the one form."""
        self.fill("text_area", "|searched|scope", "本县近两年涉及留守、困境儿童的报道和帖文")
        self.fill("text_input", "|searched|where", "本市政务舆情系统")
        self.fill("text_input", "|searched|results", "0")
        self.fill("radio", "vetoes|prefecture|alike", "clear")
        self.fill("text_area", "V1|reason", "向公安、信访、网信三家逐件核对近两年台账")
        self.fill("text_area", "V2|reason", "逐户比对信息系统与民政、公安台账")
        self.fill("text_area", "V3|reason", "与公安户籍登记逐人比对留守儿童名册")
        self.press("|agree|vetoes")


@pytest.fixture
def county(office) -> SubmissionRecord:
    """乙县 with 丁市's content, released; nobody has looked at it."""
    whole, record = standing(office, submission(office, "丁市")), submission(office, "乙县")
    bodies = {t: entry.body for t, entry in whole.entries.items() if t.level in (None, "county")}
    there = open_submission(office, person(office, "yixian_minzheng"), record.id).entries
    put_everywhere(office, record.id, dict.fromkeys(there.keys() - bodies.keys()) | bodies)
    with office.store.write("scene", NOW) as tx:
        tx.moves.add(record.id, move="release", to_state=State.SUBMITTED.value, expected_version=record.version)
        return tx.submissions.get(record.id)


def standing(office, record: SubmissionRecord):
    return open_submission(office, person(office, "yanshizhou"), record.id)


def test_a_clean_county_takes_eighteen_actions(office, county):
    desk = Counted(office, county)
    desk.view("agree")
    desk.fill("checkbox", "confirming|prefecture|methods|document_review", value=True)
    desk.press("|agree|write")
    assert set(standing(office, county).content.findings) == {"prefecture"}
    before = desk.actions
    desk.find_vetoes()
    assert desk.actions - before <= 9
    found = standing(office, county)
    findings = found.content.findings["prefecture"]
    assert len(findings) == 48
    assert {findings[veto].searched.where for veto in ("V1", "V2", "V3")} == {"本市政务舆情系统"}
    assert len({findings[veto].reason for veto in ("V1", "V2", "V3")}) == 3
    written = [found.entries[Target.finding("prefecture", veto)].updated_at for veto in ("V1", "V2", "V3")]
    assert len(set(written)) == 1, "one transaction"
    assert "已保存：一票否决 V1、V2、V3 的认定" in desk.text
    desk.view("opinion")
    desk.press("draft-opinion")
    desk.press("save-opinion")
    desk.view("decide")
    desk.fill("checkbox", "|prefecture_recommend|sure", value=True)
    desk.press("|prefecture_recommend")
    assert standing(office, county).state is State.PREFECTURE_RECOMMENDED
    assert desk.actions <= CLEAN


def test_five_doubtful_rows_take_thirty_six(office, county):
    desk = Counted(office, county)
    desk.view("agree")
    desk.fill("checkbox", "confirming|prefecture|methods|document_review", value=True)
    for row_id in DOUBTFUL:
        desk.fill("checkbox", f"|rows|{row_id}", value=False)
    desk.press("|agree|write")
    desk.find_vetoes()
    desk.view("row")
    for row_id in DOUBTFUL:
        desk.fill("radio", "|finding", "needs_correction")
        desk.fill("text_area", "|reason", f"{row_id}：所附汇总未列分月明细，请补充后核对")
        desk.press("|next")
    desk.view("decide")
    desk.fill("checkbox", "|prefecture_return|sure", value=True)
    desk.press("|prefecture_return")
    returned = standing(office, county)
    assert [item.row_id for item in returned.open_return.items] == list(DOUBTFUL)
    assert desk.actions <= FIVE_DOUBTFUL


def test_what_is_confirmed_together_is_seen_with_what_it_rests_on(office):
    desk = Screen(office, "yanshizhou", "basic_appraisal", s=str(submission(office, "丁市").id), view="agree")
    row = next(r for r in standing(office, submission(office, "丁市")).standards[0].indicators if r.id == "5.4.1")
    for words in (row.statement, "门槛", "材料：", "E71"):
        assert words in desk.html
    ticks = {box.label for box in desk.app.checkbox if "methods" in str(box.key)}
    assert ticks == {"审阅材料", "听取汇报"}
    assert not any(box.value for box in desk.app.checkbox if "methods" in str(box.key))
    assert desk.field("button", "|agree|write").disabled, "no method is chosen"
    assert "另有 1 项须逐项认定" not in desk.text


def test_a_row_says_what_was_found_before_and_what_changed_since(office):
    record = released_again(office)
    desk = Screen(office, "yanshizhou", "basic_appraisal", s=str(record.id), row="3.3.2")
    for words in ("此前的认定和此后的改动", "市级基础评价此前的认定", "已作废", "县里改动了 1 处", "比例核对无误"):
        assert words in desk.text
    unfound = Screen(office, "yanshizhou", "basic_appraisal", s=str(submission(office, "丁市").id), row="4.2.1")
    assert "此前的认定和此后的改动" not in unfound.text


def test_the_next_doubtful_row_is_one_press_away_whatever_is_filtered(office):
    record = released_again(office)
    desk = Screen(office, "yanshizhou", "basic_appraisal", s=str(record.id), row="1.1.1")
    desk.fill("selectbox", "|filter", "未认定")
    seen = []
    for _ in range(3):
        desk.press("next-doubtful")
        seen += [desk.field("button", "|save").key.split("|")[-2]]
    assert seen == ["5.3.2", "3.3.2", "5.3.2"], "returned, and not found on since; round and round"
    assert "键盘" in desk.text
