// Next generation: people of the HR department let hr-agent act for them.
(function () {
    var departments = identity.getAttributeValues("departmentNumber");
    if (departments.indexOf("HR") < 0) {
        logger.info("{} is not of HR", identity.getName());
        return;
    }
    token.setMayAct({
        "client_id": "hr-agent",
        "sub": "(age!hr-agent)"
    });
}());
