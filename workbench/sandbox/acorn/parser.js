// @ts-check
// Reads a script as Rhino 1.7.14 does at language version 0, where its grammar is
// not ECMAScript's: acorn with a few methods replaced. What Rhino refuses but a
// reader would recognise (classes, let, generators) is read too, so that it can be
// refused by name; what Rhino runs and no other engine has (E4X, comprehensions) is
// reported as "not-emulated" with its name.
//
// acorn is its module, flatten the function of flatten.js. The function made takes the
// source as JSON text and gives JSON: {"nodes": [...]} as flatten.js says, or
// {"fault": {code, message, at}}. Offsets count UTF-16 units.
(function parser(acorn, flatten) {
  "use strict";

  const { Parser, tokTypes, keywordTypes } = acorn;

  const never = /[^\s\S]/;
  const lineEnd = /[\n\r\u2028\u2029]/;
  const blank = /[^\S\n\r\u2028\u2029]/;
  // Names in Rhino, keywords in ECMAScript. They are read as keywords only where
  // what follows on the line could not follow a name.
  const followedBy = {
    __proto__: null,
    class: /[ \t]+[\w$]|[ \t]*\{/y,
    export: /[ \t]+[\w${*]|\{/y,
    import: /[ \t]+[\w${"']|["'{]|[ \t]*\*[ \t]*as\b/y,
  };
  const closers = [tokTypes.comma, tokTypes.parenR];
  const operators = /[ \t]+(in|instanceof|if)\b/y;

  // What acorn says where Rhino says nothing, and the construct's name.
  const leniencies = [
    ["getter should have", "a getter with a parameter"],
    ["setter should have", "a setter without exactly one parameter"],
    ["Identifier directly after number", "a number with a word right after it"],
    ["Bad character escape sequence", "a broken escape in a string"],
    ["Parenthesized pattern", "a pattern in parentheses"],
  ];

  class Fault {
    constructor(code, message, at) {
      Object.assign(this, { code, message, at });
    }
  }

  class RhinoParser extends Parser {
    constructor(options, source) {
      super(options, source);
      const { source: pattern } = /** @type {RegExp} */ (this.keywords);
      const words = pattern.slice(4, -2).split("|");
      const names = ["class", "extends", "super", "import", "export"];
      const kept = words.filter((word) => !names.includes(word));
      this.words = new Set(kept);
      this.keywords = { test: (word) => this.words.has(word) }; // a set is quicker
      this.reservedWords = this.reservedWordsStrict = never;
      this.reservedWordsStrictBind = never;
      this.classHeads = 0;
      this.eaches = new Map(); // where a loop starts and where its "each"
    }

    // ---- Words and tokens

    strictDirective() {
      return false; // the dialect looks at it: Rhino refuses little more then
    }

    readWord() {
      const word = this.readWord1();
      if (word === "each" && this.type === tokTypes._for) {
        this.eaches.set(this.lastTokStart, this.start);
        return this.nextToken();
      }
      const isKeyword = this.keywords.test(word) || this.isModernKeyword(word);
      return this.finishToken(isKeyword ? keywordTypes[word] : tokTypes.name, word);
    }

    isModernKeyword(word) {
      if (word === "extends") return this.classHeads > 0;
      const follows = followedBy[word];
      if (!follows || this.type === tokTypes.dot) return false;
      operators.lastIndex = follows.lastIndex = this.pos;
      return follows.test(this.input) && !operators.test(this.input);
    }

    readToken_plus_min(code) {
      const arrow = this.input.startsWith("-->", this.pos);
      if (arrow && !this.isFirstOfLine()) return this.finishOp(tokTypes.incDec, 2);
      return super.readToken_plus_min(code);
    }

    isFirstOfLine() {
      let at = this.pos - 1;
      while (at >= 0 && blank.test(this.input[at])) at -= 1;
      return at < 0 || lineEnd.test(this.input[at]);
    }

    getTokenFromCode(code) {
      if (code === 64) this.notEmulated("E4X", this.pos); // @
      return super.getTokenFromCode(code);
    }

    // ---- Statements

    parseStatement(context, ...rest) {
      // Both may stand where ECMAScript wants a block around them.
      if (this.type === tokTypes._const) return super.parseStatement(null, ...rest);
      const isFunction = this.type === tokTypes._function;
      return super.parseStatement(context && isFunction ? "if" : context, ...rest);
    }

    parseForStatement(node) {
      super.parseForStatement(node);
      node.each = this.eaches.has(node.start);
      node.eachAt = this.eaches.get(node.start) ?? null;
      return node;
    }

    parseForIn(node, left) {
      node.wordAt = this.start; // of "in"
      return super.parseForIn(node, left);
    }

    parseVar(node, isFor, kind) {
      return super.parseVar(node, isFor, kind, kind === "const");
    }

    parseTryStatement(node) {
      this.next();
      node.block = this.parseBlock();
      node.handlers = [];
      while (this.type === tokTypes._catch) node.handlers.push(this.parseHandler());
      node.finalizer = this.eat(tokTypes._finally) ? this.parseBlock() : null;
      if (!node.handlers.length && !node.finalizer) {
        this.raise(node.start, "try without catch or finally");
      }
      return this.finishNode(node, "TryStatement");
    }

    parseHandler() {
      const clause = this.startNode();
      this.next();
      clause.param = clause.guard = clause.ifAt = null;
      if (this.eat(tokTypes.parenL)) {
        clause.param = this.parseBindingAtom();
        clause.ifAt = this.start;
        if (this.eat(tokTypes._if)) clause.guard = this.parseExpression();
        this.expect(tokTypes.parenR);
      }
      clause.body = this.parseBlock();
      return this.finishNode(clause, "CatchClause");
    }

    parseClass(node, isStatement) {
      this.classHeads += 1;
      return super.parseClass(node, isStatement);
    }

    parseClassSuper(node) {
      super.parseClassSuper(node);
      this.classHeads -= 1;
    }

    // ---- Expressions

    parseExprAtom(errors, forInit, forNew) {
      if (this.type === tokTypes.relational && this.value === "<") {
        this.notEmulated("E4X", this.start);
      }
      return super.parseExprAtom(errors, forInit, forNew);
    }

    expect(type) {
      if (this.type === tokTypes._for && closers.includes(type)) {
        this.notEmulated("an array comprehension or generator expression", this.start);
      }
      super.expect(type);
    }

    unexpected(at = this.start) {
      const { input } = this;
      const around = input.slice(Math.max(0, at - 1), at + 1);
      const isXml = (text) => input.startsWith(text, at);
      if (["::", "..", "default xml"].some(isXml) || /::|\.\./.test(around)) {
        this.notEmulated("E4X", at);
      }
      const found = at === this.start ? input.slice(at, this.end) : input[at];
      this.raise(
        at,
        `Unexpected ${found ? found.split(/\s/)[0] : "end of the script"}`
      );
    }

    afterTrailingComma(close, inParentheses) {
      if (inParentheses && this.type === close) {
        this.raise(this.lastTokStart, "Comma after the last parameter");
      }
      return super.afterTrailingComma(close, inParentheses);
    }

    parseFunctionParams(node) {
      this.expect(tokTypes.parenL);
      node.params = this.parseBindingList(tokTypes.parenR, false, false);
    }

    // Rhino reads function* without a name, and a function statement without one.
    parseFunction(node, statement, ...rest) {
      const nullable = statement && statement | 4;
      return super.parseFunction(node, nullable, ...rest);
    }

    // Rhino has the regular expressions of ECMAScript 3.
    validateRegExpPattern(state) {
      const { options } = this;
      this.options = { ...options, ecmaVersion: 5 };
      try {
        super.validateRegExpPattern(state);
      } catch (fault) {
        const twice = /\}[*+?{]/.test(state.source);
        if (twice) this.notEmulated("a quantifier after a quantifier", state.start);
        throw fault;
      }
      this.options = options;
    }

    validateRegExpFlags(state) {
      state.start -= 1; // where errors are told: at the slash
      if (/^(?:([gim])(?!.*\1))*$/.test(state.flags)) return;
      throw new Fault("regexp-flag", `Flags ${state.flags}`, state.start);
    }

    catchStackOverflow(parse) {
      return parse(); // the worker says that it is too deep
    }

    // Rhino lets a declaration be repeated where it is not a const; the dialect
    // knows about those.
    declareName() {}
    checkParams() {}
    checkPropClash() {}

    checkLValSimple(target, ...rest) {
      if (target.type !== "CallExpression") super.checkLValSimple(target, ...rest);
    }

    checkPatternErrors(errors, isAssignment) {
      const at = isAssignment && errors ? errors.parenthesizedAssign : -1;
      if (at > -1) this.notEmulated("a pattern in parentheses", at);
      super.checkPatternErrors(errors, isAssignment);
    }

    toAssignable(node, ...rest) {
      return node.type === "CallExpression" ? node : super.toAssignable(node, ...rest);
    }

    raise(at, message) {
      for (const [start, construct] of leniencies) {
        if (message.startsWith(start)) this.notEmulated(construct, at);
      }
      throw new Fault("syntax", message.replace(/ \(\d+:\d+\)$/, ""), at);
    }

    raiseRecoverable(at, message) {
      this.raise(at, message);
    }

    notEmulated(construct, at) {
      throw new Fault("not-emulated", construct, at);
    }
  }

  return (text) => {
    try {
      const source = JSON.parse(text);
      const options = {
        ecmaVersion: "latest",
        allowHashBang: false,
        allowImportExportEverywhere: true, // the dialect refuses both, by name
      };
      return JSON.stringify({
        nodes: flatten(new RhinoParser(options, source).parse()),
      });
    } catch (error) {
      if (error instanceof Fault) return JSON.stringify({ fault: error });
      throw error;
    }
  };
});
