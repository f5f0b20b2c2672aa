// Bundles the two scripts that are bound to Google workbooks: dist/sheets/{shared,review}/, ready for clasp.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Which pages a script shows; the rest of a script is what its main.ts exports. */
const scripts = {
  shared: ["findings", "help"],
  review: ["assignment", "help", "progress", "ranking"],
};

const common = {
  absWorkingDir: root,
  bundle: true,
  charset: "utf8",
  target: "es2020",
  write: false,
  logLevel: "warning",
};

/** The platform calls top-level functions only; the metafile names the exports in an ES module build alone. */
async function readEntry(entry) {
  const { metafile } = await build({ ...common, entryPoints: [entry], format: "esm", outdir: "out", metafile: true });
  const sources = Object.keys(metafile.inputs).map((file) => readFileSync(root + file, "utf8"));
  return { names: Object.values(metafile.outputs)[0].exports.sort(), sources };
}

/** The documentation of a custom function is read above the top-level function. */
function customFunctionDoc(sources, name) {
  const documented = new RegExp(
    `(/\\*\\*(?:(?!\\*/)[\\s\\S])*@customfunction(?:(?!\\*/)[\\s\\S])*\\*/)\\s*export function ${name}\\b`,
  );
  return sources.map((source) => source.match(documented)?.[1]).find((doc) => doc !== undefined) ?? "";
}

function stub(sources, name) {
  const doc = customFunctionDoc(sources, name);
  const parameters = [...doc.matchAll(/@param\s+(?:\{[^}]*\}\s*)?(\w+)/g)].map((match) => match[1]);
  const list = doc ? parameters.join(", ") : "...values";
  return `${doc}${doc && "\n"}function ${name}(${list}) {\n  return Casebook.${name}(${list});\n}\n`;
}

async function bundleScript(name) {
  const entry = `apps-script/src/${name}/main.ts`;
  const { names, sources } = await readEntry(entry);
  const { outputFiles } = await build({ ...common, entryPoints: [entry], format: "iife", globalName: "Casebook" });
  return `${outputFiles[0].text}\n${names.map((each) => stub(sources, each)).join("\n")}`;
}

/** One file that needs no other, of an entry that shows a page; its styles come out beside the script. */
async function bundleHtml(entry, head, body = "") {
  const { outputFiles } = await build({
    ...common,
    target: ["es2020", "chrome99", "firefox115"],
    entryPoints: [entry],
    format: "iife",
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    outdir: "out",
  });
  const textOf = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return [
    `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">${head}`,
    `<style>\n${textOf(".css")}</style></head>`,
    `<body>\n${body}`,
    `<script>\n${textOf(".js")}</script></body></html>\n`,
  ].join("\n");
}

for (const [name, pages] of Object.entries(scripts)) {
  const folder = `${root}dist/sheets/${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/Code.js`, await bundleScript(name));
  writeFileSync(`${folder}/appsscript.json`, readFileSync(`${root}apps-script/src/${name}/appsscript.json`));
  for (const page of pages) {
    const html = await bundleHtml(`apps-script/src/pages/${page}.tsx`, '<base target="_top">');
    writeFileSync(`${folder}/${page}.html`, html);
  }
}

// The page of `casebook sheets`.
const local = "node-tools/local-sheets/page";
const body = readFileSync(`${root}${local}/index.html`, "utf8");
writeFileSync(`${root}dist/sheets/local.html`, await bundleHtml(`${local}/main.ts`, "<title>评案簿</title>", body));
