"""The sign-in, sign-out and password pages as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from ui.office import office
from ui.web.plain_pages import plain_page, text
from workflow.accounts.accounts import person_of
from workflow.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from workflow.demo.seed import DEMO_PASSWORD, shown_accounts
from workflow.divisions import full_name
from workflow.people import ROLE_LABELS, Person

LONGEST_NAME = 64  # typed as a username; none is that long


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A row of the table of demo accounts on the sign-in page; the password is public."""

    person: Person
    division: str
    password: str


@dataclass(frozen=True, slots=True)
class LoginForm:
    """Content of the sign-in form. ``going_to``: path after signing in; ``errors``, ``message``: sentences above it."""

    going_to: str
    username: str = ""
    password: str = ""
    errors: tuple[str, ...] = ()
    message: str = ""


def login_page(form: LoginForm, demo: Sequence[DemoAccount], status: int = 200) -> Response:
    """The sign-in page; ``demo`` accounts only where they may sign in."""
    card = _login_card(form)
    if not demo:
        return plain_page("登录", card, status=status)
    return plain_page("登录", card + _demo_card(demo, form.going_to), status=status, kind="wide")


def _login_card(form: LoginForm) -> str:
    # 已填好时焦点在按钮上，回车即登录。
    on_name, on_password, on_button = (
        (" autofocus" if here else "")
        for here in (not form.username, bool(form.username) and not form.password, bool(form.password))
    )
    described = ' aria-describedby="wrong"' if form.errors else ""
    return f"""<section class="card sign-in"><h1>用户登录</h1>
{message_box(form.message)}{error_box(form.errors)}
<form method="post" action="/login">
<input type="hidden" name="next" value="{text(form.going_to)}">
<label for="username">用户名</label>
<input id="username" name="username" type="text" value="{text(form.username)}" autocomplete="username"
 autocapitalize="none" spellcheck="false" maxlength="{LONGEST_NAME}" required{described}{on_name}>
<label for="password">密码</label>
<input id="password" name="password" type="password" value="{text(form.password)}" autocomplete="current-password"
 maxlength="{MAX_LENGTH}" required{described}{on_password}>
<button type="submit"{on_button}>登录</button>
</form>
<p class="quiet">账号由上一级民政部门（部门的由县民政部门）或系统管理员开设。忘记密码请联系开设的单位。</p>
<p class="quiet"><a href="/check">核对纸质申报表</a></p></section>
"""


def _demo_card(demo: Sequence[DemoAccount], going_to: str) -> str:
    rows = "".join(_demo_row(account, going_to) for account in demo)
    return f"""<section class="card demo"><h2><span class="mark">演示</span>演示账号</h2>
<p>本系统以演示方式运行：行政区划、单位和数据均为虚构，密码公开。点“填入”后按“登录”。</p>
<div class="scroll"><table>
<thead><tr><th scope="col">身份</th><th scope="col">单位</th><th scope="col">用户名</th><th scope="col">密码</th>
<th scope="col"><span class="unseen">填入登录框</span></th></tr></thead>
<tbody>{rows}</tbody></table></div></section>
"""


def _demo_row(account: DemoAccount, going_to: str) -> str:
    person = account.person
    address = f"/login?demo={text(person.username)}&amp;next={text(going_to)}"
    return (
        f"<tr><td>{text(ROLE_LABELS[person.role])}</td>"
        f"<td>{text(person.display_name)} <small>{text(account.division)}</small></td>"
        f"<td><code>{text(person.username)}</code></td>"
        f"<td><code>{text(account.password)}</code></td>"
        f'<td><a class="fill" href="{address}" aria-label="填入{text(person.display_name)}的账号">填入</a></td></tr>'
    )


def logout_page(person: Person) -> Response:
    """Asks before signing out: a link alone must not."""
    body = f"""<section class="card"><h1>退出登录</h1>
<p>当前账号：{text(person.display_name)}，{text(ROLE_LABELS[person.role])}。已保存的内容都会保留，未保存的输入将丢失。</p>
<form method="post" action="/logout"><button type="submit" autofocus>退出登录</button></form>
<p><a href="/">返回，继续使用</a></p></section>
"""
    return plain_page("退出登录", body)


def password_page(
    person: Person, errors: Sequence[str] = (), *, forced: bool = False, done: bool = False, status: int = 200
) -> Response:
    """Change one's own password; ``forced`` at the first sign-in."""
    if done:
        body = message_box("密码已修改。其他设备和窗口上的登录已全部退出。") + BACK
        return plain_page("修改密码", f'<section class="card"><h1>修改密码</h1>{body}</section>')
    if person.demo:
        body = f"<p>演示账号的密码公开，不能修改。</p>{BACK}"
        return plain_page("修改密码", f'<section class="card"><h1>修改密码</h1>{body}</section>', status=status)
    why = "<p>首次登录须先修改密码，才能使用系统。</p>" if forced else ""
    leave = '<p><a href="/logout">退出登录</a></p>' if forced else BACK
    body = f"""<section class="card"><h1>修改密码</h1>{why}{error_box(errors)}
<form method="post" action="/password">
<input type="text" name="username" value="{text(person.username)}" autocomplete="username" readonly hidden>
{_password_field("current", "原密码", "current-password", " autofocus")}
{_password_field("new", "新密码", "new-password", ' aria-describedby="rules"')}
<p class="quiet" id="rules">至少{MIN_LENGTH}位，含字母、数字、符号中的至少两类，不含用户名和常见弱密码。</p>
{_password_field("again", "再输一次新密码", "new-password")}
<button type="submit">修改密码</button>
</form>{leave}</section>
"""
    return plain_page("修改密码", body, status=status)


BACK = '<p><a href="/">返回系统</a></p>'


def _password_field(name: str, label: str, autocomplete: str, more: str = "") -> str:
    return (
        f'<label for="{name}">{label}</label><input id="{name}" name="{name}" type="password"'
        f' autocomplete="{autocomplete}" maxlength="{MAX_LENGTH}" required{more}>'
    )


def error_box(sentences: Sequence[str]) -> str:
    """What is wrong, above a form."""
    if not sentences:
        return ""
    paragraphs = "".join(f"<p>{text(sentence)}</p>" for sentence in sentences)
    return f'<div class="wrong" id="wrong" role="alert">{paragraphs}</div>'


def message_box(words: str) -> str:
    """What was done, above a form."""
    return f'<p class="said" role="status">{text(words)}</p>' if words else ""


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Every demo account that may sign in here; none in a store that holds no demonstration. Raises StoreError."""
    return tuple(
        DemoAccount(person_of(account), full_name(account.division_code), DEMO_PASSWORD)
        for account in shown_accounts(office())
    )
