/** Holds a plan against DESIGN §5, from the cells alone: it shares no code with the assignment. */
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { rowsOf } from "../review-fixture.ts";

interface Plan {
  readonly reviews: number;
  readonly pairs: readonly { readonly submission: string; readonly expert: string }[];
  readonly unfilled: readonly { readonly submission: string; readonly missing: number }[];
}

const cell = (row: Record<string, unknown> | undefined, label: string) => String(row?.[label] ?? "");
const list = (text: string) => text.split("、").filter((entry) => entry !== "");

/** Every breach of a hard constraint, told in words. */
export function breaches(award: WorkbookSnapshot, review: WorkbookSnapshot, plan: Plan): string[] {
  const found: string[] = [];
  const submissions = new Map(rowsOf(award, "案例").map((row) => [cell(row, "案例编号"), row]));
  const units = new Map(rowsOf(award, "单位").map((row) => [cell(row, "单位名称"), row]));
  const experts = new Map(rowsOf(review, "评审专家").map((row) => [cell(row, "专家编号"), row]));
  const superior = (unit: string) => {
    const parent = cell(units.get(unit), "上级单位");
    return [...units.values()].find((u) => parent !== "" && list(cell(u, "别名")).includes(parent))?.单位名称;
  };
  const authors = (row: Record<string, unknown> | undefined) =>
    ["第一作者", "作者2", "作者3", "作者4", "作者5"].map((slot) => ({
      account: cell(row, `${slot}教育云账号`),
      unit: cell(row, `${slot}单位`),
    }));
  const groupOf = (row: Record<string, unknown> | undefined) => `${cell(row, "领域")}/${cell(row, "赛道") || "城市"}`;
  const groupsOfAccount = (account: string) =>
    new Set(
      [...submissions.values()]
        .filter(
          (row) => cell(row, "推荐") === "是" && authors(row).some((a) => a.account !== "" && a.account === account),
        )
        .map(groupOf),
    );

  const panels = new Map<string, string[]>();
  for (const { submission: id, expert: number } of plan.pairs) {
    const submission = submissions.get(id);
    const expert = experts.get(number);
    const say = (what: string) => found.push(`${id} ${number}: ${what}`);
    const from = cell(expert, "推荐单位");
    const by = cell(submission, "推荐单位");
    const stage = cell(expert, "学段");
    const anyStage =
      cell(submission, "学段") === "其他" || (stage === "" && cell(units.get(from), "类别") === "厅直属学校");
    if (!submission || !expert) say("unknown");
    if (cell(submission, "推荐") !== "是" || cell(submission, "状态") === "取消资格") say("not in the review");
    if (!anyStage && stage !== cell(submission, "学段")) say("stage");
    if (from === by) say("nominating unit");
    if (superior(from) === by || superior(by) === from) say("superior or subordinate");
    if (authors(submission).some((a) => a.unit !== "" && a.unit === cell(expert, "单位"))) say("own unit");
    const account = cell(expert, "教育云账号");
    if (authors(submission).some((a) => a.account !== "" && a.account === account)) say("author");
    if (groupsOfAccount(account).has(groupOf(submission))) say("author in the same group");
    const declared = list(cell(expert, "回避声明"));
    const names = [by, ...list(cell(units.get(by), "别名")), id, ...authors(submission).map((a) => a.unit)];
    if (declared.some((entry) => names.includes(entry))) say("declared");
    panels.set(id, [...(panels.get(id) ?? []), number]);
  }

  for (const [id, panel] of panels) {
    if (new Set(panel).size < panel.length) found.push(`${id}: an expert twice`);
    if (new Set(panel.map((e) => cell(experts.get(e), "推荐单位"))).size < panel.length)
      found.push(`${id}: two experts of one unit`);
  }
  for (const [id, row] of submissions) {
    if (cell(row, "推荐") !== "是" || cell(row, "状态") === "取消资格") continue;
    const missing = plan.unfilled.find((u) => u.submission === id)?.missing ?? 0;
    if ((panels.get(id)?.length ?? 0) + missing < plan.reviews) found.push(`${id}: short without a reason`);
  }
  for (const [number, expert] of experts) {
    const load = plan.pairs.filter((pair) => pair.expert === number).length;
    const capacity = cell(expert, "评审上限");
    if (capacity !== "" && load > Number(capacity)) found.push(`${number}: over capacity`);
  }
  return found;
}
