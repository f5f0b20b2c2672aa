/** Submissions that are all in order, with values on the limits among them. */
import type { Field, Notice } from "../../apps-script/core/notice/notice.ts";
import type { PeopleSource, Person } from "./people.ts";
import type { GeneratedUnit } from "./places.ts";
import { composeSection, keywordPool, makeTitle, materialPool } from "./prose.ts";
import type { Random } from "./random.ts";

export interface DraftAuthor extends Person {
  readonly role: string;
}

interface DraftText {
  summary: string;
  innovation: string;
  process: string;
  application: string;
}

/** A submission before it is spelled out in a file. Dates are `YYYY-MM-DD`. */
export interface DraftSubmission {
  id: string;
  title: string;
  readonly unit: GeneratedUnit;
  field: Field;
  track: string;
  stage: string;
  keywords: string[];
  authors: DraftAuthor[];
  otherAuthors: string[];
  phone: string;
  submittedOn: string;
  text: DraftText;
  videoFile: string;
  resolution: [number, number];
  seconds: number;
  recordedOn: string;
  subtitles: string;
  titleCard: string;
  brand: string;
  materials: string[];
  link: string;
  priorAward: string;
  firstScore: number;
  recommended: boolean;
  recommendedOn: string;
  status: string;
  statusKind: string;
  statusReason: string;
  /** Cells typed exactly so, by column. */
  readonly typed: Map<string, string>;
  /** Bears a planted violation, so that no other is planted here. */
  taken: boolean;
  /** Bears an error: not recommended unless that is the violation. */
  dirty: boolean;
}

export function addDays(iso: string, days: number): string {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function addYears(iso: string, years: number): string {
  return `${Number(iso.slice(0, 4)) + years}${iso.slice(4)}`;
}

const fieldLetters = "JYZP";

/** How a bureau's or school's submissions spread over fields and tracks. */
export interface Slot {
  readonly field: number;
  readonly rural: boolean;
}

export function makeSlots(count: number, crowd?: { readonly slot: Slot; readonly size: number }): Slot[] {
  const crowded = Array.from({ length: Math.min(count, crowd?.size ?? 0) }, () => crowd?.slot as Slot);
  // Ten of a field's submissions: seven urban, three rural, as 35 to 15.
  const rest = Array.from({ length: count - crowded.length }, (_, i) => ({
    field: i % 4,
    rural: Math.floor(i / 4) % 10 >= 7,
  }));
  return [...crowded, ...rest];
}

export interface SubmissionSource {
  readonly random: Random;
  readonly people: PeopleSource;
  readonly notice: Notice;
  readonly textLength: number;
  readonly titles: Set<string>;
}

function makeFreshTitle(source: SubmissionSource): string {
  for (;;) {
    const title = makeTitle(source.random);
    if (source.titles.has(title)) continue;
    source.titles.add(title);
    return title;
  }
}

/** The four sections in the proportions of their limits; 1 in 40 stands exactly on every limit. */
function makeText(source: SubmissionSource): DraftText {
  const { random, notice, textLength } = source;
  const limits = notice.text.sections;
  const share = random.chance(1 / 40)
    ? 1
    : Math.min(1, (textLength / notice.text.total.value) * (0.85 + random.below(30) / 100));
  const section = (limit: number) => composeSection(random, Math.max(8, Math.floor(limit * share)));
  return {
    summary: section(limits.summary.value),
    innovation: section(limits.innovation.value),
    process: section(limits.process.value),
    application: section(limits.application.value),
  };
}

function makeAuthors(source: SubmissionSource, unit: GeneratedUnit, field: Field, stage: string): DraftAuthor[] {
  const { random, people, notice } = source;
  const count = random.chance(0.08) ? notice.limits.authors.value : random.between(1, 3);
  return Array.from({ length: count }, (): DraftAuthor => {
    const role = random.chance(0.6) ? "教师" : random.pick(field.roles.value);
    const fromOffice = role.startsWith("教育行政") && unit.kind === "bureau";
    return { ...(fromOffice ? people.createOfficial(unit) : people.create(unit, stage)), role };
  });
}

export function makeSubmission(
  source: SubmissionSource,
  unit: GeneratedUnit,
  slot: Slot,
  serial: number,
): DraftSubmission {
  const { random, notice, people } = source;
  const field = notice.fields[slot.field] as Field;
  const stage = random.chance(0.04) ? notice.otherStage : random.pick(notice.stages);
  const { from, to } = notice.windows.submission.value;
  const onEdge = random.chance(0.05);
  const submittedOn = onEdge ? random.pick([from, to]) : addDays(from, random.between(1, 90));
  const year = notice.video.recencyYears.value;
  const recordedOn = random.chance(0.05) ? addYears(submittedOn, -year) : addDays(submittedOn, -random.between(5, 300));
  const { min, max } = notice.video.minutes.value;
  const { width, height } = notice.video.resolution.value;
  const letter = unit.kind === "school" ? "Z" : slot.rural ? "X" : "C";
  const tracks = { urban: notice.tracks[0]?.label ?? "", rural: notice.tracks[1]?.label ?? "" };
  return {
    id: `N25${fieldLetters[slot.field]}${unit.code}${letter}${String(serial).padStart(3, "0")}`,
    title: makeFreshTitle(source),
    unit,
    field,
    track: unit.kind === "school" ? "" : slot.rural ? tracks.rural : tracks.urban,
    stage,
    keywords: random
      .shuffle(keywordPool)
      .slice(0, random.between(notice.keywords.value.min, notice.keywords.value.max)),
    authors: makeAuthors(source, unit, field, stage),
    otherAuthors: [],
    phone: people.phone(),
    submittedOn,
    text: makeText(source),
    videoFile: `clip${random.between(10000, 99999)}.${random.chance(0.1) ? "MP4" : "mp4"}`,
    resolution: random.chance(0.15)
      ? [width, height]
      : random.pick([
          [1920, 1080],
          [3840, 2160],
          [1920, 1200],
        ] as [number, number][]),
    seconds: random.chance(0.08) ? random.pick([min, max]) * 60 : random.between(min * 60 + 5, max * 60 - 5),
    recordedOn,
    subtitles: "有",
    titleCard: "有",
    brand: "无",
    materials: random.shuffle(materialPool).slice(0, random.below(4)),
    link: random.chance(0.3) ? `https://pan.example.invalid/${random.between(100000, 999999)}` : "",
    priorAward: "否",
    firstScore: random.between(120, 194) / 2,
    recommended: false,
    recommendedOn: "",
    status: "有效",
    statusKind: "",
    statusReason: "",
    typed: new Map(),
    taken: false,
    dirty: false,
  };
}
