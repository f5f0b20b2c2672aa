/** Violations of submissions, each planted where nothing else is wrong. */
import { plantForeignRegion, plantInnocent, plantPairs } from "./paired-violations.ts";
import {
  type Change,
  expectFinding,
  first,
  insertInto,
  ofBureau,
  ofDistrict,
  ofSchool,
  type Planting,
} from "./planting.ts";
import { composeSection } from "./prose.ts";
import { addDays, addYears, type DraftSubmission } from "./submissions.ts";

interface Single {
  readonly code: string;
  readonly severity?: "error" | "warning";
  readonly fits?: (s: DraftSubmission) => boolean;
  readonly change: Change;
}

const onlyTeachers = (s: DraftSubmission) => s.field.roles.value.length === 2;
const strictTotal = (s: DraftSubmission) => s.field.totalWordsStrict.value;
const everydayPlace = (s: DraftSubmission) => /^(同心|西夏|贺兰)/.test(s.unit.place);

function typed(code: string, column: string, value: string, fits?: Single["fits"]): Single {
  return { code, ...(fits ? { fits } : {}), change: (s) => s.typed.set(column, value) };
}

const set =
  (values: (s: DraftSubmission, planting: Planting) => Partial<DraftSubmission>): Change =>
  (s, planting) =>
    void Object.assign(s, values(s, planting));

const overTotal: Change = (s, { source }) => {
  const limits = source.notice.text.sections;
  s.text = {
    summary: composeSection(source.random, limits.summary.value),
    innovation: composeSection(source.random, limits.innovation.value),
    process: composeSection(source.random, limits.process.value + 60),
    application: composeSection(source.random, limits.application.value),
  };
};

const overSection =
  (section: keyof DraftSubmission["text"], by: number): Change =>
  (s, { source, allowed }) => {
    s.text[section] = composeSection(source.random, source.notice.text.sections[section].value + by);
    // The other sections may stand on their limits.
    allowed.push({ code: "TEXT-TOTAL", id: s.id });
  };

const withName =
  (length: 2 | 3, change: Change): Change =>
  (s, planting) => {
    s.authors[0] = { ...first(s), name: planting.source.people.name(length) };
    change(s, planting);
  };

const singles: readonly Single[] = [
  typed("SUB-REQUIRED", "title", ""),
  typed("SUB-REQUIRED", "stage", ""),
  typed("SUB-REQUIRED", "track", "", ofBureau),
  typed("SUB-REQUIRED", "author1.account", ""),
  typed("SUB-REQUIRED", "submittedOn", ""),
  typed("SUB-VALUE", "field", "数字素养提升"),
  typed("SUB-VALUE", "stage", "幼儿园"),
  typed("SUB-VALUE", "firstScore", "104"),
  typed("SUB-VALUE", "submittedOn", "九月中旬"),
  typed("SUB-VALUE", "duration", "约一刻钟"),
  typed("SUB-NOMINATOR", "nominator", "云岭县教育局", ofBureau),
  { code: "SUB-TRACK", severity: "warning", fits: ofSchool, change: (s) => s.typed.set("track", "城市") },
  {
    code: "SUB-ELIGIBILITY",
    fits: onlyTeachers,
    change: (s) => {
      s.authors[0] = { ...first(s), role: "教育行政部门工作人员" };
    },
  },
  {
    code: "SUB-WINDOW",
    change: (s, { source }) => {
      s.submittedOn = addDays(source.notice.windows.submission.value.from, -1);
      s.recordedOn = addDays(s.submittedOn, -40);
    },
  },
  {
    code: "SUB-WINDOW",
    change: (s, { source }) => {
      s.submittedOn = addDays(source.notice.windows.submission.value.to, 1);
      s.recordedOn = addDays(s.submittedOn, -40);
    },
  },
  typed("SUB-KEYWORDS", "keywords", "智能批改、智能批改、知识图谱"),
  typed("SUB-KEYWORDS", "keywords", "智能批改；知识图谱；双师课堂；分层任务；过程记录；循证教研"),
  { code: "SUB-PRIOR-AWARD", change: set(() => ({ priorAward: "是" })) },
  { code: "TEXT-SECTION", change: overSection("summary", 1) },
  { code: "TEXT-SECTION", change: overSection("innovation", 37) },
  { code: "TEXT-SECTION", change: overSection("process", 1) },
  { code: "TEXT-SECTION", change: overSection("application", 120) },
  {
    code: "TEXT-MISSING",
    severity: "warning",
    change: set(() => ({ text: { summary: "", innovation: "", process: "", application: "" } })),
  },
  { code: "VIDEO-MISSING", change: set(() => ({ videoFile: "" })) },
  { code: "VIDEO-FORMAT", change: set((s) => ({ videoFile: s.videoFile.replace(/mp4$/i, "mov") })) },
  { code: "VIDEO-RESOLUTION", change: set(() => ({ resolution: [1024, 576] })) },
  { code: "VIDEO-RESOLUTION", change: set(() => ({ resolution: [720, 1280] })) },
  {
    code: "VIDEO-DURATION",
    change: set((_, { source }) => ({ seconds: source.notice.video.minutes.value.min * 60 - 1 })),
  },
  {
    code: "VIDEO-DURATION",
    change: set((_, { source }) => ({ seconds: source.notice.video.minutes.value.max * 60 + 1 })),
  },
  { code: "VIDEO-RECENCY", change: set((s) => ({ recordedOn: addDays(addYears(s.submittedOn, -1), -1) })) },
  { code: "VIDEO-RECENCY", change: set((s) => ({ recordedOn: addDays(s.submittedOn, 1) })) },
  { code: "VIDEO-SUBTITLES", change: set(() => ({ subtitles: "无" })) },
  { code: "VIDEO-TITLE-CARD", change: set(() => ({ titleCard: "无" })) },
  { code: "VIDEO-BRAND", change: set(() => ({ brand: "有" })) },
  { ...typed("VIDEO-UNKNOWN", "resolution", ""), severity: "warning" },
  {
    code: "ANON-NAME",
    severity: "error",
    change: withName(
      3,
      insertInto("process", (s) => `本轮由${first(s).name}主持。`),
    ),
  },
  {
    code: "ANON-NAME",
    severity: "error",
    change: withName(
      3,
      insertInto("application", (s) => `材料由${[...first(s).name].join(" ")}整理。`),
    ),
  },
  {
    code: "ANON-NAME",
    severity: "error",
    change: withName(
      3,
      insertInto("summary", (s) => `课例由${[...first(s).name].join("\u200b")}执教。`),
    ),
  },
  {
    code: "ANON-NAME",
    severity: "warning",
    change: withName(
      2,
      insertInto("process", (s) => `其中${first(s).name}的做法较好。`),
    ),
  },
  {
    code: "ANON-NAME",
    severity: "error",
    change: withName(
      2,
      insertInto("process", (s) => `${first(s).name}老师负责统计。`),
    ),
  },
  {
    code: "ANON-NAME",
    severity: "error",
    change: withName(
      2,
      set((s) => ({ videoFile: `${first(s).name}课例.mp4` })),
    ),
  },
  {
    code: "ANON-NAME",
    severity: "error",
    change: withName(
      3,
      set((s) => ({ materials: [...s.materials, `${first(s).name}教学反思`] })),
    ),
  },
  { code: "ANON-UNIT", fits: ofBureau, change: insertInto("application", (s) => `已在${first(s).unit}全面使用。`) },
  {
    code: "ANON-UNIT",
    fits: ofSchool,
    change: insertInto("summary", (s) => `${s.unit.aliases[0] ?? s.unit.name}率先试用。`),
  },
  {
    code: "ANON-REGION",
    severity: "error",
    fits: ofDistrict,
    change: insertInto("process", (s) => `${s.unit.place}各校参与。`),
  },
  {
    code: "ANON-REGION",
    severity: "error",
    fits: ofDistrict,
    change: insertInto("application", (s) => `推广到${s.unit.parent}。`),
  },
  {
    code: "ANON-REGION",
    severity: "warning",
    fits: everydayPlace,
    change: insertInto("application", (s) => `师生${s.unit.aliases[1]}一堂。`),
  },
  {
    code: "AUTHOR-COUNT",
    change: (s, { source, allowed }) => {
      while (s.authors.length < source.notice.limits.authors.value)
        s.authors.push({ ...source.people.create(s.unit, s.stage), role: "教师" });
      s.otherAuthors = [source.people.name(3)];
      allowed.push({ code: "AUTHOR-IDENTITY", id: s.id });
    },
  },
  { code: "AUTHOR-REPEATED", change: set((s) => ({ authors: [first(s), { ...first(s) }] })) },
  {
    code: "AUTHOR-IDENTITY",
    severity: "warning",
    change: set((s, { source }) => ({
      authors: [first(s), { ...source.people.create(s.unit, s.stage), account: "", role: "教师" }],
    })),
  },
  { code: "DATA-PRECISION", change: set((s) => ({ authors: [{ ...first(s), account: "6.40122E+17" }] })) },
  { code: "DATA-PRECISION", change: set((s) => ({ authors: [{ ...first(s), account: "640122198800000000" }] })) },
  { ...typed("DATA-FORMULA", "materials", '=HYPERLINK("http://example.invalid","查看")'), severity: "warning" },
];

function plantCancelled(planting: Planting): void {
  for (const { label } of planting.source.notice.cancellation.kinds.slice(1)) {
    const s = planting.take();
    if (!s) return;
    Object.assign(s, { status: "取消资格", statusKind: label, statusReason: `经查证属实（${label}）`, dirty: true });
  }
}

/** Plants every kind once, and again for each further `per` submissions. */
export function plantViolations(planting: Planting, rounds: number): void {
  for (let round = 0; round < rounds; round++) {
    for (const single of singles) {
      const victim = planting.take(single.fits);
      if (!victim) continue;
      single.change(victim, planting);
      expectFinding(planting, single.code, [victim], single.severity);
    }
    for (const [fits, severity] of [
      [strictTotal, "error"],
      [(s: DraftSubmission) => !strictTotal(s), "warning"],
    ] as const) {
      const victim = planting.take(fits);
      if (!victim) continue;
      overTotal(victim, planting);
      expectFinding(planting, "TEXT-TOTAL", [victim], severity);
      expectFinding(planting, "TEXT-SECTION", [victim]);
    }
    plantPairs(planting);
    plantForeignRegion(planting);
    plantInnocent(planting);
  }
  plantCancelled(planting);
}
