import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { WorkbookPatch } from "../../apps-script/core/workbook/port.ts";

/** Longer parts of a sheet are kept as a digest, in characters. */
const longest = 4000;

/** A patch as lines that a person can compare: a line for each cell, style, height … of each sheet. */
function linesOf({ sheets, ...rest }: WorkbookPatch): string[] {
  return [
    ...Object.entries(rest).map(([key, value]) => `${key} ${JSON.stringify(value)}`),
    ...sheets.flatMap(({ name, layout = {}, ...parts }) =>
      Object.entries({ ...parts, ...layout }).flatMap(([key, value]) => {
        const lines = (Array.isArray(value) ? value : [value]).map((each) => `${name} ${key} ${JSON.stringify(each)}`);
        const text = lines.join("\n");
        if (text.length <= longest) return lines;
        return [`${name} ${key} ${lines.length} ${createHash("sha256").update(text).digest("base64url")}`];
      }),
    ),
  ];
}

/**
 * The patch as it is now and as it was kept. Where a change of it is meant, GOLDEN=1 keeps it anew.
 * @param url of the file with what was kept
 */
export function holdBeside(patch: WorkbookPatch, url: URL): { readonly now: string[]; readonly kept: string[] } {
  return holdLines(linesOf(patch), url);
}

/** Lines as they are now and as they were kept. */
export function holdLines(now: string[], url: URL): { readonly now: string[]; readonly kept: string[] } {
  if (process.env.GOLDEN) writeFileSync(url, `${now.join("\n")}\n`);
  return { now, kept: readFileSync(url, "utf8").trimEnd().split("\n") };
}
