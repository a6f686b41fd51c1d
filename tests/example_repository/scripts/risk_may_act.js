// Legacy: risk-agent may act for every client that asks for the scope "score".
(function () {
    var frJava = JavaImporter(org.forgerock.json.JsonValue);
    if (!scopes.contains("score")) {
        return;
    }
    var mayAct = frJava.JsonValue.json(frJava.JsonValue.object());
    mayAct.put("client_id", "risk-agent");
    mayAct.put("sub", "(age!risk-agent)");
    token.setMayAct(mayAct);
}());
