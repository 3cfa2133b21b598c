"""``python -m storage user|round|submission|package|townships|table|drafts|demo|judge``: what an operator needs.

These stand here because storage knows nothing of accounts and rounds; `storage.__main__` puts them beside its own.
"""

from indicators.reading.located import ProblemsError
from workflow.commands.demo import DEMO
from workflow.commands.drafts import DRAFTS
from workflow.commands.packages import PACKAGE
from workflow.commands.rounds import ROUND
from workflow.commands.submissions import SUBMISSION
from workflow.commands.tables import TABLE
from workflow.commands.townships import TOWNSHIPS
from workflow.commands.users import USER
from workflow.commands.verdicts import JUDGE, kept_verdicts_hold
from workflow.errors import Conflict, Refused

COMMANDS = (DEMO, USER, ROUND, SUBMISSION, PACKAGE, TOWNSHIPS, TABLE, DRAFTS, JUDGE)
CHECKS = (kept_verdicts_hold,)  # what `verify` asks besides
REFUSALS: tuple[type[Exception], ...] = (Refused, Conflict, ProblemsError)
