import type { Finding } from "../rules/rule.ts";
import { severityLabels } from "../schema/choices.ts";

/** The line that introduces our block in a note; what people write stands above it. */
const noteMarker = "【评案簿检查】";

const ourLine = new RegExp(`^(?:${Object.values(severityLabels).join("|")}) [A-Z]+(?:-[A-Z]+)+：`);

const lineOf = (finding: Finding) =>
  `${severityLabels[finding.severity]} ${finding.code}：${finding.message.replace(/\s*\n\s*/g, " ")}`;

/** What people wrote in a note: everything but our marker and the lines of our block, also where they wrote below it. */
function ownText(note: string): string {
  const lines = note.split(/\r\n?|\n/);
  const start = lines.findIndex((line) => line.trim() === noteMarker);
  if (start < 0) return note;
  const below = lines.slice(start + 1).filter((line) => line.trim() !== noteMarker && !ourLine.test(line.trim()));
  return [...lines.slice(0, start), ...below].join("\n").trim();
}

/** The note that a cell should bear: what people wrote, then our block. "" when there is nothing to say. */
export function composeNote(note: string, findings: readonly Finding[]): string {
  const own = ownText(note);
  if (findings.length === 0) return own;
  const block = [noteMarker, ...findings.map(lineOf)].join("\n");
  return own === "" ? block : `${own}\n${block}`;
}
