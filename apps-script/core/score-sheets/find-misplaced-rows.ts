/** Rows of a score sheet whose 评审编号 and other columns have been sorted apart. */
import { titleKey } from "../text/identity.ts";
import { type ReturnedRow, type RowFact, type RowFacts, rowFacts } from "./read-score-sheet.ts";

export interface KnownFacts {
  /** By 评审编号, as 参评案例 has them now. */
  readonly current: ReadonlyMap<string, RowFacts>;
  /** 案例名称 by 评审编号 as this file was made with them; asked only where a title is not the present one. */
  readonly made: () => ReadonlyMap<string, string>;
}

const labels: Readonly<Record<RowFact, string>> = {
  title: "案例名称",
  material: "评审材料",
  field: "领域",
  stage: "学段",
};

/** Each of these belongs to one submission; a field or a stage to many. */
const distinctive: ReadonlySet<RowFact> = new Set(["title", "material"]);

/** What is compared: in words, marks, width and spaces do not count; in an address all of them do. */
const fold = (fact: RowFact, text: string) => (fact === "material" ? text : titleKey(text) || text);

/**
 * Rows in which what stands beside the 评审编号 is another submission's, with the reason in Chinese. A title that belongs to
 * no submission was corrected since, or retyped, and contradicts nothing, unless other rows show that the column was sorted
 * without the numbers: then a row counts only where every sorted column has what it should, and nothing else would have
 * looked the same.
 *
 * A column of fields or stages was sorted where the rows that differ hold one another's values; one that differs alone
 * was corrected since.
 */
export function findMisplacedRows(rows: readonly ReturnedRow[], known: KnownFacts): Map<ReturnedRow, string> {
  const listed = rows.filter((row) => known.current.has(row.reviewId));
  const columns = rowFacts.map((fact) => readColumn(fact, listed, known));
  const sorted = columns.filter((column) => column.isSorted);
  const misplaced = new Map<ReturnedRow, string>();
  if (sorted.length === 0) return misplaced;
  const shape = (row: ReturnedRow) => sorted.map((column) => column.folded(row)).join("\n");
  const alike = new Map<string, Set<string>>();
  for (const row of listed) alike.set(shape(row), (alike.get(shape(row)) ?? new Set()).add(row.reviewId));
  const witness = listed.find((row) => sorted.some((column) => column.isForeign(row)));
  for (const row of listed) {
    const wrong = sorted.find((column) => !column.isOwn(row));
    if (wrong) misplaced.set(row, tellWrong(row, wrong));
    else if ((alike.get(shape(row))?.size ?? 0) > 1) {
      const what = sorted.map((column) => labels[column.fact]).join("、");
      misplaced.set(
        row,
        `${row.reviewId} 的评分无从核对：这张表的“${what}”与评审编号错了位（如第 ${witness?.row ?? row.row} 行），而另有案例的${what}与这一行相同`,
      );
    }
  }
  return misplaced;
}

interface Column {
  readonly fact: RowFact;
  readonly isSorted: boolean;
  readonly isOwn: (row: ReturnedRow) => boolean;
  /** It holds what another submission should. */
  readonly isForeign: (row: ReturnedRow) => boolean;
  readonly folded: (row: ReturnedRow) => string;
  /** What the row's submission should have. */
  readonly due: (row: ReturnedRow) => string;
  /** 评审编号 of the submissions whose this is. */
  readonly owners: (row: ReturnedRow) => readonly string[];
}

function readColumn(fact: RowFact, rows: readonly ReturnedRow[], { current, made }: KnownFacts): Column {
  const folded = (row: ReturnedRow) => fold(fact, row.facts[fact]);
  const due = (row: ReturnedRow) => current.get(row.reviewId)?.[fact] ?? "";
  const isPresent = (row: ReturnedRow) => folded(row) === fold(fact, due(row));
  const filled = rows.filter((row) => row.facts[fact] !== "" && due(row) !== "");
  const differing = filled.filter((row) => !isPresent(row));
  if (differing.length === 0) {
    const never = () => false;
    return { fact, isSorted: false, isOwn: isPresent, isForeign: never, folded, due, owners: () => [] };
  }
  if (!distinctive.has(fact)) {
    const sortedTexts = (texts: readonly string[]) => [...texts].sort().join("\n");
    const isSorted = sortedTexts(differing.map(folded)) === sortedTexts(differing.map((row) => fold(fact, due(row))));
    const isForeign = (row: ReturnedRow) => differing.includes(row);
    return { fact, isSorted, isOwn: isPresent, isForeign, folded, due, owners: () => [] };
  }
  const own = new Map<string, Set<string>>();
  const owners = new Map<string, string[]>();
  const note = (reviewId: string, text: string) => {
    const key = fold(fact, text);
    if (key === "") return;
    own.set(reviewId, (own.get(reviewId) ?? new Set()).add(key));
    const named = owners.get(key) ?? [];
    if (!named.includes(reviewId)) owners.set(key, [...named, reviewId]);
  };
  for (const [reviewId, facts] of current) note(reviewId, facts[fact]);
  if (fact === "title") for (const [reviewId, title] of made()) note(reviewId, title);
  const isOwn = (row: ReturnedRow) => own.get(row.reviewId)?.has(folded(row)) === true;
  const ownersOf = (row: ReturnedRow) => owners.get(folded(row)) ?? [];
  const isForeign = (row: ReturnedRow) => !isOwn(row) && ownersOf(row).length > 0;
  return { fact, isSorted: filled.some(isForeign), isOwn, isForeign, folded, due, owners: ownersOf };
}

const namedOwners = 3;

function tellWrong(row: ReturnedRow, column: Column): string {
  const label = labels[column.fact];
  const found = row.facts[column.fact];
  const due = `${row.reviewId} 的${label}是“${column.due(row)}”`;
  if (found === "") return `这一行的“${label}”是空的，${due}，而这张表的其他行错了位`;
  const owners = column.owners(row);
  const whose =
    owners.length === 0
      ? ""
      : `；“${found}”的评审编号是 ${owners.slice(0, namedOwners).join("、")}${owners.length > namedOwners ? " 等" : ""}`;
  return `这一行的“${label}”是“${found}”，而 ${due}${whose}`;
}
