// The judge of the tests: the real Rhino 1.7.14 at language version 0, driven by its
// own shell. A line of JSON in, a script; a line of JSON out: {"stamped": JSON text or
// absent, "error": {"message", "line", "compile"} or absent}.
//
// Every script has a scope of its own and runs in another thread, for only there it
// is the outermost call, as in AM. Runs of more than five seconds are given up.
(function () {
  var all = Packages;
  var invoke = all.java.lang.invoke;
  var util = all.java.util.concurrent;
  var classOf = function (name) { return all.java.lang.Class.forName(name); };
  var context = classOf("org.mozilla.javascript.Context");
  var scriptable = classOf("org.mozilla.javascript.Scriptable");
  var object = classOf("java.lang.Object");
  var string = classOf("java.lang.String");
  var lookup = invoke.MethodHandles.publicLookup();
  var type = function (result, parameters) {
    return invoke.MethodType.methodType(result, parameters || []);
  };
  var enter = lookup.findStatic(context, "enter", type(context));
  var newScope = lookup.findVirtual(context, "initSafeStandardObjects",
    type(classOf("org.mozilla.javascript.ScriptableObject")));
  var evaluate = lookup.findVirtual(context, "evaluateString",
    type(object, [scriptable, string, string, all.java.lang.Integer.TYPE, object]));
  var pool = util.Executors.newSingleThreadExecutor();

  function inThread(handle) {
    var call = invoke.MethodHandles.foldArguments(handle, enter);
    var task = invoke.MethodHandleProxies.asInterfaceInstance(
      classOf("java.util.concurrent.Callable"), call);
    try {
      return pool.submit(task).get(5, util.TimeUnit.SECONDS);
    } catch (error) {
      if (error.javaException instanceof util.TimeoutException) {
        pool = util.Executors.newSingleThreadExecutor();
      }
      throw error;
    }
  }

  function run(scope, source) {
    var one = new all.java.lang.Integer(1);
    var parameters = [scope, source, "script", one, null];
    return inThread(invoke.MethodHandles.insertArguments(evaluate, 1, parameters));
  }

  var WORLD = "var token = (function (quote) {" +
    "  var token = {setMayAct: function (value) { token.stamped = quote(value); }};" +
    "  return token;" +
    "})(JSON.stringify);";

  function told(error) {
    var cause = error.javaException;
    while (cause && cause.getCause() && !cause.details) cause = cause.getCause();
    if (!cause) return {message: String(error), line: null, compile: false};
    var kind = String(cause.getClass().getSimpleName());
    var line = cause.details ? Number(cause.lineNumber()) : null;
    return {
      message: String(cause.details ? cause.details() : cause),
      line: line,
      // A bad regular expression is found when the script is made, without a line.
      compile: kind === "EvaluatorException" || kind === "IllegalStateException" ||
        kind === "ClassCastException" || line === 0
    };
  }

  function judged(source) {
    var scope = inThread(newScope);
    var verdict = {};
    run(scope, WORLD);
    var token = scope.token;
    try {
      run(scope, source);
    } catch (error) {
      verdict.error = told(error);
    }
    if (token.stamped !== undefined) verdict.stamped = String(token.stamped);
    return verdict;
  }

  function ascii(text) {
    return text.replace(/[\u007f-\uffff]/g, function (character) {
      return "\\u" + ("000" + character.charCodeAt(0).toString(16)).slice(-4);
    });
  }

  var input = new all.java.io.BufferedReader(
    new all.java.io.InputStreamReader(all.java.lang.System["in"], "UTF-8"));
  for (var line = input.readLine(); line !== null; line = input.readLine()) {
    print(ascii(JSON.stringify(judged(JSON.parse(String(line))))));
  }
  all.java.lang.System.exit(0); // threads that were given up would go on
})();
