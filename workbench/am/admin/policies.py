"""What an administrator does with policies for scopes."""

from collections.abc import Iterable, Iterator, Mapping

from workbench.am.admin.recorder import Recorder, in_turn
from workbench.am.basics.steady import Steady
from workbench.am.basics.table import Table
from workbench.am.basics.validation import name_instead
from workbench.am.scopes.policy import AUTHENTICATED, NAMING, Policy
from workbench.am.settings.values import SCOPES_POLICY_SET
from workbench.errors import RegistrationError


class PolicyStore(Steady[Policy]):
    """The policies of a realm, by their name.

    Args:
        path: The realm's path, such as ``/alpha``.
        recorder: Keeps the audit trail.
    """

    def __init__(self, path: str, recorder: Recorder) -> None:
        self._path = path
        self._recorder = recorder
        self._policies: Table[Policy] = Table("policies")

    def __getitem__(self, name: str) -> Policy:
        return self._policies[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._policies)

    def __len__(self) -> int:
        return len(self._policies)

    @in_turn
    def add(
        self,
        name: str,
        resources: Iterable[str],
        *,
        grant: bool,
        subjects: str | Mapping[str, Iterable[str]] = AUTHENTICATED,
        policy_set: str = SCOPES_POLICY_SET,
        active: bool = True,
    ) -> Policy:
        """Add a policy for scopes; ``usePolicyEngineForScope`` has them asked.

        Args:
            name: Unique in the realm.
            resources: Scopes, or patterns of them, such as ``["email", "read:*"]``.
            grant: The value of ``GRANT``: True allows, False denies.
            subjects: ``"anybody"``, ``"authenticated"``, ``"unauthenticated"``,
                ``{"users": [names]}`` or ``{"clients": [ids]}``.
            policy_set: Where it stands; a set that is not there comes to be, though
                AM wants it made before.
            active: An inactive policy says nothing.

        Raises:
            RegistrationError: The name is taken, or a value is unfit.
        """
        if name in self._policies:
            raise RegistrationError(
                f"There is a policy {name!r} in realm {self._path} already.",
                call=f"policies.delete({name!r}) removes it.",
                about="name",
            )
        kind, names = _kind_and_names(subjects)
        policy = Policy(
            name=name,
            resources=_texts(resources, "resources"),
            grant=grant,
            policy_set=policy_set,
            subjects=kind,
            names=names,
            active=active,
        )
        self._policies[name] = policy
        self._recorder.note("register", f"Policy {name} was added to {policy_set}.")
        return policy

    @in_turn
    def delete(self, name: str) -> Policy:
        """Delete a policy and return it.

        Raises:
            RegistrationError: There is no such policy.
        """
        if name not in self._policies:
            known = name_instead(name, self._policies) if self._policies else ""
            raise RegistrationError(
                f"There is no policy {name!r} in realm {self._path}. {known}".strip()
            )
        policy = self._policies.pop(name)
        self._recorder.note("register", f"Policy {name} was deleted.")
        return policy


def _kind_and_names(
    subjects: str | Mapping[str, Iterable[str]],
) -> tuple[str, tuple[str, ...]]:
    """The kind of subjects, and the names of those that are named."""
    if not isinstance(subjects, Mapping):
        return subjects, ()
    if len(subjects) != 1 or not set(subjects) <= set(NAMING):
        raise RegistrationError(
            'A policy is for {"users": [names]} or for {"clients": [ids]}; '
            f"not {subjects!r}.",
            about="subjects",
        )
    ((kind, names),) = subjects.items()
    return kind, _texts(names, "subjects")


def _texts(values: Iterable[str], about: str) -> tuple[str, ...]:
    """A list as it is kept; that its members are texts is the policy's to check."""
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise RegistrationError(
            f'{about} is a list of texts, such as ["one", "two"]; not {values!r}.',
            about=about,
        )
    return tuple(values)
