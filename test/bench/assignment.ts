import { spawnSync } from "node:child_process";
import { planAssignment } from "../../apps-script/core/assignment/plan.ts";
import { createDraw } from "../../apps-script/core/assignment/seeded-random.ts";
import { verifyCertificate } from "../../apps-script/core/assignment/verify-certificate.ts";
import { measureGroups, median, shufflePlan } from "../core/assignment/random-plan.ts";
import { makeRegionalProblem, type RegionalOptions } from "../core/assignment/regional-problem.ts";
import { type InstanceName, instances, makeInstance, type SolverAnswer, solvers } from "./assignment-solvers.ts";

const region = { submissions: 6000, units: 48, reviewers: 460, seed: 1 };
const giant = { submissions: 200_000, units: 1400, reviewers: 14_000, seed: 1 };

interface PlanCase {
  readonly label: string;
  readonly options: RegionalOptions;
  /** Of Node. */
  readonly flags?: readonly string[];
  /** Whether chance and the certificate are looked at too: only at the size of a region. */
  readonly compared: boolean;
}

const plans: readonly PlanCase[] = [
  { label: "6,000 × 460，未填擅长领域", options: region, compared: true },
  { label: "6,000 × 460，都填", options: { ...region, stated: 1 }, compared: true },
  { label: "6,000 × 460，八成不可评", options: { ...region, conflicts: 0.8 }, compared: true },
  { label: "6,000 × 100", options: { ...region, units: 33, reviewers: 100 }, compared: true },
  { label: "6,000 × 460，半数评审已定", options: { ...region, locked: 0.5 }, compared: true },
  {
    label: "6,000 × 460，评审上限仅多 5 %",
    options: { ...region, capacity: 1.05, stated: 0.5 },
    compared: true,
  },
  { label: "6,000 × 460，--jitless", options: { ...region, stated: 1 }, flags: ["--jitless"], compared: false },
  { label: "200,000 × 14,000", options: giant, flags: ["--max-old-space-size=12000"], compared: false },
];

interface PlanAnswer {
  readonly seconds: number;
  /** Of all threads: what it takes where other programs share the machine. */
  readonly cpuSeconds: number;
  /** With the problem, before anything is compared. */
  readonly peakMegabytes: number;
  readonly facts: readonly (string | number)[];
}

function runPlan({ options, compared }: PlanCase): PlanAnswer {
  const problem = makeRegionalProblem(options);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const plan = planAssignment(problem);
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  const measured = { seconds, cpuSeconds: (used.user + used.system) / 1e6, peakMegabytes };
  const { cost } = plan;
  const loads = [...plan.loads.values()];
  const missing = plan.unfilled.reduce((sum, u) => sum + u.missing, 0);
  const share = ((100 * cost.oneField) / cost.loaded).toFixed(1);
  const facts = [
    missing,
    `${loads.reduce((a, b) => Math.min(a, b))}～${loads.reduce((a, b) => Math.max(a, b))}`,
    `${cost.fieldMismatch}（≥ ${cost.fieldMismatchFloor}）`,
    `${share} %`,
    `${cost.components} / ${cost.groups}`,
  ];
  if (!compared) return { ...measured, facts: [...facts, `${cost.sharedSd.toFixed(2)}，${cost.sharedMax}`, "", ""] };
  const draw = createDraw(7);
  const chance = Array.from({ length: 20 }, () => measureGroups(problem, shufflePlan(problem, plan, draw)));
  const own = measureGroups(problem, plan.pairs);
  const worse = own.filter(
    ({ sd, max }, i) =>
      sd > median(chance.map((groups) => groups[i]!.sd)) || max > median(chance.map((groups) => groups[i]!.max)),
  );
  const typical = (of: (group: { sd: number; max: number }) => number) =>
    median(chance.map((groups) => groups.reduce((most, group) => Math.max(most, of(group)), 0)));
  const most = (of: (group: { sd: number; max: number }) => number) => Math.max(...own.map(of));
  return {
    ...measured,
    facts: [
      ...facts,
      `${most((g) => g.sd).toFixed(2)}，${most((g) => g.max)}`,
      `${typical((g) => g.sd).toFixed(2)}，${typical((g) => g.max)}（差于随机 ${worse.length} 组）`,
      verifyCertificate(problem, plan, plan.certificate).length === 0 ? "成立" : "不成立",
    ],
  };
}

/** What a process of its own answers: `plan INDEX`, or `SOLVER INSTANCE`. */
export async function runAssignmentTask([task = "", name = ""]: readonly string[]): Promise<PlanAnswer | SolverAnswer> {
  if (task === "plan") return runPlan(plans[Number(name)]!);
  const problem = makeInstance(name as InstanceName);
  const started = performance.now();
  const answer = await solvers[task as keyof typeof solvers](problem);
  return { ...answer, seconds: (performance.now() - started) / 1000 };
}

function ask<T>(words: readonly string[], flags: readonly string[] = []): { value: T; peakMegabytes: number } {
  process.stderr.write(`assignment ${words.join(" ")}\n`);
  const child = spawnSync(process.execPath, [...flags, process.argv[1] ?? "", "task", "assignment", ...words], {
    encoding: "utf8",
  });
  if (child.status !== 0) throw new Error(`assignment ${words.join(" ")} failed: ${child.stderr}`);
  return JSON.parse(child.stdout);
}

/** Markdown tables: our solver beside HiGHS and a greedy one, and whole plans. Every run has a process of its own. */
export function describeAssignment(): string {
  const cell = (value: string | number) =>
    typeof value === "string" || Number.isInteger(value) ? `${value}` : value.toFixed(2);
  const row = (cells: readonly (string | number)[]) => `| ${cells.map(cell).join(" | ")} |`;
  const head = (labels: readonly string[]) => [row(labels), row(labels.map((_, i) => (i === 0 ? "---" : "---:")))];
  const solved = Object.entries(instances).flatMap(([instance, label]) =>
    Object.keys(solvers).map((solver) => {
      const { value, peakMegabytes } = ask<SolverAnswer>([solver, instance]);
      return row([
        label,
        solver,
        value.cost,
        value.unmet ?? "",
        value.underload ?? "",
        value.seconds,
        Math.round(peakMegabytes),
      ]);
    }),
  );
  const planned = plans.map(({ label, flags }, i) => {
    const { seconds, cpuSeconds, peakMegabytes, facts } = ask<PlanAnswer>(["plan", `${i}`], flags).value;
    return row([label, seconds, cpuSeconds, Math.round(peakMegabytes), ...facts]);
  });
  return [
    ...head(["分派，线性代价", "解法", "代价", "缺评审", "低于最少件数", "秒", "峰值 MB（含实例）"]),
    ...solved,
    "",
    ...head([
      "分派，完整方案",
      "秒",
      "CPU 秒",
      "峰值 MB（含实例）",
      "缺评审",
      "件数",
      "领域不符（不论均衡）",
      "只评一个领域",
      "连通块 / 组",
      "共评 SD，最多（最差组）",
      "随机方案中位数",
      "证书",
    ]),
    ...planned,
  ].join("\n");
}
