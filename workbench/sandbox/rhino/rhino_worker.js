// @ts-check
// The worker of engine="rhino", run by the shell of Rhino 1.7.14 itself:
//
//   java … org.mozilla.javascript.tools.shell.Main rhino_worker.js <bindings> <values>
//
// A line of JSON in, a line out, as worker.py. Each script has a thread, a context at
// language version 0 and a scope of its own. Its context shows it the Java classes
// of AM's list and no other; this file runs in another one.
(function (files) {
  var all = Packages;
  var invoke = all.java.lang.invoke;
  var rhino = all.org.mozilla.javascript;
  var executors = all.java.util.concurrent.Executors;
  var named = function (name) {
    return all.java.lang.Class.forName(name);
  };
  var Context = named("org.mozilla.javascript.Context");
  var Scriptable = named("org.mozilla.javascript.Scriptable");
  var Shutter = named("org.mozilla.javascript.ClassShutter");
  var Callable = named("java.util.concurrent.Callable");
  var Objekt = named("java.lang.Object");
  var Throwable = named("java.lang.Throwable");
  var Text = named("java.lang.String");
  var Int = all.java.lang.Integer.TYPE;
  var Void = all.java.lang.Void.TYPE;
  var handles = invoke.MethodHandles;
  var lookup = handles.publicLookup();

  function type(result, parameters) {
    return invoke.MethodType.methodType(result, parameters || []);
  }

  function method(owner, name, result, parameters) {
    return lookup.findVirtual(owner, name, type(result, parameters));
  }

  var enter = lookup.findStatic(Context, "enter", type(Context));
  var newScope = method(
    Context,
    "initStandardObjects",
    named("org.mozilla.javascript.ScriptableObject")
  );
  var evaluate = method(Context, "evaluateString", Objekt, [
    Scriptable,
    Text,
    Text,
    Int,
    Objekt,
  ]);
  var setVersion = method(Context, "setLanguageVersion", Void, [Int]);
  var setShutter = method(Context, "setClassShutter", Void, [Shutter]);
  var detailsOf = method(
    named("org.mozilla.javascript.RhinoException"),
    "details",
    Text
  );
  var Throwable_ = all.java.lang.Throwable;
  var call = method(named("org.mozilla.javascript.Function"), "call", Objekt, [
    Context,
    Scriptable,
    Scriptable,
    all.java.lang.reflect.Array.newInstance(Objekt, 0).getClass(),
  ]);

  // Java alone decides which class is visible: no script can interfere.
  function shutterFor(names) {
    var allowed = new all.java.util.HashSet();
    names.forEach(function (name) {
      allowed.add(name);
    });
    var contains = method(
      named("java.util.HashSet"),
      "contains",
      all.java.lang.Boolean.TYPE,
      [Objekt]
    );
    return invoke.MethodHandleProxies.asInterfaceInstance(
      Shutter,
      contains.bindTo(allowed)
    );
  }

  // Runs a handle that takes a context, in the thread and with the context of a run.
  // An error is returned, not thrown: to tell of it Java would call the toString of
  // what a script threw, here, where all classes are visible.
  function within(thread, handle) {
    var caught = handles.dropArguments(handles.identity(Throwable), 1, [Context]);
    var plain = handle.asType(type(Objekt, [Context]));
    var careful = handles.catchException(
      plain,
      Throwable,
      caught.asType(type(Objekt, [Throwable, Context]))
    );
    var task = handles.foldArguments(careful, enter);
    return thread
      .submit(invoke.MethodHandleProxies.asInterfaceInstance(Callable, task))
      .get();
  }

  function configured(handle, shutter) {
    var zero = handles.insertArguments(setVersion, 1, [new all.java.lang.Integer(0)]);
    var shut = handles.insertArguments(setShutter, 1, [shutter]);
    return handles.foldArguments(handles.foldArguments(handle, zero), shut);
  }

  function evaluating(scope, source, name) {
    var one = new all.java.lang.Integer(1);
    return handles.insertArguments(evaluate, 1, [scope, source, name, one, null]);
  }

  // The same without a result: null is not taken for an error.
  function running(handle) {
    return handle.asType(type(Void, [Context]));
  }

  function calling(handler, scope) {
    var none = all.java.lang.reflect.Array.newInstance(Objekt, 0);
    var bound = handles.insertArguments(call, 0, [handler]);
    return handles.insertArguments(bound, 1, [scope, scope, none]);
  }

  // ---- One script -----------------------------------------------------------

  // Each file is one expression, a function.
  function expressionIn(file) {
    return readFile(file, "UTF-8").replace(/;\s*$/, "");
  }

  var BINDINGS = expressionIn(files[0]);
  var VALUES = expressionIn(files[1]);

  function told(thread, scope, error) {
    if (!(error instanceof rhino.RhinoException)) {
      return { message: String(error.getClass().getName()), line: null, column: null };
    }
    var at = /\bscript:(\d+)/.exec(String(error.getScriptStackTrace()));
    var line = at ? Number(at[1]) : Number(error.lineNumber());
    var compiling = !at && error instanceof rhino.EvaluatorException;
    var column = compiling ? Number(error.columnNumber()) : 0;
    var details = handles.dropArguments(detailsOf.bindTo(error), 0, [Context]);
    var text = within(thread, details);
    var message =
      text instanceof Throwable_ ? "an error that cannot be told" : String(text);
    if (compiling) message = "SyntaxError: " + message;
    return { message: message, line: line || null, column: column || null };
  }

  function run(request) {
    var thread = executors.newSingleThreadExecutor();
    try {
      var shutter = shutterFor(request.classes);
      var scope = within(thread, configured(newScope, shutter));
      var text = JSON.stringify(JSON.stringify(request));
      var source = BINDINGS + "(" + text + ", " + VALUES + ")";
      var report = within(thread, evaluating(scope, source, "bindings"));
      var script = running(evaluating(scope, request.source, "script"));
      var error = within(thread, script);
      var answer = {};
      if (error !== null) answer.error = told(thread, scope, error);
      answer.report = String(within(thread, calling(report, scope)));
      return answer;
    } finally {
      thread.shutdown();
    }
  }

  // ---- Lines ------------------------------------------------------------------

  function ascii(text) {
    return text.replace(/[\u007f-\uffff]/g, function (character) {
      return "\\u" + ("000" + character.charCodeAt(0).toString(16)).slice(-4);
    });
  }

  var input = new all.java.io.BufferedReader(
    new all.java.io.InputStreamReader(all.java.lang.System["in"], "US-ASCII")
  );
  print(JSON.stringify({ ready: true }));
  for (var line = input.readLine(); line !== null; line = input.readLine()) {
    print(ascii(JSON.stringify(run(JSON.parse(String(line))))));
  }
  all.java.lang.System.exit(0);
  // @ts-expect-error: the shell has its arguments as a global variable.
})(arguments);
