import { submissionsSheet } from "../schema/application.ts";
import type { TableRow } from "../tables/table.ts";
import { cleanIdentifier } from "../text/clean.ts";
import { isRuinedIdentifier } from "../text/identifier.ts";
import { perObject } from "../text/per-object.ts";
import { readPeople } from "../text/person-names.ts";
import { isSchoolName } from "../text/person-words.ts";
import { isDitto, isPlaceholder } from "../text/placeholder.ts";
import type { Author, SubmissionKey } from "./award.ts";
import { identifyingText, readIdentifier } from "./identifying-cell.ts";

/** Authors that have columns of their own; further ones stand in 其他作者. */
export const authorNumbers = [1, 2, 3, 4, 5] as const;

export const authorSlots = authorNumbers.map((n) => ({
  position: n,
  columns: {
    name: `author${n}.name`,
    unit: `author${n}.unit`,
    account: `author${n}.account`,
    role: `author${n}.role`,
  } as Author["columns"],
}));

type AuthorDraft = Omit<Author, "person">;

type Above = (key: SubmissionKey) => string;

/**
 * The authors of each row, one for each person, however many stand in one cell.
 *
 * 同上 in a unit that was typed by hand stands for the cell above where conflicts and anonymity are at stake; it is no
 * identity, because a sheet may have been sorted since.
 *
 * @param isKept whether rows that are the same the next time are not read anew
 */
export function readAuthors(records: readonly TableRow<SubmissionKey>[], isKept: boolean): (readonly AuthorDraft[])[] {
  const above = new Map<SubmissionKey, string>();
  return records.map((record) => {
    const units = unitsIn(record, isKept);
    const own = units.some(({ typed }) => typed === undefined)
      ? authorsOf(record, (key) => above.get(key) ?? "")
      : authorsAlone(record, isKept);
    for (const { column, typed } of units) if (typed !== undefined) above.set(column, typed);
    return own;
  });
}

/** The authors' units in a row; undefined stands for 同上. */
const unitsIn = perObject((record: TableRow<SubmissionKey>) =>
  authorSlots.map(({ columns: { unit: column } }) => ({
    column,
    typed: isDitto(record.text(column)) ? undefined : identifyingText(submissionsSheet, record, column),
  })),
);

const authorsAlone = perObject((record: TableRow<SubmissionKey>) => authorsOf(record, () => ""));

function authorsOf(record: TableRow<SubmissionKey>, above: Above): AuthorDraft[] {
  const drafts: AuthorDraft[] = [];
  for (const { position, columns } of authorSlots) {
    // Most cases have fewer authors than there are columns.
    if ([columns.name, columns.unit, columns.account].every((key) => record.raw(key) === null)) continue;
    const { people } = readPeople(record.text(columns.name));
    const typedUnit = identifyingText(submissionsSheet, record, columns.unit);
    const account = readIdentifier(submissionsSheet, record, columns.account);
    if (people.length === 0 && typedUnit === "" && account.text === "" && !account.ruined) continue;
    const unitAbove = isDitto(record.text(columns.unit)) ? above(columns.unit) : "";
    const units = shareOut(typedUnit, people.length);
    const accounts = shareOut(record.text(columns.account), people.length)?.map(cleanIdentifier);
    const shared = people.length > 1;
    const role = record.text(columns.role);
    const each = people.length === 0 ? [{ name: "", note: "" }] : people;
    each.forEach(({ name, note }, i) => {
      const paired = shared ? (accounts?.[i] ?? "") : account.text;
      const usable = isRuinedIdentifier(paired) || isPlaceholder(paired, "account") ? "" : paired;
      drafts.push({
        position,
        name,
        unit: units?.[i] || typedUnit || (isSchoolName(note) ? note : ""),
        unitAbove,
        account: usable,
        accountRuined: account.ruined && !shared,
        role,
        shared,
        columns,
      });
    });
  }
  const overflow = {
    name: "otherAuthors",
    unit: "otherAuthors",
    account: "otherAuthors",
    role: "otherAuthors",
  } as const;
  readPeople(record.text("otherAuthors")).people.forEach(({ name, note }, i) => {
    drafts.push({
      position: authorSlots.length + 1 + i,
      name,
      unit: isSchoolName(note) ? note : "",
      unitAbove: "",
      account: "",
      accountRuined: false,
      role: "",
      shared: false,
      columns: overflow,
    });
  });
  return drafts;
}

const authors = new WeakMap<AuthorDraft, Author>();

/** The same object as before where it is the same person. */
export function authorAs(draft: AuthorDraft, person: string, isKept: boolean): Author {
  if (!isKept) return { ...draft, person };
  const before = authors.get(draft);
  if (before?.person === person) return before;
  const author = { ...draft, person };
  authors.set(draft, author);
  return author;
}

/** As many entries as people, one for each; undefined where nobody knows whose they are. */
function shareOut(text: string, people: number): string[] | undefined {
  if (people < 2) return undefined;
  const parts = text.split(/[、﹑，,；;/／|｜&＆+＋\s]+/).filter((part) => part !== "");
  return parts.length === people ? parts : undefined;
}
