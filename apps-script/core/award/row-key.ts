/** Which row is which (DESIGN §3): the key of a row of each sheet, and the place it takes among the others. */

import { expertsSheet, liaisonsSheet, submissionsSheet, textsSheet, unitsSheet } from "../schema/application.ts";
import { foldForComparison } from "../text/clean.ts";
import { isRuinedIdentifier } from "../text/identifier.ts";
import { identifierKey, nameAndPhoneKey, personNameKey, unitNameKey } from "../text/identity.ts";
import { namesIn } from "../text/person-names.ts";
import { isPlaceholder } from "../text/placeholder.ts";

/** The sheets that import fills, in the order of 导入记录. */
export const importedSheets = [unitsSheet, submissionsSheet, textsSheet, expertsSheet, liaisonsSheet] as const;
export type ImportedSheet = (typeof importedSheets)[number];

/** Gives the text of a cell by column key. */
export type ReadText = (key: string) => string;

/** Never occurs in a folded nominator, so the first one ends it. */
const SEPARATOR = "|";

/** The account, unless a spreadsheet has ruined it: such a one identifies nobody. */
export function usableAccount(read: ReadText): string {
  const account = read("account");
  return isRuinedIdentifier(account) || isPlaceholder(account, "account") ? "" : identifierKey(account);
}

export function nameAndPhone(read: ReadText): string {
  const phone = read("phone");
  return nameAndPhoneKey(nameOf(read), isPlaceholder(phone, "account") ? "" : phone);
}

/** All names of the cell; a placeholder is none. */
const nameOf = (read: ReadText) => namesIn(read("name")).join("、");

function ownKey(sheet: ImportedSheet, read: ReadText): string {
  switch (sheet.key) {
    case "submissions":
    case "texts":
      return identifierKey(read("id"));
    case "experts":
      return usableAccount(read) || nameAndPhone(read);
    case "liaisons":
      return personNameKey(nameOf(read));
    case "units":
      return identifierKey(read("code"));
  }
}

/** What identifies a row, `推荐单位|…`; the code alone for 单位. */
export function identityOf(sheet: ImportedSheet, read: ReadText): string {
  const own = ownKey(sheet, read);
  return sheet.key === "units" ? own : `${unitNameKey(read("nominator"))}${SEPARATOR}${own}`;
}

/**
 * The key under which 导入记录 remembers an imported row: its identity, and for an expert the stage as well, because a
 * bureau sends one table a stage and a person named in two of them must be seen twice.
 */
export function rowKeyOf(sheet: ImportedSheet, read: ReadText): string {
  const identity = identityOf(sheet, read);
  return sheet.key === "experts" ? `${identity}${SEPARATOR}${unitNameKey(read("stage"))}` : identity;
}

/** The identity inside a remembered key. */
export function identityInKey(sheet: ImportedSheet, rowKey: string): string {
  return sheet.key === "experts" ? rowKey.slice(0, rowKey.lastIndexOf(SEPARATOR)) : rowKey;
}

/** A remembered key as it would be written now: an earlier version may have folded less, such as the case of 案例编号. */
export function refoldRowKey(sheet: ImportedSheet, rowKey: string): string {
  if (sheet.key === "units") return identifierKey(rowKey);
  const { nominator, rest } = splitNominator(rowKey);
  return `${unitNameKey(nominator)}${SEPARATOR}${refoldOwnKey(sheet, rest.slice(SEPARATOR.length))}`;
}

function refoldOwnKey(sheet: ImportedSheet, own: string): string {
  if (sheet.key === "liaisons") return personNameKey(own);
  if (sheet.key !== "experts") return identifierKey(own);
  const at = own.lastIndexOf(SEPARATOR);
  const [person, stage] = [own.slice(0, at), own.slice(at)];
  const [, name, phone] = /^([^/]+)\/(.*)$/.exec(person) ?? [];
  // An account may hold a slash as well, but a folded name holds no mark.
  const isNamed = name !== undefined && phone !== undefined && [...foldForComparison(name)].length === [...name].length;
  return (isNamed ? nameAndPhoneKey(name, phone) : identifierKey(person)) + stage;
}

/** The folded 推荐单位 inside a remembered key, and the rest. */
export function splitNominator(rowKey: string): { nominator: string; rest: string } {
  const at = rowKey.indexOf(SEPARATOR);
  return { nominator: rowKey.slice(0, at), rest: rowKey.slice(at) };
}

/** The same key under another 推荐单位. */
export function withNominator(rowKey: string, nominator: string): string {
  return unitNameKey(nominator) + splitNominator(rowKey).rest;
}

export type SortKey = readonly (string | number)[];

export function compareSortKeys(a: SortKey, b: SortKey): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const x = a[i] as string | number;
    const y = b[i] as string | number;
    if (x !== y) return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

/** Where a row stands: by unit, then as people number things. `stages` in the order of the notice. */
export function sortKeyOf(sheet: ImportedSheet, stages: readonly string[], read: ReadText): SortKey {
  switch (sheet.key) {
    case "submissions":
    case "texts":
      return [read("nominator"), read("id")];
    case "experts": {
      const stage = stages.indexOf(read("stage"));
      const no = Number.parseFloat(read("no"));
      return [
        read("nominator"),
        stage < 0 ? stages.length : stage,
        Number.isNaN(no) ? Number.MAX_VALUE : no,
        read("name"),
        read("account"),
        read("phone"),
      ];
    }
    case "liaisons":
      return [read("nominator"), read("name"), read("phone")];
    case "units":
      return [read("code"), read("name")];
  }
}

/** Reads 推荐单位 as the present 单位名称, by whichever of its names the unit is called. */
export const byPresentName =
  (read: ReadText, nominatorName: (text: string) => string): ReadText =>
  (key) =>
    key === "nominator" ? nominatorName(read(key)) : read(key);

/** A remembered key under the present 单位名称. */
export function renameNominator(sheet: ImportedSheet, rowKey: string, nominatorName: (text: string) => string): string {
  return sheet.key === "units" ? rowKey : withNominator(rowKey, nominatorName(splitNominator(rowKey).nominator));
}
