// A process that runs tests of the bundle again and again, each time with another mutant awake. Vitest would load every
// module anew for each mutant, which costs more than the tests; so this is the part of its interface that our tests use.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { mock } from "node:test";
import vm from "node:vm";

const [bundle, root] = process.argv.slice(2);
const requireFromRoot = createRequire(`${root}/package.json`);
const requireFromVitest = createRequire(requireFromRoot.resolve("vitest/package.json"));
const { chai, customMatchers, JestAsymmetricMatchers, JestChaiExpect, JestExtend, ASYMMETRIC_MATCHERS_OBJECT } =
  await import(requireFromVitest.resolve("@vitest/expect"));
for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);
const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);
Object.assign(expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
chai.expect.extend(expect, customMatchers);

// A property that fails has said enough, the smallest example interests nobody here; and a hundred runs must do.
const fastCheck = requireFromRoot("fast-check");
const briefly = (parameters = {}) => ({ ...parameters, numRuns: Math.min(parameters.numRuns ?? 100, 100) });
const packages = {
  "fast-check": { ...fastCheck, assert: (property, parameters) => fastCheck.assert(property, briefly(parameters)) },
};
fastCheck.configureGlobal({ seed: 1, endOnFailure: true });

let active = 0;
let isListening = false;
/** 1 at the number of each mutant that was asked for: a set would slow the innermost loops. */
const asked = new Uint8Array(1 << 16);
globalThis.__mutant = (id) => {
  if (isListening) asked[id] = 1;
  return id === active;
};
/** The mutants that were asked for since the last time. */
function takeHits() {
  const ids = [];
  for (let id = asked.indexOf(1); id >= 0; id = asked.indexOf(1, id + 1)) ids.push(id);
  asked.fill(0);
  return ids;
}
// Scripts of Google run in contexts of their own.
const { createContext } = vm;
vm.createContext = (object, ...rest) =>
  Object.assign(createContext(object, ...rest), { __mutant: globalThis.__mutant });

/** Tests of the file that is being loaded, in the order in which they are declared. */
let tests = [];
let suite;
let finished = [];

const functionIn = (args) => args.find((arg) => typeof arg === "function");
const declare = (name, fn) => tests.push({ name: String(name), fn, suite });
function describe(name, ...args) {
  const outer = suite;
  suite = { name, outer, before: [], after: [], beforeEach: [], afterEach: [], hits: [] };
  functionIn(args)?.();
  suite = outer;
}
const onTestFinished = (fn) => finished.push(fn);
const context = { expect, onTestFinished };
const test = (name, ...args) => declare(name, () => functionIn(args)(context));
const each =
  (declareOne) =>
  (cases) =>
  (name, ...args) => {
    for (const one of cases) declareOne(name, () => functionIn(args)(one, context));
  };
const spread =
  (declareOne) =>
  (cases) =>
  (name, ...args) => {
    for (const one of cases) declareOne(name, () => functionIn(args)(...[one].flat()));
  };
const unknown = (name) =>
  new Proxy(
    {},
    {
      get: (_, key) => {
        throw new Error(`run-tests.mjs: ${name}.${String(key)}`);
      },
    },
  );
packages.vitest = {
  describe: Object.assign(describe, { for: each(describe), each: spread(describe) }),
  test: Object.assign(test, { for: each(test), each: spread(test) }),
  expect,
  onTestFinished,
  beforeAll: (fn) => suite.before.push(fn),
  afterAll: (fn) => suite.after.push(fn),
  beforeEach: (fn) => suite.beforeEach.push(fn),
  afterEach: (fn) => suite.afterEach.push(fn),
  vi: {
    useFakeTimers: ({ now }) => mock.timers.enable({ apis: ["Date"], now: Number(now) }),
    setSystemTime: (time) => mock.timers.setTime(Number(time)),
    useRealTimers: () => mock.timers.reset(),
    __proto__: unknown("vi"),
  },
};

const script = new vm.Script(`(function(module,exports,require){${readFileSync(bundle, "utf8")}\n})`, {
  filename: bundle,
});
/** undefined until they are loaded: a process that was ended is replaced in the middle of a mutant. */
let files;
let loaded = new Map();
/** Every module of the bundle as new. */
function renew() {
  const module = { exports: {} };
  script.runInThisContext()(module, module.exports, (name) => packages[name] ?? requireFromRoot(name));
  files = module.exports.files;
  loaded = new Map();
}

/** The tests that a file declares; a file declares them once in the life of its modules. */
async function load(file) {
  const known = loaded.get(file);
  if (known) return known;
  tests = [];
  suite = { name: file, before: [], after: [], beforeEach: [], afterEach: [], hits: [] };
  await files[file]();
  loaded.set(file, tests);
  return tests;
}

const suitesOf = (one) => (one ? [...suitesOf(one.outer), one] : []);

async function runOne({ fn, suite: own }, opened) {
  const suites = suitesOf(own);
  for (const each of suites.filter((each) => !opened.has(each))) {
    opened.add(each);
    for (const hook of each.before) {
      const close = await hook();
      if (typeof close === "function") each.after.push(close);
    }
    if (isListening) each.hits = takeHits();
  }
  for (const each of suites) for (const id of each.hits) asked[id] = 1;
  finished = [];
  try {
    for (const each of suites) for (const hook of each.beforeEach) await hook(context);
    await fn();
  } finally {
    for (const hook of finished.reverse()) await hook();
    for (const each of suites.reverse()) for (const hook of each.afterEach) await hook(context);
  }
}

async function closeAll(opened) {
  for (const each of [...opened].reverse()) for (const hook of each.after) await hook();
}

const message = (error) => String(error?.message ?? error).slice(0, 300);

/** Of the processor, since that reading of `process.cpuUsage()`. */
function secondsSince(reading) {
  const { user, system } = process.cpuUsage(reading);
  return (user + system) / 1e6;
}

/**
 * Runs every test of a file alone with all mutants asleep: its seconds and the mutants it reaches. Tests that would
 * begin after `secondsOfFile` of the processor are only counted, as `late`.
 */
async function observe(file, secondsOfFile) {
  [active, isListening] = [0, true];
  takeHits();
  renew();
  const opened = new Set();
  const found = await load(file);
  const atLoad = takeHits();
  const observed = [];
  const began = process.cpuUsage();
  for (const one of found) {
    if (secondsSince(began) > secondsOfFile) break;
    takeHits();
    const begin = process.cpuUsage();
    const start = performance.now();
    let failure;
    await runOne(one, opened).catch((error) => {
      failure = message(error);
    });
    observed.push({
      name: one.name,
      failure,
      seconds: secondsSince(begin),
      wall: (performance.now() - start) / 1e3,
      hits: takeHits(),
    });
  }
  await closeAll(opened).catch(() => {});
  isListening = false;
  return { atLoad, tests: observed, late: found.length - observed.length };
}

let current;
/** Runs some tests of a file with one mutant awake until one fails. The first file of a mutant loads everything anew. */
async function hunt({ mutant, file, indices, isFirst }) {
  active = mutant;
  process.env.CASEBOOK_MUTANT = String(mutant);
  const opened = new Set();
  try {
    if (isFirst || !files) renew();
    const found = await load(file);
    for (const index of indices) {
      const one = found[index];
      current = one?.name ?? file;
      if (one) await runOne(one, opened);
    }
    return {};
  } catch (error) {
    return { killed: `${file}: ${current}`, why: message(error) };
  } finally {
    await closeAll(opened).catch(() => {});
    mock.timers.reset();
    active = 0;
  }
}

process.on("unhandledRejection", () => {});
process.on("message", async (task) => {
  try {
    process.send(task.observe ? await observe(task.observe, task.secondsOfFile) : await hunt(task));
  } catch (error) {
    process.send({ broken: String(error?.stack ?? error) });
  }
});
process.on("disconnect", () => process.exit());
process.send({ ready: true });
