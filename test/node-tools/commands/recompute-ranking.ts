/** A ranking computed naively from the sheets as they stand, sharing no code with the program. */

type Row = Record<string, string>;

const rubric = {
  创新性: ["理念创新", "模式创新", "应用创新"],
  实效性: ["问题针对性", "效果量化"],
  推广价值: ["典型性", "可复制性"],
  规范性: ["材料完整性", "格式合规性"],
};
const fieldOrder = ["教学革新", "教研创新", "教育治理升级", "评价改革"];
const trackOrder = ["城市", "乡村"];

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const mean = (numbers: readonly number[]) => sum(numbers) / numbers.length;
/** Scores are multiples of a half: means of few of them differ by far more than this. */
const near = (a: number, b: number) => Math.abs(a - b) < 1e-9;

export function recomputeRanking(given: {
  submissions: readonly Row[];
  units: readonly Row[];
  reviewed: readonly Row[];
  scores: readonly Row[];
  /** Of 分派: which score was given in 复评. */
  pairs: readonly Row[];
  reviews: number;
  range: number;
  share: number;
}) {
  const idOf = new Map(given.reviewed.map((row) => [row.评审编号, row.案例编号]));
  const cards = new Map<string, Row[]>();
  for (const row of given.scores) {
    const id = idOf.get(row.评审编号) ?? "";
    cards.set(id, [...(cards.get(id) ?? []), row]);
  }
  const second = new Set(given.pairs.filter((p) => p.轮次 === "复评").map((p) => `${p.评审编号} ${p.专家编号}`));
  const median = (numbers: readonly number[]) => {
    const sorted = [...numbers].sort((a, b) => a - b);
    return mean([sorted[Math.ceil(sorted.length / 2) - 1] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0]);
  };
  const total = (row: Row, items: readonly string[]) => sum(items.map((item) => Number(row[item])));
  const entries = [...cards].map(([id, rows]) => {
    const totals = rows.map((row) => total(row, Object.values(rubric).flat()));
    const arbitrated = rows.some((row) => second.has(`${row.评审编号} ${row.专家编号}`));
    const submission = given.submissions.find((s) => s.案例编号 === id);
    return {
      id,
      field: (submission?.领域 ?? "").replace("数字化赋能", ""),
      track: submission?.赛道 === "乡村" ? "乡村" : "城市",
      arbitrated,
      score: arbitrated ? median(totals) : mean(totals),
      range: Math.max(...totals) - Math.min(...totals),
      ties: [rubric.实效性, rubric.创新性, rubric.推广价值].map((items) => mean(rows.map((row) => total(row, items)))),
    };
  });
  const better = (a: (typeof entries)[number], b: (typeof entries)[number]) => {
    const pairs = [[a.score, b.score], ...a.ties.map((value, i) => [value, b.ties[i] ?? 0]), [-a.range, -b.range]];
    for (const [x, y] of pairs) if (!near(x ?? 0, y ?? 0)) return (y ?? 0) - (x ?? 0);
    return 0;
  };
  const groups: object[] = [];
  for (const field of fieldOrder) {
    for (const track of trackOrder) {
      const group = entries.filter((e) => e.field === field && e.track === track);
      if (group.length === 0) continue;
      group.sort((a, b) => better(a, b) || (a.id < b.id ? -1 : 1));
      const places = Math.floor(group.length * given.share + 0.5);
      const ranking = group.map((entry) => {
        const rank = 1 + group.filter((other) => better(other, entry) < 0).length;
        const tied = group.filter((other) => better(other, entry) === 0).length;
        return { id: entry.id, score: entry.score, rank, award: rank + tied - 1 <= places ? "优秀案例" : "" };
      });
      groups.push({ field, track, ranking });
    }
  }
  const arbitration = entries
    .filter((e) => e.range > given.range && !e.arbitrated)
    .map(({ id, range }) => ({ id, range }));
  arbitration.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { groups, arbitration };
}
