/** Materials in the page: read where they lie, for the command and for a unit's own form. */
import { gunzipSync } from "fflate";
import { factsRow } from "../../apps-script/core/evidence/build-report.ts";
import { type LeftOut, LeftOutList } from "../../apps-script/core/evidence/left-out.ts";
import { makeNameMatcher } from "../../apps-script/core/evidence/match-names.ts";
import { submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { evidenceFactsSheet } from "../../apps-script/core/schema/evidence.ts";
import { labelOf } from "../../apps-script/core/schema/sheet-spec.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import { isVacant } from "../../apps-script/core/workbook/fingerprint.ts";
import { readBytes } from "../disk/disk.ts";
import { writeFilesAtomically } from "../disk/files.ts";
import { collectSources } from "../evidence/collect-sources.ts";
import { gatherEvidence } from "../evidence/gather-evidence.ts";
import { readWorkbookBytes } from "../office-files/workbook.ts";
import { materialFiles, supplyReaders } from "./host.ts";
import type { FormMaterials, GivenFolder, GivenMaterial, PackedReaders } from "./protocol.ts";
import { awardOfForm } from "./unit/unit-desk.ts";

/** Where the chosen folder is, for the commands. */
const place = "/材料";
/** What was read of files, as long as the page is open. */
const remembered = "/.材料核查.jsonl";

const unpack = (base64: string) => gunzipSync(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));

export function unpackReaders({ reader, mediaInfo }: PackedReaders): void {
  supplyReaders({ script: new TextDecoder().decode(unpack(reader)), mediaInfo: new Uint8Array(unpack(mediaInfo)) });
}

/** @returns how many files there are; the paths of those that cannot be read come into `skipped` */
async function walk(folder: FileSystemDirectoryHandle, path: string, skipped: string[]): Promise<number> {
  let count = 0;
  for await (const [name, entry] of folder.entries()) {
    const below = `${path}/${name}`;
    try {
      if (entry.kind === "directory") count += await walk(entry as FileSystemDirectoryHandle, below, skipped);
      else {
        materialFiles.put(below, await (entry as FileSystemFileHandle).getFile());
        count += 1;
      }
    } catch {
      skipped.push(below.slice(place.length + 1));
    }
  }
  return count;
}

/** Takes the place of the folder that was there before. */
export async function giveMaterials(given: readonly GivenMaterial[] | FileSystemDirectoryHandle): Promise<GivenFolder> {
  await materialFiles.removeFolder(place);
  materialFiles.makeParents(`${place}/_`);
  const skipped: string[] = [];
  if (!Array.isArray(given)) return { count: await walk(given as FileSystemDirectoryHandle, place, skipped), skipped };
  for (const { path, file } of given) materialFiles.put(`${place}/${path}`, file);
  return { count: given.length, skipped };
}

/** Writes into the list of what was left out that the experts are to get these files. @throws InputError */
export function keepLeftOut(path: string, files: readonly Pick<LeftOut, "reviewId" | "file">[]): void {
  const book = readWorkbookBytes(path, readBytes(path), "edit");
  book.apply({ sheets: [new LeftOutList(book.snapshot).keeping(files)] });
  writeFilesAtomically([{ path, data: book.toBuffer() }], { backup: true });
}

/** @param step told of what is done next; what it throws ends the reading */
export async function readFormMaterials(path: string, step: (name: string) => Promise<void>): Promise<FormMaterials> {
  const award = awardOfForm(path);
  await step("清点材料");
  const { sources, unmatched, skipped } = await collectSources(place, makeNameMatcher(award.submissions));
  const { evidence, files } = await gatherEvidence(award, sources, remembered, step);
  return {
    files,
    findings: evidence.findings,
    labels: evidenceFactsSheet.columns.map(({ label }) => label),
    cases: evidence.assessed.map((materials) => ({
      id: materials.submission.id,
      facts: factsRow(materials, undefined).map(cellText),
    })),
    unmatched,
    skipped,
    fills: evidence.values.flatMap(({ submission: { record }, values }) =>
      [...values]
        .filter(([key]) => isVacant(record.raw(key)))
        .map(([key, value]) => ({
          sheet: "submissions" as const,
          row: record.row,
          field: key,
          value: cellText(value),
          found: { id: record.text("id"), field: key, value: "" },
          label: labelOf(submissionsSheet, key),
        })),
    ),
  };
}
