"""How a bench is administered over REST: by ``amadmin``, who needs a password."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.server.admin.administrator import Administrator


class IsAdministered:
    """Whatever has an administrator tells its owner the password."""

    _administrator: "Administrator"

    @property
    def admin_password(self) -> str:
        """What ``amadmin`` logs in with, at the top level, to use the admin REST API.

        A text that shows itself in no repr.
        """
        return self._administrator.password
