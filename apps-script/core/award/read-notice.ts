import type { Fault } from "../notice/json-shape.ts";
import type { Notice } from "../notice/notice.ts";
import { noticeShape } from "../notice/notice-shape.ts";
import { findNonsense } from "../schema/notice-sense.ts";

interface NoticeReading {
  /** Undefined when anything is wrong. */
  readonly notice: Notice | undefined;
  /** Everything that is wrong, in Chinese, each with its place and what is expected. */
  readonly faults: readonly string[];
}

/** Line and column of a position, both from 1. */
function lineAndColumn(text: string, position: number): string {
  const lines = text.slice(0, position).split("\n");
  return `第 ${lines.length} 行第 ${(lines[lines.length - 1] ?? "").length + 1} 个字附近`;
}

function explainSyntax(text: string, error: unknown): string {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  const at = position === undefined ? text.length : Number(position);
  const where = at >= text.trimEnd().length ? "写到末尾还没有结束" : `${lineAndColumn(text, at)}写法不对`;
  return `不是完整的 JSON：${where}。请检查引号、逗号、括号是否成对，是否都用半角；最后一项后面不加逗号。`;
}

/**
 * Reads a notice from the text of `notice.json`, which has the shape of `Notice`.
 *
 * @returns the notice, or every fault at once
 */
export function readNotice(text: string): NoticeReading {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return { notice: undefined, faults: [explainSyntax(text.replace(/^\uFEFF/, ""), error)] };
  }
  const faults = judgeNotice(value).map(({ message }) => message);
  return faults.length > 0 ? { notice: undefined, faults } : { notice: value as Notice, faults };
}

/** Everything that is wrong with what is to be a notice; none for a sound one. */
export function judgeNotice(value: unknown): Fault[] {
  const faults: Fault[] = [];
  noticeShape(value, { words: "通知", path: "" }, faults);
  return faults.length > 0 ? faults : findNonsense(value as Notice);
}
