import type { AwardTables } from "../../core/award/award.ts";
import { patchNotes } from "../../core/check/marks-and-notes.ts";
import type { Finding } from "../../core/rules/rule.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";

/** Document property: names of the sheets that may bear notes of the last check. */
const notedKey = "casebook.noted";

/**
 * The notes of the last check on their cells in the sheets that officers fill in; notes of people stay. 正文 is left unread
 * where it has no findings now and had none at the last check; the others get notes while people type.
 */
export function writeNotesOfFindings(book: GoogleWorkbook, tables: AwardTables, findings: readonly Finding[]): void {
  const properties = PropertiesService.getDocumentProperties();
  const before = JSON.parse(properties.getProperty(notedKey) ?? "[]") as string[];
  const { submissions, texts, experts, liaisons } = tables;
  const filledIn = [submissions, texts, experts, liaisons].map(({ name }) => name);
  const now = filledIn.filter((name) => findings.some((finding) => finding.sheet === name && finding.row > 0));
  // Before the first note: whoever runs this again after a fault must look at all of them.
  properties.setProperty(notedKey, JSON.stringify([...new Set([...before, ...now])]));
  for (const name of filledIn) {
    if (name === texts.name && !before.includes(name) && !now.includes(name)) continue;
    const sheet = book.snapshot.sheets.find((s) => s.name === name);
    if (!sheet) continue;
    const own = findings.filter((finding) => finding.sheet === name);
    const notes = patchNotes(sheet.notes, tables, own);
    if (notes.length > 0) book.apply({ sheets: [{ name, notes }] });
  }
  properties.setProperty(notedKey, JSON.stringify(now));
}
