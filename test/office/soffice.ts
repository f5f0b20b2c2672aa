import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Opens files in LibreOffice and saves them in another format.
 *
 * @param format as `--convert-to` takes it
 * @param home folder for the profile; the results lie in `home/to`
 */
export function convertInLibreOffice(format: string, files: readonly string[], home: string, to: string): string {
  const folder = join(home, to);
  mkdirSync(folder, { recursive: true });
  const profile = `-env:UserInstallation=file://${join(home, "profile")}`;
  execFileSync("soffice", [profile, "--headless", "--convert-to", format, "--outdir", folder, ...files], {
    stdio: "ignore",
  });
  return folder;
}
