// What the JavaScript of a script's world hands on from file to file. No file imports
// another: prelude.js makes a kit, and each part in the order of parts.json takes from
// it what the parts before it have put there, and adds its own. rhino.js does the same
// with the files of rhino/parts.

/** A file of world/: given the kit and what the part before it made. */
type Part = (kit: Kit, bindingsOf?: BindingsOf) => BindingsOf | void;

/** What the last part makes: the bindings of a script, for one request. */
type BindingsOf = (request: any) => Record<string, any>;

/** What each of the files puts into the kit of a world. */
type Kit = FromPrelude &
  FromChance &
  FromStacks &
  FromText &
  FromCaught &
  FromViews &
  FromGuard &
  FromJava &
  FromJson &
  FromServices &
  FromContexts;

/** prelude.js: the state of a run, which the report is made from. */
interface FromPrelude {
  /** The line breaks before all code that is not the script's own. */
  below: string;
  claimOf(token: Record<string, any>, name: string): any;
  freeze: typeof Object.freeze;
  hasOwn: typeof Object.hasOwn;
  keys: typeof Object.keys;
  isError(value: unknown): boolean;
  isObject(value: unknown): boolean;
  keepAttributes(attributes: Record<string, string[]>): void;
  keepProperty(name: string, value: string): void;
  /** The most characters that a script may leave. */
  limit(): number;
  log(level: string, text: string): void;
  /** Ends the script, for what it leaves is too long. */
  refuseOutput(what: string): never;
  stamp(claim: "mayAct" | "act" | "client", value: unknown): void;
  text(value: unknown): string;
  wide(text: string): string;
}

/** chance.js: random numbers. */
interface FromChance {
  randomOf(seed: string): () => number;
}

/** stacks.js */
interface FromStacks {
  /** The stack of an error; undefined where this build has none. */
  stackOf(error: unknown): unknown;
}

/** text.js: values of a script as text. */
interface FromText {
  /** A claim as JSON, its numbers as the doubles that they are in Java. */
  claimJson(value: unknown, claim: string): string;
  /** Data of its own that equals a value, through JSON. */
  copy(value: any): any;
  describe(thrown: any): string;
  format(message: unknown, args: any[]): string;
  returnedJson(value: unknown): string | undefined;
  toJson(value: unknown, where: string): string;
}

/** caught.js: errors that a script caught and went on from. */
interface FromCaught {
  keepThrown(value: unknown): void;
  keepCaught(error: unknown, stack: string): void;
  caughtJson(failed: { error: unknown } | undefined): string;
}

/** views.js: what both generations have of a user. */
interface FromViews {
  /** The name under which an attribute is there, whatever its case. */
  attributeIn(attributes: Record<string, any>, name: string): string;
  /** Sets a session's property, and keeps it for the report. */
  setProperty(properties: Record<string, string>, name: string, value: string): void;
  withoutIdentity(identity: Record<string, any>): any;
}

/** guard.js: the built-in objects that Java works with. */
interface FromGuard {
  /** The work of Java, as a function. */
  guarded<A extends any[], R>(work: (...args: A) => R): (...args: A) => R;
  /** Calls a function of the script in the middle of Java's work. */
  callback(call: Function, args: any[]): any;
  /** Takes note of the built-in objects, before the script runs. */
  settle(): void;
}

/** A type of Java. What is not there is its parent's. */
interface JavaType {
  name: string;
  parent: JavaType | null;
  methods: Record<string, JavaMethod>;
  functions: Map<string, Function>;
  traps: ProxyHandler<any>;
  show(state: any): string;
  /** What it is as JSON. */
  data(state: any): any;
  /** Whether it stands for a value of JavaScript: a string, a number, a boolean. */
  box?: boolean;
  equals?(self: JavaObject, other: any): boolean;
  hash?(state: any): number;
  /** What an index reaches, and what a collection holds. */
  items?(state: any): any[];
  values?(state: any): any[];
  put?(state: any, name: any, value: any): void;
  add?(state: any, value: any): boolean;
  replace?(state: any, values: any[]): void;
  /** Whether its keys are properties. */
  keyed?: boolean;
  /** Whether it is behind a wrapper of the next generation. */
  wrapped?: boolean;
  /** Whose methods it has besides its own. */
  prototype?: any;
}

type JavaBehaviour = Partial<Omit<JavaType, "name" | "parent" | "methods">>;

/** An object of Java as Java sees it; the script has `it`. */
interface JavaObject {
  type: JavaType;
  state: any;
  it: any;
}

/** How many arguments a method takes, and what Rhino makes of what it returns. */
interface JavaMethod {
  least: number;
  most: number;
  body: (self: any, ...args: any[]) => any;
  returns: (value: any) => any;
  typed?: boolean;
}

type MakesMethod = (
  least: number,
  most: number,
  body: JavaMethod["body"]
) => JavaMethod;

/** A number of Java that is no double. */
interface Whole {
  kind: string;
  value: number;
  toJSON(): number;
}

/** An entry of a map, as data. */
interface Entry {
  key: any;
  value: any;
}

/** The entries of a map, also behind a set. */
interface Table {
  order: string;
  entries: Map<any, Entry>;
  capacity: number;
  find(key: any): Entry | undefined;
  put(key: any, value: any): any;
  remove(key: any): any;
  list(): Entry[];
}

/** java/*.js: Java as a script sees it through Rhino. */
interface FromJava {
  // values.js
  Whole: new (kind: string, value: number) => Whole;
  compare(one: any, other: any): number;
  constant(value: number): { constant: number };
  dataOf(self: JavaObject): any;
  /** A method that returns nothing; an object, boxed; an int or a boolean. */
  does: MakesMethod;
  gives: MakesMethod;
  plain: MakesMethod;
  hash(value: any): number;
  integer(value: number): Whole;
  isA(value: any, wanted: JavaType): boolean;
  isWhole(value: any): boolean;
  javaError(className: string, message?: string): Error;
  lambda(value: any, returned?: (value: any) => any): (...values: any[]) => any;
  /** A member of a JavaScript array or object, in Java. */
  member(value: any): any;
  make(type: JavaType, state: any): any;
  notSupported(): never;
  same(one: any, other: any): boolean;
  selfOf(value: any): JavaObject | undefined;
  show(value: any): string;
  stateOf(value: any): any;
  toData(value: any): any;
  toJava(value: any): any;
  toScript(value: any): any;
  type(
    name: string,
    parent: JavaType | null,
    methods: Record<string, any>,
    behaviour?: JavaBehaviour
  ): JavaType;
  /** Of a method that takes no Object and no String. */
  typed(how: JavaMethod): JavaMethod;
  types: Record<string, JavaType>;
  unboxed(value: any): any;
  /** Objects and boxes that are Java's own, where there is a Java: rhino_real.js. */
  foreign?(value: any): JavaObject | undefined;
  boxed?(kind: string, value: any): any;
  // objects.js
  noMember(type: JavaType, name: string): Error;
  noMethod(type: JavaType, name: string, args: any[]): Error;
  refuses(typed: boolean | undefined, args: any[]): boolean;
  root: JavaType;
  toInt(value: any): number;
  trapsOf(type: JavaType): ProxyHandler<any>;
  // classes.js
  classes: Record<string, any>;
  javaClass(
    type: JavaType,
    construct: ((...args: any[]) => any) | null,
    members?: Record<string, any>
  ): void;
  /** The names of a script that lead to Java: java, Packages, JavaImporter. */
  roots(): Record<string, any>;
  // lists.js
  arrayOf(values: any[]): any;
  /** The methods that change, of what cannot be changed. */
  closed: Record<string, JavaMethod>;
  collectionType: JavaType;
  emptyOr(start: any[], given: any): any[];
  fixedListType: JavaType;
  frozenList(values: any[]): any;
  frozenListType: JavaType;
  holds(values: any[], value: any): boolean;
  inBrackets(values: any[]): string;
  iteratorOver(values: any[]): any;
  iteratorType: JavaType;
  newList(values: any[]): any;
  sized(given: any): boolean;
  sorter(order: any): (one: any, other: any) => number;
  valuesOf(collection: any): any[];
  // sets.js
  Table: new (order: string, capacity?: number) => Table;
  frozenSet(values: any[]): any;
  members(table: Table): any[];
  newSet(values: any[], order?: string): any;
  powerOfTwo(count: number): number;
  setType: JavaType;
  // maps.js
  entriesOf(map: any): Entry[];
  entry(key: any, value: any): any;
  entryType: JavaType;
  fillMap(type: JavaType, all: Entry[]): any;
  frozenMapType: JavaType;
  linkedMapType: JavaType;
  frozenMap(all: Entry[]): any;
  mapType: JavaType;
  newMap(all: Entry[]): any;
  // wrapped.js
  /** Data as a script has it from AM: only to be read, or as its own. */
  asView(data: any): any;
  asOwn(data: any): any;
  /** A value of Java as a next-generation script sees it. */
  wrapped(value: any): any;
}

/** json/*.js: org.forgerock.json, for legacy scripts. */
interface FromJson {
  // pointer.js
  escaped(token: string): string;
  isPointer(key: any): boolean;
  keyText(key: any): string;
  pointer(path?: any): any;
  // members.js
  jsonMembers: Record<string, (...args: any[]) => any>;
  // json_value.js
  asMapIn(value: any): boolean;
  fromData(value: any): any;
  json(object: any, path?: string): any;
  jsonType: JavaType;
}

/** services.js, digests.js, utils.js, and what the two generations say of themselves. */
interface FromServices {
  answerTo(answers: any[], method: string, uri: string): any;
  services(surroundings: Record<string, any>): Record<string, any>;
  systemEnvOf(values: Record<string, string>): any;
  digest(name: unknown, bytes: number[]): number[];
  sha1(bytes: number[]): number[];
  utf8(text: unknown): number[];
  utilsOf(seed: string): any;
  /** Whether a class of Java may be used by this script. */
  allowed(name: string): boolean;
  legacy?: boolean;
}

/** contexts/*.js: what a kind of script has beside the bindings of all. */
interface FromContexts {
  /** people.js: an identity and a session, as Java's objects. */
  identityOf(user: any): any;
  sessionOf(properties: Record<string, string> | null): any;
  accessTokenOf(request: any): { state: any; binding: any };
  changesOf(state: any): string;
  mapJson(value: unknown, where: string): string;
  /** What AM takes of the script, as JSON, from the value that it gave last. */
  finish?(value: unknown): string;
  /** The same where AM takes what the script has thrown. */
  refusal?(thrown: any): string | undefined;
}

/** What rhino.js hands on to the files of rhino/parts. */
interface RhinoKit {
  brand(value: unknown): string;
  /** What the translation of a script calls; called.js makes it. */
  called: any;
  cut(text: string, pattern: RegExp, by: string): string;
  define(object: any, name: PropertyKey, value: any): void;
  hasOwn: typeof Object.hasOwn;
  /** A step of the prelude. */
  host(step: string, argument?: any): any;
  isObject(value: unknown): boolean;
  isText(value: unknown): boolean;
  /** The names that Rhino has, by path. */
  members: Record<string, string[]>;
  /** The built-in objects, some of which Rhino does not have. */
  natives: Pick<
    typeof globalThis,
    | "Array"
    | "Date"
    | "Error"
    | "Function"
    | "JSON"
    | "Math"
    | "Number"
    | "Object"
    | "Proxy"
    | "Reflect"
    | "RegExp"
    | "String"
    | "Symbol"
    | "SyntaxError"
    | "TypeError"
  >;
  /** Ends the script: AM would go on. */
  notEmulated(construct: string): never;
  onThis(method: Function): (...args: any[]) => any;
  rename<F extends Function>(method: F, name: string, length?: number): F;
  replace(object: any, methods: Record<string, (before: any) => Function>): void;
  replaceConstructor(name: string, before: any, after: any): void;
  /** What a traced script calls; traced.js makes it. */
  traced: any;
  strictSomewhere: boolean;
  test(pattern: RegExp, text: string): boolean;
}

// ---- What engines have beyond the standard ------------------------------------

/** Rhino's and QuickJS's; where an engine has none, the world cannot be made. */
declare var InternalError: ErrorConstructor;

/** Rhino's: the Java exception behind an error. */
interface Error {
  javaException?: unknown;
}

// Without a prototype what a script has changed of Object is not in a literal.
interface PropertyDescriptor {
  __proto__?: null;
}
interface ProxyHandler<T extends object> {
  __proto__?: null;
}

interface ErrorConstructor {
  isError?(value: unknown): boolean;
  prepareStackTrace?: unknown;
  stackTraceLimit?: number;
}

// ---- The shell of Rhino, in which the worker of engine="rhino" runs ------------

declare var JavaAdapter: any;
declare var Packages: any;
declare function print(text: string): void;
declare function readFile(path: string, encoding: string): string;
