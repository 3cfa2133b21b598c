"""The rules as PDF: for everybody signed in, under a Chinese name; nothing for an unknown id."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

_SUBJECT = "农村留守儿童关爱保护和困境儿童保障示范县"
PAPERS = {
    "/papers/guide.pdf": "使用手册.pdf",
    "/papers/standards/national-2018.pdf": f"全国{_SUBJECT}（市、区、旗）指导标准.pdf",
    "/papers/standards/yunnan-2018.pdf?evidence=1": f"全省{_SUBJECT}（市、区）指导标准（附建议材料）.pdf",
    "/papers/policies/xuchang-2017-38.pdf": "许昌市人民政府办公室关于加强困境儿童保障工作的实施意见.pdf",
}


@pytest.mark.parametrize("address", PAPERS)
def test_it_comes_as_something_to_save_under_its_own_name(world, address):
    answer = world.signed_in("zhou").get(address)
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-security-policy"].startswith("sandbox")
    file_name = re.search(r"filename\*=UTF-8''(\S+)", answer.headers["content-disposition"]).group(1)
    assert unquote(file_name) == PAPERS[address]


@pytest.mark.parametrize("who", ["jia", "jia_gov", "admin"])
def test_every_role_may_have_it(world, who):
    assert world.signed_in(who).get("/papers/policies/youyang-2017-24.pdf").status_code == 200


def test_nobody_has_it_without_signing_in(world):
    assert world.browser().get("/papers/standards/national-2018.pdf").status_code == 401


@pytest.mark.parametrize(
    "address",
    [
        "/papers/standards/nothing.pdf",
        "/papers/policies/national-2018.pdf",
        "/papers/standards/xuchang-2017-38.pdf",
        "/papers/standards/national-2018",
        "/papers/standards/..%2fnational-2018.pdf",
        "/papers/standards/national-2018.pdf/x",
    ],
)
def test_addresses_that_name_nothing(world, address):
    answer = world.signed_in("jia").get(address)
    assert answer.status_code == 404 or "behind" in answer.json()
