import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, parse } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Printed, Printer } from "./port.ts";
import { withPrivateFolder } from "./private-folder.ts";

const run = promisify(execFile);
/** Files that LibreOffice converts in one start; a command line has an end. */
const batch = 40;
const minutes = 60_000;

const usualPlaces = [
  "/Applications/LibreOffice.app/Contents/MacOS/soffice",
  "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
  "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.exe",
];

/** The program of LibreOffice, or undefined when it is not installed. */
export async function findOffice(): Promise<string | undefined> {
  for (const program of ["soffice", "libreoffice", ...usualPlaces.filter((path) => existsSync(path))]) {
    try {
      await run(program, ["--version"], { timeout: minutes });
      return program;
    } catch {
      // Not there; the next place.
    }
  }
  return undefined;
}

/** @param program from `findOffice` */
export function officePrinter(program: string): Printer {
  return (documents: readonly Printed[]) =>
    withPrivateFolder(async (work) => {
      const profile = `-env:UserInstallation=${pathToFileURL(join(work, "profile")).href}`;
      for (let i = 0; i < documents.length; i += batch) {
        const files = documents.slice(i, i + batch).map(({ name, data }) => {
          const copy = join(work, name);
          writeFileSync(copy, data);
          return copy;
        });
        const words = [profile, "--headless", "--convert-to", "pdf", "--outdir", work, ...files];
        await run(program, words, { timeout: 10 * minutes }).catch(() => undefined);
      }
      return documents.map(({ name }) => {
        const made = join(work, `${parse(name).name}.pdf`);
        return existsSync(made) ? readFileSync(made) : undefined;
      });
    });
}
