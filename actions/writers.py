"""Who writes, and in whose name."""

from dataclasses import dataclass

from accounts.models import Partner, User
from accounts.roles import Permission
from actions.models import ProgressEntry, ProgressVersion, Via


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who writes: `name` as the trail and the history show it; `partner` is whose actions they write.

    With `via` the words are the partner's, and came that way. Who came by a link has no `user`.
    """

    name: str
    user: User | None = None
    partner: Partner | None = None
    via: str = ""

    @property
    def actor(self) -> User | str:
        """For the trail of changes."""
        return self.user or self.name

    @property
    def from_partner(self) -> Partner | None:
        """Whose words they are, where they are somebody else's."""
        return self.partner if self.via else None

    @property
    def partner_key(self) -> int | None:
        return self.partner.pk if self.partner else None

    @property
    def reviews(self) -> bool:
        """Whether they are the one who looks at what others wrote."""
        return self.user is not None and self.user.may(Permission.UPDATE_ANY_ACTION)


def writer(user: User | str | Writer) -> Writer:
    """A person writing for their own partner; or a command, by its name. Somebody of whom it is known stays."""
    if isinstance(user, Writer):
        return user
    if isinstance(user, User):
        return Writer(user.name, user, user.partner)
    return Writer(user)


def credit_of(said: ProgressEntry | ProgressVersion) -> str:
    """Whose words they are: 'by Ann', or 'from Kent Fire and Rescue by email, entered by Ann'."""
    name = said.updated_by_name if isinstance(said, ProgressEntry) else said.by_name
    return credit(name, said.from_partner, said.via)


def credit(name: str, from_partner: Partner | None, via: str) -> str:
    if from_partner is None or via in ("", Via.LINK):
        return f"by {name}"
    return f"from {from_partner.name} {Via(via).label}, entered by {name}"
