/** Whatever call of the disk fails: the folder of a case is there whole or not at all, and the next run makes the rest. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Submission } from "../../../apps-script/core/award/award.ts";
import type { LeftOut } from "../../../apps-script/core/evidence/left-out.ts";
import { readFileFacts } from "../../../node-tools/documents/file-facts.ts";
import { InputError } from "../../../node-tools/errors.ts";
import { nodeMaterials } from "../../../node-tools/host/node-materials.ts";
import type { ReaderEvents } from "../../../node-tools/host/port.ts";
import type { CaseWork } from "../../../node-tools/materials/make-folder.ts";
import { makeFolders } from "../../../node-tools/materials/make-folders.ts";
import { sampled } from "../../sweep.ts";
import { temporaryFolder } from "../run-casebook.ts";
import { fixture } from "./review-award.ts";

const original = { ...nodeMaterials };
const materials = nodeMaterials as { -readonly [Name in keyof typeof nodeMaterials]: (typeof nodeMaterials)[Name] };

/** Reads in this thread. */
const withReader = () =>
  Object.assign(materials, {
    readerVersion: () => "1",
    startReader: ({ answered }: ReaderEvents) => ({
      read: (path: string) => void readFileFacts(path).then(answered),
      end: async () => {},
    }),
  });

afterEach(() => {
  Object.assign(materials, original);
});

const calls = [
  "readdir",
  "lstat",
  "open",
  "write",
  "ensureFolder",
  "rename",
  "makeFolder",
  "removeFolder",
  "roomIn",
] as const;

/** Makes the n-th call fail. @returns how many there were */
function failAt(n: number, code: string): () => number {
  let count = 0;
  for (const name of calls) {
    const real = original[name] as (...words: unknown[]) => unknown;
    Object.assign(materials, {
      [name]: async (...words: unknown[]) => {
        count += 1;
        if (count === n) throw Object.assign(new Error(code), { code });
        return real(...words);
      },
    });
  }
  return () => count;
}

const nobody = { names: [], units: [], regions: [], accounts: [], phones: [] };

function work(reviewId: string, names: readonly string[]): CaseWork {
  const submission = { id: reviewId, record: { row: 2, raw: () => null, text: () => "" } } as unknown as Submission;
  return {
    reviewId,
    submission,
    applicants: nobody,
    kept: new Set(),
    sources: names.map((name) => ({ path: fixture(name), name, ownName: name, size: 1, modified: 1, submission })),
  };
}

const cases = [work("P1", ["clean/photo.png", "clean/words.txt"]), work("P2", ["clean/names.zip", "clean/photo.gif"])];
const make = (out: string) => makeFolders(out, cases, async () => {});
const contents = (out: string) =>
  Object.fromEntries(
    cases.map(({ reviewId }) => {
      const folder = join(out, reviewId);
      if (!existsSync(folder)) return [reviewId, undefined];
      return [reviewId, readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "base64")])];
    }),
  );

function newFolder(): string {
  const out = join(temporaryFolder(), "匿名材料");
  mkdirSync(out);
  return out;
}

test.for(["ENOSPC", "EACCES", "EIO"])("%s at any call of the disk", async (code) => {
  withReader();
  const undisturbed = newFolder();
  const count = failAt(0, code);
  await make(undisturbed);
  const whole = contents(undisturbed);
  expect(Object.values(whole).map((files) => files?.length)).toEqual([2, 2]);
  const all = count();
  let failed = 0;
  for (const n of sampled(Array.from({ length: all }, (_, i) => i + 1))) {
    const out = newFolder();
    failAt(n, code);
    const told = await make(out).then(
      ({ folders }): readonly LeftOut[] => folders.flatMap(({ leftOut }) => leftOut),
      (error: Error) => error,
    );
    Object.assign(materials, original);
    withReader();
    if (told instanceof Error) {
      expect(told).toBeInstanceOf(InputError);
      failed += 1;
      for (const [reviewId, files] of Object.entries(contents(out)))
        expect([undefined, whole[reviewId]]).toContainEqual(files);
    } else {
      // A file that could not be read is left out and told, or nobody has noticed.
      const missing = cases.filter(({ reviewId }) => contents(out)[reviewId]?.length !== 2);
      expect(told.map(({ reviewId }) => reviewId).sort()).toEqual(
        expect.arrayContaining(missing.map(({ reviewId }) => reviewId)),
      );
    }
    await make(out);
    expect(contents(out)).toEqual(whole);
    expect(existsSync(join(out, ".未完成"))).toBe(false);
  }
  expect(failed).toBeGreaterThan(0);
});
