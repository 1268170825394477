"""The models of the actions app: the plan and its progress; and what people write, attach and are given to write it."""

from actions.models.plan import Action, Decision, Milestone, Output, ProgressEntry, ProgressVersion, Via
from actions.models.running import Reminder, SentBack
from actions.models.writing import Attachment, Contribution, Draft, Link, PartnerLink, Remark

__all__ = [
    "Action",
    "Attachment",
    "Contribution",
    "Decision",
    "Draft",
    "Link",
    "Milestone",
    "Output",
    "PartnerLink",
    "ProgressEntry",
    "ProgressVersion",
    "Remark",
    "Reminder",
    "SentBack",
    "Via",
]
