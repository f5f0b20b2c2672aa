import { execFileSync } from "node:child_process";

/** Tests run the bundles that are delivered: made anew, so that they are those of the sources. */
export default function buildBundles(): void {
  // A run of `.ci` has just made them.
  if (process.env.BUNDLES === "made") return;
  for (const script of ["build", "build-sheets", "build-page"].map((name) => `node-tools/build/${name}.mjs`)) {
    execFileSync(process.execPath, [script], { stdio: ["ignore", "ignore", "inherit"] });
  }
}
