// Bundles the commands for Node. Packages stay outside the bundle: they are dependencies of package.json.
import { existsSync } from "node:fs";
import { build } from "esbuild";

const entries = {
  casebook: "node-tools/casebook.ts",
  "sheets-worker": "node-tools/local-sheets/worker.ts",
  "evidence-worker": "node-tools/evidence/worker.ts",
  "render-worker": "node-tools/award-files/render-worker.ts",
  demo: "node-tools/example/demo.ts",
  docs: "node-tools/build/docs.ts",
  bench: "test/bench/bench.ts",
};

await build({
  absWorkingDir: new URL("../..", import.meta.url).pathname,
  // An installed package holds the command alone; bench and docs need the checkout.
  entryPoints: Object.fromEntries(
    Object.entries(entries).filter(([, file]) => existsSync(new URL(`../../${file}`, import.meta.url))),
  ),
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  banner: { js: "#!/usr/bin/env node" },
  logLevel: "warning",
});
