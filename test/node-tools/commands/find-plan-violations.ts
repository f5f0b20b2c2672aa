/** Checks a plan against DESIGN §5 from the sheets as they stand, sharing no code with the program. */

type Row = Record<string, string>;

interface Reviewer {
  readonly id: string;
  readonly account: string;
  readonly nominator: string;
}

const digits = "零一二三四五六七八九十";
const numberOf = (text: string) =>
  /^\d+$/.test(text)
    ? Number(text)
    : [...text].reduce((sum, c) => (c === "十" ? (sum || 1) * 10 : sum + digits.indexOf(c)), 0);

/** 银川市兴庆区第三小学（东校区） and 兴庆三小 → 兴庆|3|小; undefined for a name of another build. */
export function numberedSchool(name: string): string | undefined {
  const plain = name.normalize("NFKC").replace(/\(.*$|[东西南北]?校区.*$|分校.*$/g, "");
  const built =
    /^(?:银川市?|吴忠市?|中卫市?|固原市?|石嘴山市?)?(.*?)第?([\d零一二三四五六七八九十]+)(小|初|高|中)/.exec(plain);
  const place = built?.[1]?.replace(/[市县区]$/, "") ?? "";
  return place === "" ? undefined : `${place}|${numberOf(built![2]!)}|${built![3]}`;
}

/** The names in a row, however many stand in a cell, without what stands in brackets. */
function namesOf(row: Row): string[] {
  const cells = [row.第一作者, row.作者2, row.作者3, row.作者4, row.作者5, row.其他作者];
  return cells.flatMap((cell) =>
    (cell ?? "")
      .normalize("NFKC")
      .replace(/\([^)]*\)?/g, "")
      .split(/[、,;/\n]/)
      .map((name) => name.replace(/\s/g, ""))
      .filter((name) => name !== ""),
  );
}

const stemOf = (unit: string) => unit.replace(/[市县区]?(?:教育.*局|教体局)?$/, "");

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
  const byCode = new Map(given.units.map((u) => [u.单位代码 ?? "", u]));
  const isAbove = (upper: string | undefined, lower: string | undefined) => {
    const unit = given.units.find((u) => u.单位名称 === lower);
    if (!unit || !upper || upper === lower) return false;
    const named = (unit.上级单位 ?? "") !== "" && stemOf(unit.上级单位!) === stemOf(upper);
    return named || byCode.get(`${(unit.单位代码 ?? "").slice(0, 4)}00`)?.单位名称 === upper;
  };
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
    if (isAbove(row.推荐单位, expert.推荐单位) || isAbove(expert.推荐单位, row.推荐单位)) say("superior unit");
    if (!(expert.不回避 ?? "").split("、").includes(id)) {
      if (namesOf(row).includes((expert.专家姓名 ?? "").normalize("NFKC"))) say("name of an author");
      const school = numberedSchool(expert.单位 ?? "");
      if (school !== undefined && authorsOf(row).some((a) => numberedSchool(a.unit ?? "") === school))
        say("school of an author");
    }
    if (authorsOf(row).some((a) => a.unit === expert.单位)) say("unit of an author");
    if (authorsOf(row).some((a) => a.account === expert.教育云账号)) say("author");
    if ((ownGroups.get(expert.教育云账号 ?? "") ?? new Set()).has(group(row))) say("author in the same ranking group");
    const declarable = [row.推荐单位, id, ...authorsOf(row).map((a) => a.unit), ...namesOf(row)];
    if ((expert.回避声明 ?? "").split("、").some((entry) => entry !== "" && declarable.includes(entry)))
      say("declared");
    const nominators = nominatorsOf.get(id) ?? new Set();
    if (nominators.has(expert.推荐单位 ?? "")) say("two experts of one unit");
    nominatorsOf.set(id, nominators.add(expert.推荐单位 ?? ""));
  }
  return violations;
}
