import { isOwnFormula } from "../../../apps-script/core/application-book/application-book.ts";
import { cellAddress } from "../../../apps-script/core/workbook/addresses.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { Calculation } from "../../../node-tools/calculator/index.ts";
import { snapshotSource } from "../../../node-tools/calculator/snapshot-source.ts";
import { readWorkbookBytes } from "../../../node-tools/office-files/workbook.ts";
import { readParts } from "../xlsx/inspect.ts";

/** Formulas of the sheets that people see, and those among them that the file has no value for, by address. */
function valuesInFile(bytes: Uint8Array): { formulas: number; bare: string[]; calculates: boolean } {
  const parts = readParts(bytes);
  const book = parts.get("xl/workbook.xml") ?? "";
  const relationships = parts.get("xl/_rels/workbook.xml.rels") ?? "";
  const bare: string[] = [];
  let formulas = 0;
  for (const [tag] of book.matchAll(/<sheet [^>]*>/g)) {
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
    if (attribute("state") !== "") continue;
    const link = [...relationships.matchAll(/<Relationship [^>]*>/g)].find(([each]) =>
      each.includes(` Id="${attribute("r:id")}"`),
    );
    const target = /Target="\/?(?:xl\/)?([^"]*)"/.exec(link?.[0] ?? "")?.[1];
    const xml = parts.get(`xl/${target}`);
    if (xml === undefined) throw new Error(`no part for ${tag}`);
    for (const [, address, inner = ""] of xml.matchAll(/<c r="(\w+)"[^>]*(?:\/>|>(.*?)<\/c>)/gs)) {
      if (!inner.includes("<f")) continue;
      formulas += 1;
      if (!/<v>.*<\/v>/s.test(inner)) bare.push(`${attribute("name")} ${address}`);
    }
  }
  return { formulas, bare, calculates: /fullCalcOnLoad="(1|true)"/.test(book) };
}

/** Our formulas that people see whose values are not what a new calculation gives. */
export function staleValues(snapshot: WorkbookSnapshot): string[] {
  const calculation = new Calculation(snapshotSource(snapshot));
  return snapshot.sheets
    .filter(({ hidden }) => !hidden)
    .flatMap(({ name, rows }) =>
      rows.flatMap((cells, r) =>
        cells.flatMap((value, c) => {
          if (typeof value !== "object" || value?.kind !== "formula" || !isOwnFormula(value.formula)) return [];
          const fresh = calculation.valueOf(name, r + 1, c + 1);
          return fresh === value.result
            ? []
            : [`${name} ${cellAddress(r + 1, c + 1)}: ${JSON.stringify(value.result)} / ${JSON.stringify(fresh)}`];
        }),
      ),
    );
}

export interface Audit {
  readonly formulas: number;
  readonly bare: readonly string[];
  readonly stale: readonly string[];
  /** Programs are asked to calculate when they open the file. */
  readonly calculates: boolean;
}

export function auditValues(path: string, bytes: Uint8Array): Audit {
  return { ...valuesInFile(bytes), stale: staleValues(readWorkbookBytes(path, bytes, "input").snapshot) };
}
