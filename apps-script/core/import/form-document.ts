/** A filled-in 案例模板 (附件5) as facts and sections. */
import { submissionsSheet } from "../schema/application.ts";
import { foldForComparison } from "../text/clean.ts";
import { once } from "../text/once.ts";
import { tableKinds } from "./aliases.ts";
import { sectionKeys } from "./count-texts.ts";
import { type DocumentBlock, type DocumentCell, linesOf } from "./document.ts";
import { isHint, readHeading, type SectionKey, textBehindHint, withoutNumbering } from "./section-headings.ts";

export interface FormDocument {
  /** Column key of 案例 → what the form says; entries left empty are not in it. */
  readonly facts: ReadonlyMap<string, string>;
  /** The sections that have a heading in the document; "" for one that was left empty. */
  readonly sections: ReadonlyMap<SectionKey, string>;
  /** Lines before the first section that belong to no label: one of them may be the title. */
  readonly frontLines: readonly string[];
}

interface Line {
  readonly text: string;
  readonly startsCell: boolean;
  /** Column keys with what stands beside their labels, when this is a row of labels and values. */
  readonly facts?: readonly (readonly [key: string, value: string])[];
}

/** Between the cells of a table that stands in a section. */
const CELL_GAP = "\u3000";
/** Labels that are understood behind the first section as well; others may head a table of the text. */
const keysAnywhere = new Set(["title", "keywords", "id", "nominator"]);
const FORM_LINE = /^(?:附件\d*|案例模板|案例内容|案例申报书|申报书)$/;
const MATERIALS_HINT = /^[（(]?请在此列出.*?(?:一并提交[。.]?[）)]?|$)/;
const MATERIALS_HEADER = /^(?:序号|材料名称|名称)(?:\u3000|$)/;
const NONE = /^(?:无|没有|暂无)[。.]?$/;
/** Lines that the hint of a heading may go on for; where it does not end in them its bracket was never closed. */
const HINT_LINES = 3;
const HINT_END = /[）)\]】]/;

function indexLabels(): Map<string, string> {
  const kind = tableKinds.find((k) => k.sheet === submissionsSheet);
  const labels = new Map<string, string>();
  const passed = new Set<string>([...sectionKeys, "materials"]);
  for (const [key, aliases] of Object.entries(kind?.aliases ?? {})) {
    if (!passed.has(key)) for (const alias of aliases) labels.set(foldForComparison(alias), key);
  }
  for (const { key, label, kind: cellKind } of submissionsSheet.columns) {
    if (!passed.has(key) && cellKind !== "computed") labels.set(foldForComparison(label), key);
  }
  return labels;
}

const labels = once(indexLabels);

/** The column that a label such as `关键词（3~5 个）：` names. */
function labelKey(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const bare = withoutNumbering(text).text.replace(/[（(【[][^）)】\]]*[）)】\]]/g, "");
  return labels().get(foldForComparison(bare));
}

/** `案例名称：……` as key and value. */
function labelledLine(text: string): { key: string; value: string } | undefined {
  const found = /^([^:：]{2,30})[:：](.*)$/s.exec(text);
  const key = found && labelKey(found[1] ?? "");
  return key ? { key, value: (found?.[2] ?? "").trim() } : undefined;
}

function linesOfRow(cells: readonly DocumentCell[]): Line[] {
  const texts = cells.map((cell) => linesOf(cell).map((line) => line.trim()));
  const text = texts
    .map((lines) => lines.join(" "))
    .filter((joined) => joined !== "")
    .join(CELL_GAP);
  const keys = texts.map((lines) => labelKey(lines.join("")));
  const facts = keys.flatMap((key, i) => {
    if (key === undefined) return [];
    const next = keys.findIndex((other, j) => j > i && other !== undefined);
    const value = texts.slice(i + 1, next < 0 ? undefined : next).flat();
    return [[key, value.join(key === "title" ? "" : "、")] as const];
  });
  if (facts.length > 0) return [{ text, startsCell: true, facts }];
  const filled = cells.filter((_, i) => (texts[i] as string[]).length > 0);
  const isLayout = filled.length === 1 || texts.some(([first]) => first !== undefined && readHeading(first, true));
  if (!isLayout) return text === "" ? [] : [{ text, startsCell: false }];
  return filled.flatMap((cell) =>
    flatten(cell).map((line, i) => ({ ...line, startsCell: line.startsCell || i === 0 })),
  );
}

function flatten(blocks: readonly DocumentBlock[]): Line[] {
  return blocks.flatMap((block): Line[] =>
    block.kind === "table"
      ? block.rows.flatMap(linesOfRow)
      : linesOf([block]).map((text) => ({ text, startsCell: false })),
  );
}

/** 1.照片 without its number; 2025年成绩单 as it is. */
function withoutNumber(line: string): string {
  const { text } = withoutNumbering(line);
  return /\d$/.test(line.slice(0, line.length - text.length)) ? line : text.trim();
}

/** Entries of 支撑材料清单, without their numbers, 、-separated. */
function listMaterials(lines: readonly string[]): string {
  return lines
    .map((line) => withoutNumber(line.trim().replace(MATERIALS_HINT, "")))
    .filter((line) => line !== "" && !NONE.test(line) && !MATERIALS_HEADER.test(line))
    .map((line) => line.replace(/[；;。]$/, "").split(CELL_GAP)[0] ?? "")
    .join("、");
}

class FormReader {
  readonly facts = new Map<string, string>();
  readonly sections = new Map<SectionKey, string[]>();
  readonly materials: string[] = [];
  readonly frontLines: string[] = [];
  private current: SectionKey | "materials" | undefined;
  private inHint = false;
  private pendingFact: string | undefined;

  /** @param certain sections whose own name stands in the document: lesser names head none of them */
  constructor(private readonly certain: ReadonlySet<string>) {}

  /** @param following the lines behind it */
  read(line: Line, following: readonly Line[]): void {
    if (this.inHint) {
      const end = line.text.search(HINT_END);
      if (end >= 0) {
        this.inHint = false;
        this.add(line.text.slice(end + 1));
      }
      return;
    }
    if (line.facts !== undefined) {
      const told = line.facts.filter(([key, value]) => this.tell(key, value));
      if (told.length === 0) this.add(line.text);
      return;
    }
    const heading = readHeading(line.text, line.startsCell);
    if (heading && (heading.certain || (!this.certain.has(heading.section) && heading.section !== this.current))) {
      this.current = heading.section;
      this.inHint = heading.openHint !== "" && hintEnds(following);
      this.pendingFact = undefined;
      if (heading.section !== "materials" && !this.sections.has(heading.section))
        this.sections.set(heading.section, []);
      this.add(heading.openHint === "" || this.inHint ? heading.rest : textBehindHint(heading.openHint));
      return;
    }
    if (FORM_LINE.test(foldForComparison(withoutNumbering(line.text).text)) && line.text.length < 20) return;
    if (!this.readLabel(line.text)) this.add(line.text);
  }

  private readLabel(text: string): boolean {
    const labelled = labelledLine(text);
    if (labelled && labelled.value !== "") return this.tell(labelled.key, labelled.value);
    const key = labelled?.key ?? (this.current === undefined ? labelKey(text) : undefined);
    if (key !== undefined && this.current === undefined) {
      this.pendingFact = key;
      return true;
    }
    const pending = this.pendingFact;
    this.pendingFact = undefined;
    return pending !== undefined && this.tell(pending, text);
  }

  /** Whether this is a place where the label may stand. */
  private tell(key: string, value: string): boolean {
    if (this.current !== undefined && !keysAnywhere.has(key)) return false;
    if (this.current !== undefined && this.facts.has(key)) return this.facts.get(key) === value.trim();
    if (value.trim() !== "" && !this.facts.has(key)) this.facts.set(key, value.trim());
    return true;
  }

  private add(text: string): void {
    if (text.trim() === "") return;
    if (this.current === undefined) this.frontLines.push(text.trim());
    else if (this.current === "materials") this.materials.push(text);
    else {
      const lines = this.sections.get(this.current) as string[];
      if (lines.length > 0 || !isHint(text)) lines.push(text);
    }
  }
}

/** Whether a hint that began above ends in these lines, before another heading. */
function hintEnds(lines: readonly Line[]): boolean {
  const heading = lines.findIndex((line) => readHeading(line.text, line.startsCell)?.certain);
  const own = lines.slice(0, Math.min(HINT_LINES, heading < 0 ? lines.length : heading));
  const end = own.findIndex((line) => HINT_END.test(line.text));
  // An opening bracket before the closing one: that one belongs to the text.
  return end >= 0 && !own.slice(0, end + 1).some((line) => /^[^）)\]】]*[（([【]/.test(line.text));
}

/** Reads a document as the form, or returns undefined when it has not at least two of its four sections. */
export function readFormDocument(blocks: readonly DocumentBlock[]): FormDocument | undefined {
  const lines = flatten(blocks);
  const headings = lines.flatMap((line) => readHeading(line.text, line.startsCell) ?? []);
  const reader = new FormReader(new Set(headings.filter((h) => h.certain).map((h) => h.section)));
  lines.forEach((line, i) => {
    reader.read(line, lines.slice(i + 1, i + 1 + HINT_LINES));
  });
  if (reader.sections.size < 2) return undefined;
  const materials = listMaterials(reader.materials);
  if (materials !== "") reader.facts.set("materials", materials);
  return {
    facts: reader.facts,
    sections: new Map([...reader.sections].map(([key, text]) => [key, text.join("\n")])),
    frontLines: reader.frontLines,
  };
}
