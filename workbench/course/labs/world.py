"""Who is there when a lab begins: a few agents, and whom their tokens let act."""

from workbench.course.labs.attack_lab import LabBench
from workbench.course.use_cases.agent_for_agent import lets_act
from workbench.course.use_cases.use_case import CALLBACK, SECRET

SCOPES = ["read", "write"]
RULES = {
    "carries": "The subject token carries may_act",
    "client": "may_act.client_id names the client",
    "has_sub": "may_act has a sub, as delegation needs",
    "actor": "may_act.sub names the actor token's sub",
}


def team(bench: LabBench, *agents: str, **may_act: str) -> None:
    """Register agents whose tokens can be read.

    Args:
        bench: Where.
        agents: Their names.
        may_act: By an agent's first name, such as ``data``, the agent that its tokens
            let act, or the source of a may act script.
    """
    bench.enable_ai_agents()
    bench.provider.statelessTokensEnabled = True
    for agent in agents:
        wanted = may_act.get(agent.partition("-")[0], "")
        script = f"{agent}'s may act" if wanted else None
        if script:
            source = wanted if "setMayAct" in wanted else lets_act(wanted)
            bench.realm.add_script(script, source)
        bench.realm.register_agent(
            agent,
            secret=SECRET,
            redirection_uris=[CALLBACK],
            scopes=SCOPES,
            may_act_script=script,
            overrides={"statelessTokensEnabled": True} if script else {},
        )


def leave_out(bench: LabBench, *rules: str) -> None:
    """Do without rules of the exchange."""
    bench.realms.use_profile(bench.profile.but(rules_left_out=rules))
