// Breaks the product in small ways, room by room, and asks whether a test notices. Writes docs/mutation.md and leaves
// with 1 where a room is below its threshold. DEBUG=1 tells of every mutant which test noticed it.
//   npm run mutate -- [--room core/import]... [--per-room 30] [--seed 1] [--seconds 6]
import { execFileSync, fork } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, transform } from "esbuild";
import ts from "typescript";
import { findMutations, openSources, plant } from "./operators.mjs";
import { readTable, thresholdOf, writeTable } from "./table.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const { values: options } = parseArgs({
  options: {
    room: { type: "string", multiple: true, default: [] },
    "per-room": { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    // Tests of one mutant, in seconds of the processor; nearest tests first.
    seconds: { type: "string", default: "6" },
  },
});
const [perRoom, secondsForOne] = [Number(options["per-room"]), Number(options.seconds)];
/** That reach a mutant, of twice as many that may. */
const nearestFiles = 6;
const furtherFiles = 2;
/** Of the processor: the tests of a file that would begin later are left out. */
const secondsOfFile = 4 * secondsForOne;

const tracked = execFileSync("git", ["ls-files", "-zco", "--exclude-standard"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter((file) => file !== "" && existsSync(join(root, file)));
const textOf = new Map(
  tracked.filter((file) => /\.(ts|mjs)$/.test(file)).map((file) => [file, readFileSync(join(root, file), "utf8")]),
);

/** core/import, dialogs, src/google, node-tools/xlsx; undefined for what is not mutated. */
function roomOf(file) {
  const [, room] = /^(?:apps-script\/)?((?:core|src|node-tools)\/[^/]+|dialogs)\/.*\.ts$/.exec(file) ?? [];
  // Tables and examples hold data, how the build goes a build shows, and pages are tried in a browser.
  const isApart = /look-alike-table|\.d\.ts$|\/page\.ts$|local-sheets\/page\//.test(file);
  return isApart || /^node-tools\/(build|example)$/.test(room ?? "") ? undefined : room;
}

/** What a file imports, and what a test bundles or starts by the name of a source file or of its bundle. */
function edgesOf(file) {
  const text = textOf.get(file);
  const edges = ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => join(dirname(file), fileName))
    .filter((target) => textOf.has(target));
  for (const [, name] of text.matchAll(/["'`/]((?:apps-script|node-tools)\/[\w./-]+\.ts)["'`]/g)) edges.push(name);
  if (/dist["/].*(casebook|worker)/.test(text) || /runCasebook|buildBundles/.test(text))
    edges.push("node-tools/casebook.ts");
  if (/dist.*sheets/.test(text)) edges.push("apps-script/src/shared/main.ts", "apps-script/src/review/main.ts");
  for (const [, script] of text.matchAll(/apps-script\/src\/(\$\{\w+\}|shared|review)\/main/g))
    for (const name of script.startsWith("$") ? ["shared", "review"] : [script])
      edges.push(`apps-script/src/${name}/main.ts`);
  if (/new URL\("\.\/.*worker/.test(text)) edges.push(join(dirname(file), "worker.ts"));
  return edges.filter((target) => textOf.has(target));
}

const graph = new Map([...textOf.keys()].map((file) => [file, edgesOf(file)]));
/** Steps from a test to every file that it reaches. */
function distances(test) {
  const steps = new Map([[test, 0]]);
  for (const file of steps.keys())
    for (const target of graph.get(file) ?? []) if (!steps.has(target)) steps.set(target, steps.get(file) + 1);
  return steps;
}

const globSigns = { "**/": "(.*/)?", "*": "[^/]*", "{": "(", "}": ")", ",": "|" };
const [, longRuns] = /const longRuns = \[(.*?)\];/s.exec(textOf.get("vitest.config.ts"));
const longPatterns = [...longRuns.matchAll(/"(.*?)"/g)].map(([, glob]) => {
  const pattern = glob.replaceAll(".", "\\.").replace(/\*\*\/|[*{},]/g, (sign) => globSigns[sign]);
  return new RegExp(`^${pattern}$`);
});
/** What `npm test` leaves to `npm run test:faults`. */
const isLong = (file) => longPatterns.some((pattern) => pattern.test(file));
// Sweeps that break every call or every cell in turn take minutes before the first mutant is tried.
const isSweep = (file) => /fault|hostile-/.test(file);
const isTest = (file) =>
  file.endsWith(".test.ts") && !/^test\/(office|browser|bench|generator)\//.test(file) && !isSweep(file);
const reach = new Map([...textOf.keys()].filter(isTest).map((file) => [file, distances(file)]));

/**
 * Tests that reach a file: those of its own name and room first, then by steps between; of two alike the one that calls
 * what the file is named after (`packets`, `checkAll`), and the shorter run.
 */
function nearestTests(file) {
  const own = file.replace(/^apps-script\//, "").replace(/\.ts$/, "");
  const base = own.split("/").at(-1);
  const callsIt = new RegExp(`["'](${base}|${base.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())})["']`);
  const away = (test) => {
    const name = test.replace(/^test\//, "").replace(/(\.property|\.properties)?\.test\.ts$/, "");
    if (name === own) return 0;
    return (
      reach.get(test).get(file) +
      (dirname(own).startsWith(dirname(name)) ? 0 : 3) +
      (/propert|samples/.test(test) ? 1 : 0) +
      (isLong(test) ? 1 : 0) -
      (callsIt.test(textOf.get(test)) ? 2 : 0)
    );
  };
  // A long run is asked only about its own room.
  const isAsked = (test) => !isLong(test) || dirname(own).startsWith(dirname(test).replace("test/", ""));
  const reaching = [...reach.keys()].filter((test) => reach.get(test).has(file) && isAsked(test));
  const sorted = reaching.sort((a, b) => away(a) - away(b) || (a < b ? -1 : 1));
  const [, part] = /^(core|dialogs|src|node-tools)\//.exec(own);
  const isNear = (test) => test.startsWith(`test/${part}/`) || (part !== "core" && test.startsWith("test/contract/"));
  return {
    near: sorted.filter(isNear).slice(0, 2 * nearestFiles),
    // Whole awards at a host take long: they are asked only about what no test of the same part reaches, and nothing of
    // the core, which is to be tested on its own.
    far: part === "core" ? [] : sorted.filter((test) => !isNear(test)).slice(0, furtherFiles),
  };
}

const equivalent = JSON.parse(readFileSync(join(here, "equivalent.json"), "utf8"));
const oneLine = (text) => text.replace(/\s+/g, " ").trim();
const reasonFor = ({ file, original, mutated }) =>
  equivalent.find(
    (each) => each.file === file && each.original === oneLine(original) && each.mutated === oneLine(mutated),
  )?.reason;

function sample() {
  const isAsked = (file) => roomOf(file) && (options.room.length === 0 || options.room.includes(roomOf(file)));
  const files = [...textOf.keys()].filter(isAsked);
  const sources = openSources(root, files);
  const rooms = options.room.length > 0 ? options.room : [...new Set(files.map(roomOf))].sort();
  const chosen = rooms.flatMap((room) => {
    const own = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => findMutations(file, sources, options.seed));
    const taken = [];
    for (const mutation of own.sort((a, b) => (a.order < b.order ? -1 : 1)))
      if (taken.length < perRoom && !mutation.isRefused()) taken.push({ ...mutation, room });
    return taken;
  });
  return chosen.map((mutation, i) => ({ ...mutation, id: i + 1, reason: reasonFor(mutation) }));
}

const copy = mkdtempSync(join(tmpdir(), "casebook-mutation-"));
let child;
function cleanUp() {
  child?.kill("SIGKILL");
  rmSync(copy, { recursive: true, force: true });
}
process.on("exit", cleanUp);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

/** Writes the tree with all mutants planted into the copy; drops a mutation that does not parse. */
async function plantAll(mutations) {
  for (const file of tracked) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const parses = (text) =>
    transform(text, { loader: "ts" }).then(
      () => true,
      () => false,
    );
  const valid = [];
  for (const [file, own] of groupByFile(mutations)) {
    const text = textOf.get(file);
    let planted = own;
    if (!(await parses(plant(text, own)))) {
      planted = [];
      for (const each of own) if (await parses(plant(text, [each]))) planted.push(each);
    }
    writeFileSync(join(copy, file), plant(text, planted));
    valid.push(...planted);
  }
  return valid;
}

function groupByFile(mutations) {
  const groups = new Map();
  for (const each of mutations) groups.set(each.file, [...(groups.get(each.file) ?? []), each]);
  return groups;
}

/** All tests in one script in which every module is loaded when it is first asked for. */
async function bundleTests(tests) {
  const entry = join(copy, "test/mutation/all-tests.ts");
  const lines = tests.map((file) => `  ${JSON.stringify(file)}: () => import(${JSON.stringify(join(copy, file))}),`);
  writeFileSync(entry, `export const files = {\n${lines.join("\n")}\n};\n`);
  const outfile = join(copy, "all-tests.cjs");
  const placesOfModules = {
    name: "places-of-modules",
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/ }, ({ path }) => ({
        loader: "ts",
        contents: readFileSync(path, "utf8")
          .replaceAll("import.meta.url", JSON.stringify(`file://${path}`))
          .replaceAll("import.meta.dirname", JSON.stringify(dirname(path))),
      })),
  };
  await build({
    absWorkingDir: copy,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "cjs",
    platform: "node",
    packages: "external",
    supported: { "dynamic-import": false },
    plugins: [placesOfModules],
    charset: "utf8",
    logLevel: "error",
  });
  return outfile;
}

function start(bundle) {
  child = fork(join(here, "run-tests.mjs"), [bundle, copy], {
    cwd: copy,
    stdio: ["ignore", "ignore", process.env.DEBUG ? "inherit" : "ignore", "ipc"],
    env: { ...process.env, NODE_OPTIONS: `--require ${join(here, "in-other-processes.cjs")}`, NODE_NO_WARNINGS: "1" },
  });
  return answer(60);
}

/** The child's answer; undefined where it dies or takes longer than that. */
function answer(seconds) {
  const own = child;
  return new Promise((done) => {
    const timer = setTimeout(() => finish(undefined), seconds * 1000);
    const finish = (result) => {
      clearTimeout(timer);
      own.removeAllListeners();
      if (result === undefined) {
        own.kill("SIGKILL");
        if (child === own) child = undefined;
      }
      done(result);
    };
    own.once("message", finish);
    own.once("exit", () => finish(undefined));
  });
}

async function ask(bundle, task, seconds) {
  if (!child) await start(bundle);
  child.send(task);
  return answer(seconds);
}

// What another process or thread runs is not seen from here.
const hides = (test) => /spawn|execFile|Worker|evidence-award|local-award/.test(textOf.get(test));

const began = performance.now();
const mutations = await plantAll(sample());
const testsOf = new Map([...new Set(mutations.map(({ file }) => file))].map((file) => [file, nearestTests(file)]));
const testFiles = [...new Set([...testsOf.values()].flatMap(({ near, far }) => [...near, ...far]))].sort();
if (testFiles.some((file) => !file.startsWith("test/core/")))
  for (const script of ["build.mjs", "build-sheets.mjs"]) {
    const stdio = ["ignore", "ignore", "inherit"];
    execFileSync(process.execPath, [join(copy, "node-tools/build", script)], { cwd: copy, stdio });
  }
const bundle = await bundleTests(testFiles);
console.log(`${mutations.length} mutants, ${testFiles.length} files of tests may notice`);

/** The tests of a file as they go unbroken, run when they are first needed; undefined where the file does not load. */
const observed = new Map();
async function observe(file) {
  if (observed.has(file)) return observed.get(file);
  const seen = await ask(bundle, { observe: file, secondsOfFile }, 10 * secondsOfFile);
  const isLoaded = seen !== undefined && !seen.broken;
  if (process.env.DEBUG && isLoaded)
    console.log(
      `observed    ${seen.tests.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1)} s ${file}, ${seen.late} tests too late`,
    );
  if (!isLoaded) console.error(`${file} does not run: ${seen?.broken ?? "timeout"}`);
  const failing = (isLoaded ? seen.tests : []).filter(({ failure }) => failure);
  for (const { name, failure } of failing) console.error(`fails unbroken: ${file}: ${name}: ${failure}`);
  observed.set(file, isLoaded ? seen : undefined);
  return observed.get(file);
}

/** Runs tests nearest first until one notices: those that reach the mutant, then the rest of their files. */
async function hunt({ id, file }) {
  let [left, isFirst, reached] = [secondsForOne, true, []];
  const run = async (test, tests) => {
    const chosen = tests
      .sort((a, b) => a.seconds - b.seconds)
      .filter(({ seconds }) => {
        if (seconds > left) return false;
        left -= seconds;
        return true;
      });
    if (chosen.length === 0) return undefined;
    const task = { mutant: id, file: test, indices: chosen.map(({ index }) => index), isFirst };
    isFirst = false;
    const patience = 20 + 5 * chosen.reduce((sum, { wall }) => sum + wall, 0);
    const result = await ask(bundle, task, patience);
    if (!result) {
      // On a busy machine the same may take as long unbroken.
      const isSlow = !(await ask(bundle, { ...task, mutant: 0, isFirst: true }, patience));
      return isSlow ? undefined : { by: `${test}: timeout` };
    }
    return result.broken
      ? { by: `${test}: ${result.broken}` }
      : result.killed && { by: result.killed, why: result.why };
  };
  const { near, far } = testsOf.get(file);
  for (const test of [...near, ...far]) {
    if (reached.length === nearestFiles) break;
    if (far.includes(test) && reached.some((each) => near.includes(each.test))) break;
    const seen = await observe(test);
    if (!seen) continue;
    const passing = seen.tests.map((each, index) => ({ ...each, index })).filter(({ failure }) => !failure);
    const isReached = ({ hits }) => seen.atLoad.includes(id) || hits.includes(id);
    const reaching = passing.filter((each) => isReached(each) || hides(test));
    if (reaching.length === 0) continue;
    reached.push({ test, rest: passing.filter((each) => !reaching.includes(each)) });
    const noticed = await run(test, reaching);
    if (noticed) return noticed;
  }
  // A test that finds what an earlier one has kept reaches the mutant unseen.
  for (const { test, rest } of reached) {
    const noticed = await run(test, rest);
    if (noticed) return noticed;
  }
  return { by: undefined, isReached: reached.length > 0 };
}

const all = [...new Set([...textOf.keys()].map(roomOf))].filter(Boolean).sort();
const failing = [];
for (const room of new Set(mutations.map((mutation) => mutation.room))) {
  const start = performance.now();
  const results = [];
  for (const mutation of mutations.filter((each) => each.room === room)) {
    const { file, line, reason } = mutation;
    const [original, mutated] = [oneLine(mutation.original), oneLine(mutation.mutated)];
    const shown = `${file}:${line}  ${original.slice(0, 120)} → ${mutated.slice(0, 120) || "(nothing)"}`;
    const { by, why, isReached } = reason ? {} : await hunt(mutation);
    results.push({ ...mutation, original, mutated, by });
    if (reason) console.log(`equivalent  ${shown}`);
    else if (!by) console.log(`${isReached ? "SURVIVED   " : "UNREACHED  "} ${shown}`);
    else if (process.env.DEBUG) console.log(`killed      ${shown}\n            ${by}: ${why}`);
  }
  const seconds = (performance.now() - start) / 1000 / results.length;
  // Written after every room, so that a run that is stopped has not run for nothing.
  const path = join(root, "docs/mutation.md");
  const earlier = existsSync(path) ? readTable(readFileSync(path, "utf8")) : [];
  const table = writeTable({ rooms: all, results, earlier, seed: options.seed, perRoom });
  writeFileSync(path, table.text);
  failing.push(...table.failing);
  console.log(`${table.lines.join("\n")} ${seconds.toFixed(2)} s a mutant`);
}
console.log(`${Math.round((performance.now() - began) / 1000)} s in all`);
for (const room of failing) console.error(`${room} is below ${thresholdOf(room)} %`);
process.exit(failing.length > 0 ? 1 : 0);
