// Bundles the two scripts that are bound to Google workbooks: dist/sheets/{shared,review}/, ready for clasp.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pagesFolder = "apps-script/dialogs/pages";

/** Which pages a script shows; the rest of a script is what its main.ts exports. */
const scripts = {
  shared: ["findings", "help"],
  review: ["assignment", "progress", "ranking"],
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

/** One file that needs no other: a page.html with its styles and its script, connected to Google. */
async function bundleDialog(name) {
  const folder = `${pagesFolder}/${name}`;
  const modules = ["apps-script/src/pages/connect-google.ts", `${folder}/page.ts`];
  const contents = modules.map((file) => `import "./${file}";`).join("\n");
  const script = await build({ ...common, stdin: { contents, resolveDir: root }, format: "iife", minify: true });
  const styles = [`${pagesFolder}/common/theme.css`, `${folder}/page.css`];
  const css = styles.map((file) => readFileSync(root + file, "utf8"));
  return [
    "<!DOCTYPE html>",
    '<html lang="zh-CN">',
    '<head><meta charset="utf-8"><title></title><base target="_top">',
    `<style>\n${css.join("\n")}</style></head>`,
    `<body>\n${readFileSync(`${root}${folder}/page.html`, "utf8")}`,
    `<script>\n${script.outputFiles[0].text}</script>`,
    "</body></html>\n",
  ].join("\n");
}

for (const [name, pages] of Object.entries(scripts)) {
  const folder = `${root}dist/sheets/${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/Code.js`, await bundleScript(name));
  writeFileSync(`${folder}/appsscript.json`, readFileSync(`${root}apps-script/src/${name}/appsscript.json`));
  for (const page of pages) writeFileSync(`${folder}/${page}.html`, await bundleDialog(page));
}

/** The page of `casebook sheets`; the styles that its modules import come out beside the script. */
async function bundleLocalPage() {
  const folder = "node-tools/local-sheets/page";
  const entryPoints = [`${folder}/main.ts`];
  const { outputFiles } = await build({
    ...common,
    target: "es2022",
    entryPoints,
    format: "iife",
    minify: true,
    outdir: "out",
  });
  const textOf = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return [
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>评案簿</title>',
    `<style>\n${textOf(".css")}</style></head>`,
    `<body>\n${readFileSync(`${root}${folder}/index.html`, "utf8")}`,
    `<script>\n${textOf(".js")}</script></body></html>\n`,
  ].join("\n");
}

writeFileSync(`${root}dist/sheets/local.html`, await bundleLocalPage());
