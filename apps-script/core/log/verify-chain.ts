import type { WorkbookSnapshot } from "../workbook/port.ts";
import { chainStart, digestRow, type LogEntry, readLog } from "./log.ts";

/** A row of 日志 as it stands in the workbook. */
export interface LoggedRow extends LogEntry {
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  /** The head of the chain before this row. */
  readonly previousDigest: string;
}

interface Chain {
  /** In the order of the chain. */
  readonly rows: readonly LoggedRow[];
  /** What the next row would carry as 前序摘要. */
  readonly head: string;
  /** In Chinese, one for each row that does not follow from the row before it. */
  readonly breaks: readonly string[];
}

/**
 * Recomputes the chain of 日志. A row that was changed, taken away or put in shows at the row below it; the last row is
 * vouched for by nothing but a head that was noted elsewhere. Rows that were only moved are put back in their order.
 *
 * @throws WorkbookStructureError when 日志 or one of its columns is missing
 */
export function verifyChain(snapshot: WorkbookSnapshot): Chain {
  const { name, rows } = readLog(snapshot);
  const linked = followLinks(rows);
  const ordered = linked.length === rows.length ? linked : rows;
  const breaks: string[] = [];
  const moved = rows.find((row, i) => row !== ordered[i]);
  if (moved) {
    breaks.push(
      `“${name}”表的行换过次序：第 ${moved.row} 行处原是现在的第 ${ordered[rows.indexOf(moved)]?.row} 行。各行内容没有改动，以下按原来的次序核对；请把这张表按“时间”升序排好。`,
    );
  }
  let head = chainStart;
  for (const [i, row] of ordered.entries()) {
    const above = ordered[i - 1];
    if (row.text("previousDigest") !== head) {
      breaks.push(
        above === undefined
          ? `“${name}”表第 ${row.row} 行前面的记录被删去或改动过：前序摘要不是链的起点。`
          : `“${name}”表第 ${row.row} 行的前序摘要与上一行（第 ${above.row} 行）不符：其中一行被改动，或其间有行被删去、插入、换过次序。`,
      );
    }
    head = digestRow(row);
  }
  return {
    head,
    breaks,
    rows: ordered.map((row) => ({
      row: row.row,
      time: row.text("time"),
      actor: row.text("actor"),
      action: row.text("action"),
      parameters: row.text("parameters"),
      outcome: row.text("outcome"),
      inputDigest: row.text("inputDigest"),
      previousDigest: row.text("previousDigest"),
    })),
  };
}

/** The rows one after the other as their 前序摘要 say, from the start of the chain as far as they go. */
function followLinks(rows: ReturnType<typeof readLog>["rows"]): ReturnType<typeof readLog>["rows"][number][] {
  const next = new Map(rows.map((row) => [row.text("previousDigest"), row]));
  const linked: ReturnType<typeof readLog>["rows"][number][] = [];
  for (let row = next.get(chainStart); row; row = next.get(digestRow(row))) linked.push(row);
  return linked;
}
