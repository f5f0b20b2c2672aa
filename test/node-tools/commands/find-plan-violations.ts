/** Checks a plan against DESIGN §5 from the sheets as they stand, sharing no code with the program. */

type Row = Record<string, string>;

interface Reviewer {
  readonly id: string;
  readonly account: string;
  readonly nominator: string;
}

export function findPlanViolations(given: {
  submissions: readonly Row[];
  experts: readonly Row[];
  units: readonly Row[];
  reviewers: readonly Reviewer[];
  pairs: readonly { submission: string; expert: string }[];
}): string[] {
  const violations: string[] = [];
  const seen = new Set<string>();
  const nominatorsOf = new Map<string, Set<string>>();
  const authorsOf = (row: Row) =>
    [
      { account: row.第一作者教育云账号, unit: row.第一作者单位 },
      ...[2, 3, 4, 5].map((n) => ({ account: row[`作者${n}教育云账号`], unit: row[`作者${n}单位`] })),
    ].filter((a) => a.account || a.unit);
  const group = (row: Row) => `${row.领域}|${row.赛道 === "乡村" ? "乡村" : "城市"}`;
  const parent = new Map(given.units.map((u) => [u.单位名称, u.上级单位]));
  const ownGroups = new Map<string, Set<string>>();
  for (const row of given.submissions) {
    if (row.推荐 !== "是") continue;
    for (const author of authorsOf(row)) {
      if (author.account) ownGroups.set(author.account, (ownGroups.get(author.account) ?? new Set()).add(group(row)));
    }
  }
  for (const { submission: id, expert: number } of given.pairs) {
    const say = (what: string) => violations.push(`${id} × ${number}: ${what}`);
    const rows = given.submissions.filter((s) => s.案例编号 === id);
    const reviewer = given.reviewers.find((r) => r.id === number);
    const expert = given.experts.find((e) => e.教育云账号 === reviewer?.account && e.推荐单位 === reviewer?.nominator);
    const row = rows[0];
    if (rows.length !== 1 || !row || !expert || !reviewer) {
      say("unknown submission or expert");
      continue;
    }
    if (seen.has(`${id}|${number}`)) say("twice");
    seen.add(`${id}|${number}`);
    if (row.推荐 !== "是" || row.状态 !== "有效") say("not recommended or not valid");
    if (expert.状态 === "退出") say("withdrawn");
    if (row.学段 !== "其他" && expert.学段 !== "" && row.学段 !== expert.学段) say("stage");
    if (row.推荐单位 === expert.推荐单位) say("own nominating unit");
    if (parent.get(row.推荐单位) === expert.推荐单位 || parent.get(expert.推荐单位) === row.推荐单位)
      say("superior unit");
    if (authorsOf(row).some((a) => a.unit === expert.单位)) say("unit of an author");
    if (authorsOf(row).some((a) => a.account === expert.教育云账号)) say("author");
    if ((ownGroups.get(expert.教育云账号 ?? "") ?? new Set()).has(group(row))) say("author in the same ranking group");
    if ((expert.回避声明 ?? "").split("、").some((entry) => entry !== "" && (entry === row.推荐单位 || entry === id)))
      say("declared");
    const nominators = nominatorsOf.get(id) ?? new Set();
    if (nominators.has(expert.推荐单位 ?? "")) say("two experts of one unit");
    nominatorsOf.set(id, nominators.add(expert.推荐单位 ?? ""));
  }
  return violations;
}
