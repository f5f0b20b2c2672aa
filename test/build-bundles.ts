import { execFileSync } from "node:child_process";

/** Tests run the bundles that are delivered: made anew, so that they are those of the sources. */
export default function buildBundles(): void {
  for (const script of ["node-tools/build/build.mjs", "node-tools/build/build-sheets.mjs"]) {
    execFileSync(process.execPath, [script], { stdio: ["ignore", "ignore", "inherit"] });
  }
}
