/** The workbook of a run over submitted files: 核查结果, 材料概况 and a 人工核对 for each unit. */

import { severityStyles } from "../check/severity-styles.ts";
import type { Notice } from "../notice/notice.ts";
import { severityLabels } from "../schema/choices.ts";
import { evidenceFactsSheet, evidenceFindingsSheet } from "../schema/evidence.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import { wrappedHeight } from "../tables/row-height.ts";
import { headerEdits, tableLayout } from "../tables/table-layout.ts";
import { removeInvisible } from "../text/characters.ts";
import { formatDuration } from "../text/duration.ts";
import { addToGroup } from "../text/group-by.ts";
import { formatResolution } from "../text/resolution.ts";
import type { CellValue, SheetPatch, WorkbookPatch } from "../workbook/port.ts";
import type { AssessedMaterials } from "./assess-materials.ts";
import { describeKind, type EvidenceFinding, nominatorName, showName } from "./evidence-finding.ts";
import { buildManualChecks } from "./manual-checks.ts";
import type { FilledCell } from "./plan-fill.ts";
import { readValues } from "./read-values.ts";

interface EvidenceResults {
  readonly assessed: readonly AssessedMaterials[];
  /** In the order of the report. */
  readonly findings: readonly EvidenceFinding[];
  readonly filled: readonly FilledCell[];
}

const bytesPerMegabyte = 1024 * 1024;
/** A cell is to be read, not to hold a document. */
const longestText = 400;

function cellOf(value: CellValue | undefined): CellValue {
  if (typeof value !== "string") return value ?? null;
  const plain = removeInvisible(value);
  return plain.length > longestText ? `${plain.slice(0, longestText)}…` : plain;
}

function tableSheet(spec: SheetSpec, rows: readonly (readonly CellValue[])[], wrapped: readonly string[]): SheetPatch {
  const layout = tableLayout(spec, 1 + rows.length);
  const bottom = Math.max(2, 1 + rows.length);
  const columns = spec.columns.flatMap(({ key, width }, i) => (wrapped.includes(key) ? [{ column: i, width }] : []));
  return {
    name: spec.label,
    createBefore: null,
    edits: [
      ...headerEdits(spec),
      ...rows.flatMap((cells, r) =>
        cells.flatMap((cell, c) => {
          const value = cellOf(cell);
          return value === null || value === "" ? [] : [{ row: 2 + r, column: c + 1, value }];
        }),
      ),
    ],
    layout: {
      ...layout,
      styles: [
        ...(layout.styles ?? []),
        ...columns.map(({ column }) => ({
          area: { top: 2, left: column + 1, bottom, right: column + 1 },
          style: { wrap: true },
        })),
      ],
      heights: [
        ...(layout.heights ?? []),
        ...rows.map((cells, r) => ({
          row: 2 + r,
          height: wrappedHeight(
            columns.map(({ column, width }) => ({ text: String(cellOf(cells[column]) ?? ""), width })),
          ),
        })),
      ],
    },
  };
}

function findingsPatch(findings: readonly EvidenceFinding[]): SheetPatch {
  const rows = findings.map((f) => [
    f.id,
    f.nominator,
    showName(f.file),
    showName(f.place),
    f.message,
    f.text,
    f.remedy,
    severityLabels[f.severity],
    describeKind(f.kind),
  ]);
  const wrapped = ["file", "place", "message", "text", "remedy", "kind"];
  const patch = tableSheet(evidenceFindingsSheet, rows, wrapped);
  const severityColumn = evidenceFindingsSheet.columns.findIndex(({ key }) => key === "severity") + 1;
  const styles = [...(patch.layout?.styles ?? []), ...severityStyles(findings, 2, severityColumn)];
  return { ...patch, layout: { ...patch.layout, styles } };
}

/** A row of 材料概况. @param filled labels of the columns that were filled in from the files */
export function factsRow(materials: AssessedMaterials, filled: readonly string[] | undefined): CellValue[] {
  const { submission, files, text, video } = materials;
  const values = readValues(text, video);
  const facts = video?.video;
  return [
    submission.id,
    nominatorName(submission),
    submission.title,
    files.length,
    text ? showName(text.file.name) : null,
    values.get("wordsSummary") ?? null,
    values.get("wordsInnovation") ?? null,
    values.get("wordsProcess") ?? null,
    values.get("wordsApplication") ?? null,
    values.get("wordsTotal") ?? null,
    video ? showName(video.file.name) : null,
    facts?.container ?? null,
    facts ? Math.round((facts.bytes / bytesPerMegabyte) * 10) / 10 : null,
    facts ? formatResolution(facts) : null,
    facts ? formatDuration(facts.seconds) : null,
    facts?.encodedOn ?? null,
    facts?.subtitleTracks ?? null,
    filled?.join("、") ?? null,
  ];
}

function factsPatch(assessed: readonly AssessedMaterials[], filled: readonly FilledCell[]): SheetPatch {
  const columnsByRow = new Map<number, string[]>();
  for (const { row, column } of filled) addToGroup(columnsByRow, row, column);
  const rows = assessed.map((materials) => factsRow(materials, columnsByRow.get(materials.submission.record.row)));
  return tableSheet(evidenceFactsSheet, rows, ["title", "text", "video", "filled"]);
}

export function buildEvidenceReport(notice: Notice, { assessed, findings, filled }: EvidenceResults): WorkbookPatch {
  return {
    sheets: [findingsPatch(findings), factsPatch(assessed, filled), ...buildManualChecks(notice, assessed)],
    properties: { title: "材料核查", creator: "评案簿" },
  };
}
