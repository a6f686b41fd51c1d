"""The facts of one exchange, each worked out once, before any rule is looked at."""

from workbench.am.exchange.act import new_act
from workbench.am.exchange.may_act import members
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.exchange.scope import audiences, exchange_scopes

CLIENT = "client"
SETTINGS = "settings"
SUBJECT = "subject"
SUBJECT_CLAIMS = "subject_claims"
SUBJECT_TYPE = "subject_type"
ACTOR_CLAIMS = "actor_claims"
MAY_ACT = "may_act"
MAY_ACT_SUB = "may_act_sub"
ASKED = "asked"
SCOPES = "scopes"
ANSWER = "answer"
LIMITS = "limits"
"""What rules can need: names of facts that may be missing."""


class Facts:
    """What the rules look at. A fact that is missing is None.

    Attributes:
        request: Everything that was sent and is known.
        client: Who authenticated.
        settings: What applies to the client.
        profile: Where servers differ.
        sent: The parameters of the request.
        subject: What the server knows of the subject token.
        subject_claims: Its claims, where it is one of this realm.
        subject_type: The ``subject_token_type`` that was sent.
        actor: What the server knows of the actor token.
        actor_claims: Its claims, where it is one of this realm.
        may_act: The subject token's ``may_act``, where it is an object.
        may_act_sub: Whom it names as actor; None where nobody.
        prior: The subject token's own ``act``, whatever it is.
        act: The ``act`` of the new token; None where it has none.
        audience: The audiences that count.
        asked: The scopes asked for; an ID token needs none.
        scopes: The scopes, from those asked for to those granted.
        answer: What a scope validation script said.
        limits: What the caveats of both tokens leave.
    """

    __slots__ = (
        "act",
        "actor",
        "actor_claims",
        "answer",
        "asked",
        "audience",
        "client",
        "limits",
        "may_act",
        "may_act_sub",
        "prior",
        "profile",
        "request",
        "scopes",
        "sent",
        "settings",
        "subject",
        "subject_claims",
        "subject_type",
    )

    def __init__(self, request: ExchangeRequest) -> None:
        client, subject, actor = request.client, request.subject, request.actor
        self.request = request
        self.client = client
        self.settings = request.settings
        self.profile = request.profile
        self.sent = request.parameters
        self.subject = subject
        self.subject_claims = claims = subject.claims if subject else None
        self.subject_type = self.sent.get("subject_token_type")
        self.actor = actor
        self.actor_claims = actor.claims if actor else None
        may_act = claims.get("may_act") if claims else None
        self.may_act = may_act if isinstance(may_act, dict) else None
        self.may_act_sub = members(self.may_act or {}, "sub") or None
        self.prior = claims.get("act") if claims else None
        actor_claims = self.actor_claims
        self.act = (
            new_act(request.profile, client, claims, actor_claims) if client else None
        )
        self.audience = audiences(request)
        self.scopes = exchange_scopes(request, client) if client else None
        self.asked = self.scopes.asked if self.scopes else None
        self.answer = request.answer
        self.limits = request.limits
