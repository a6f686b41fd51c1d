// @ts-check
// Java's own handles on Rhino, with which rhino_worker.js runs scripts: a handle takes
// the context of the thread in which it runs, and no JavaScript is on the stack then.
(function handlesOn(all) {
  var invoke = all.java.lang.invoke;
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
  var Bool = all.java.lang.Boolean.TYPE;
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
  var given = [Text, Text, Int, Objekt];
  var evaluate = method(Context, "evaluateString", Objekt, [Scriptable].concat(given));
  var compile = method(
    Context,
    "compileString",
    named("org.mozilla.javascript.Script"),
    given
  );
  var execute = method(named("org.mozilla.javascript.Script"), "exec", Objekt, [
    Context,
    Scriptable,
  ]);
  var setVersion = method(Context, "setLanguageVersion", Void, [Int]);
  var setShutter = method(Context, "setClassShutter", Void, [Shutter]);
  var detailsOf = method(
    named("org.mozilla.javascript.RhinoException"),
    "details",
    Text
  );
  var valueOf = method(
    named("org.mozilla.javascript.JavaScriptException"),
    "getValue",
    Objekt
  );
  var add = method(named("java.util.ArrayList"), "add", Bool, [Objekt]);
  var Throwable_ = all.java.lang.Throwable;
  var call = method(named("org.mozilla.javascript.Function"), "call", Objekt, [
    Context,
    Scriptable,
    Scriptable,
    all.java.lang.reflect.Array.newInstance(Objekt, 0).getClass(),
  ]);

  // Java alone decides which class is visible: no script can interfere.
  function shutterFor(pattern) {
    var matches = all.java.util.regex.Pattern.compile(pattern).asMatchPredicate();
    var test = method(named("java.util.function.Predicate"), "test", Bool, [Objekt]);
    return invoke.MethodHandleProxies.asInterfaceInstance(
      Shutter,
      test.bindTo(matches).asType(type(Bool, [Text]))
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

  function atVersion(number, handle) {
    var set = handles.insertArguments(setVersion, 1, [
      new all.java.lang.Integer(number),
    ]);
    return handles.foldArguments(handle, set);
  }

  function shutBy(pattern) {
    var set = handles.insertArguments(setShutter, 1, [shutterFor(pattern)]);
    return set.asType(type(Void, [Context]));
  }

  function compiling(source, name) {
    var one = new all.java.lang.Integer(1);
    return handles.insertArguments(compile, 1, [source, name, one, null]);
  }

  function evaluating(scope, source, name) {
    var one = new all.java.lang.Integer(1);
    return handles.insertArguments(evaluate, 1, [scope, source, name, one, null]);
  }

  function executing(script, scope) {
    return handles.insertArguments(execute.bindTo(script), 1, [scope]);
  }

  // Calls a function with the values in a box. What is in one goes from Java to Java:
  // here it would be unwrapped.
  function calling(called, scope, box) {
    var bound = handles.insertArguments(call, 0, [called]);
    return handles.insertArguments(bound, 1, [scope, scope, box.toArray()]);
  }

  function boxOf(values) {
    return new all.java.util.ArrayList(all.java.util.Arrays.asList(values));
  }

  // The handle with what it gives put into a box.
  function into(box, handle) {
    return handles.filterReturnValue(
      handle.asType(handle.type().changeReturnType(Objekt)),
      add.bindTo(box)
    );
  }

  // What an error tells: a handle that it gives.
  function told(getter) {
    return function (error) {
      return handles.dropArguments(getter.bindTo(error), 0, [Context]);
    };
  }

  function mustBe(result) {
    if (result instanceof Throwable_) throw new Error(String(result));
    return result;
  }

  return {
    Throwable: Throwable_,
    atVersion: atVersion,
    boxOf: boxOf,
    calling: calling,
    compiling: compiling,
    detailsOf: told(detailsOf),
    evaluating: evaluating,
    executing: executing,
    into: into,
    mustBe: mustBe,
    newScope: newScope,
    newThread: function () {
      return executors.newSingleThreadExecutor();
    },
    shutBy: shutBy,
    valueOf: told(valueOf),
    within: within,
  };
});
