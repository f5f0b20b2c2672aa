import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** `templates/` of the source tree (from node-tools/forms/) and of the installed package (from dist/). */
const homes = ["../templates", "../../templates"].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** The folder with the official forms of a notice: `templates/ningxia-2025/`. It need not exist. */
export function templatesFolder(noticeId: string): string {
  const home = homes.find((path) => existsSync(path)) ?? homes[0] ?? "";
  return join(home, noticeId);
}
