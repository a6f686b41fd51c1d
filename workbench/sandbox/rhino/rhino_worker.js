// @ts-check
// The worker of engine="rhino", run by the shell of Rhino 1.7.14 itself:
//
//   java … org.mozilla.javascript.tools.shell.Main rhino_worker.js <sandbox>
//
// A line of JSON in, a line out, as worker.py. Each script has a thread, a context at
// language version 0 and a scope of its own. Its context shows it the Java classes
// of AM's list and no other; this file runs in another one.
(function (files) {
  var all = Packages;
  var rhino = all.org.mozilla.javascript;
  var folder = files[0];

  // Each file is one expression, a function.
  function expressionIn(name) {
    var text = readFile(folder + "/rhino/rhino_" + name + ".js", "UTF-8");
    return text.trim().replace(/;$/, "");
  }

  var handles = eval(expressionIn("handles"))(all);
  var Throwable = handles.Throwable;
  var atVersion = handles.atVersion;
  var boxOf = handles.boxOf;
  var calling = handles.calling;
  var compiling = handles.compiling;
  var detailsOf = handles.detailsOf;
  var evaluating = handles.evaluating;
  var executing = handles.executing;
  var into = handles.into;
  var mustBe = handles.mustBe;
  var newScope = handles.newScope;
  var newThread = handles.newThread;
  var shutBy = handles.shutBy;
  var valueOf = handles.valueOf;
  var within = handles.within;

  // ---- The world ------------------------------------------------------------

  var LOWERED = JSON.parse(readFile(folder + "/rhino/lowered.json", "UTF-8"));
  var PARTS = JSON.parse(readFile(folder + "/world/parts.json", "UTF-8"));
  var HELPERS = ["assign", "read", "spreadArray", "rest", "values"].map(
    function (name) {
      return "__" + name;
    }
  );
  var scripts = {}; // by name, compiled
  var worker = newThread(); // compiles

  function partsOf(name) {
    return PARTS[name].reduce(function (found, each) {
      return found.concat(/\.js$/.test(each) ? [each] : partsOf(each));
    }, []);
  }

  function codeOf(name) {
    return LOWERED[name].code + (name === LAST_OF_JAVA ? ", " + REAL : "");
  }

  var LAST_OF_JAVA = "java/lang.js"; // what comes after it gets Java's own
  var REAL = expressionIn("real");
  var BOOT = expressionIn("boot");
  var NEWER = expressionIn("newer");

  function worldOf(context) {
    var names = HELPERS.concat("Symbol").join(", ");
    var made =
      LOWERED["prelude.js"].code +
      "([" +
      partsOf(context).map(codeOf).join(", ") +
      "])";
    return (
      "(function (newer) { return (" +
      BOOT +
      ").call(this, newer, function (" +
      names +
      ") { return " +
      made +
      "; }); })"
    );
  }

  function compiled(name, source) {
    if (!scripts[name]) {
      scripts[name] = mustBe(within(worker, atVersion(200, compiling(source(), name))));
    }
    return scripts[name];
  }

  // The function that the prelude gives, in a scope for a script. After it is made
  // the context shows what the pattern allows, for good.
  function worldIn(thread, request) {
    var apart = mustBe(within(thread, atVersion(200, newScope)));
    var newer = compiled("newer", function () {
      return "(" + NEWER + ")()";
    });
    var lent = boxOf([mustBe(within(thread, executing(newer, apart)))]);
    var scope = mustBe(within(thread, atVersion(0, newScope)));
    var world = compiled(request.context, function () {
      return worldOf(request.context);
    });
    var make = mustBe(within(thread, executing(world, scope)));
    var sandbox = mustBe(within(thread, calling(make, scope, lent)));
    mustBe(within(thread, calling(sandbox, scope, boxOf(["settle"]))));
    mustBe(within(thread, shutBy(request.classes)));
    return {
      scope: scope,
      step: function (box) {
        return within(thread, calling(sandbox, scope, box));
      },
    };
  }

  // ---- One script -----------------------------------------------------------

  var Compiling = rhino.EvaluatorException;

  // The words of an error: an exception of Java and what Rhino reports has a name in
  // a script, too.
  function wordsOf(thread, world, error) {
    if (error instanceof rhino.JavaScriptException) {
      var box = boxOf(["describe"]);
      within(thread, into(box, valueOf(error)));
      return String(world.step(box));
    }
    if (error instanceof rhino.WrappedException) {
      var cause = error.getWrappedException();
      return "JavaException: " + cause.getClass().getName() + ": " + cause.getMessage();
    }
    var text = within(thread, detailsOf(error));
    if (text instanceof Throwable) return "an error that cannot be told";
    return (error instanceof Compiling ? "InternalError: " : "") + text;
  }

  function told(thread, world, error) {
    if (!(error instanceof rhino.RhinoException)) {
      return { message: String(error.getClass().getName()), line: null, column: null };
    }
    var at = /\bscript:(\d+)/.exec(String(error.getScriptStackTrace()));
    var unread = !at && error instanceof Compiling;
    var theirs = at || String(error.sourceName()) === "script";
    var line = at ? Number(at[1]) : theirs ? Number(error.lineNumber()) : 0;
    var column = unread ? Number(error.columnNumber()) : 0;
    var message = wordsOf(thread, world, error);
    if (unread) message = message.replace("InternalError", "SyntaxError");
    return { message: message, line: line || null, column: column || null };
  }

  function refuses(thread, world, error) {
    if (!(error instanceof rhino.JavaScriptException)) return false;
    var box = boxOf(["refused"]);
    within(thread, into(box, valueOf(error)));
    return String(world.step(box)) === "true";
  }

  function failureOf(thread, world, source) {
    var box = boxOf(["finish"]);
    var script = into(box, evaluating(world.scope, source, "script"));
    var failed = within(thread, script);
    if (!(failed instanceof Throwable)) failed = world.step(box);
    var fails = failed instanceof Throwable && !refuses(thread, world, failed);
    return fails ? told(thread, world, failed) : null;
  }

  var waiting = {}; // worlds in which nothing ran yet, by context

  function prepare(request) {
    if (waiting[request.context]) return;
    var thread = newThread();
    waiting[request.context] = { thread: thread, world: worldIn(thread, request) };
  }

  function run(request) {
    prepare(request);
    var ready = waiting[request.context];
    delete waiting[request.context];
    try {
      mustBe(ready.world.step(boxOf(["start", JSON.stringify(request)])));
      var error = failureOf(ready.thread, ready.world, request.source);
      return { error: error, report: String(ready.world.step(boxOf(["report"]))) };
    } finally {
      ready.thread.shutdown();
    }
  }

  // ---- Lines ------------------------------------------------------------------

  function ascii(text) {
    return text.replace(/[\u007f-\uffff]/g, function (character) {
      return "\\u" + ("000" + character.charCodeAt(0).toString(16)).slice(-4);
    });
  }

  // The next script of a context finds its world made.
  function answer(request) {
    var runs = request.source !== undefined;
    if (!runs) prepare(request);
    print(ascii(JSON.stringify(runs ? run(request) : { ready: true })));
    prepare(request);
  }

  var input = new all.java.io.BufferedReader(
    new all.java.io.InputStreamReader(all.java.lang.System["in"], "US-ASCII")
  );
  print(JSON.stringify({ ready: true }));
  for (var line = input.readLine(); line !== null; line = input.readLine()) {
    answer(JSON.parse(String(line)));
  }
  all.java.lang.System.exit(0);
  // @ts-expect-error: the shell has its arguments as a global variable.
})(arguments);
