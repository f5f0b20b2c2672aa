import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ImportInput } from "../../../apps-script/core/import/plan-import.ts";
import { readInputTables } from "../../../node-tools/inputs/read-input.ts";

const folder = fileURLToPath(new URL("../../fixtures/samples/", import.meta.url));

interface Expected {
  readonly code: string;
  readonly id?: string;
  readonly nominator?: string;
  readonly stage?: string;
  readonly severity?: string;
}

export interface SampleAnswers {
  readonly submissions: number;
  readonly units: number;
  readonly experts: number;
  readonly liaisons: number;
  readonly recommended: number;
  readonly expected: readonly Expected[];
}

export const sampleAnswers = JSON.parse(readFileSync(`${folder}inputs.answers.json`, "utf8")) as SampleAnswers;

export function readSampleInputs(): Promise<ImportInput[]> {
  const files = readdirSync(`${folder}inputs`).sort();
  return Promise.all(files.map((file) => readInputTables(`${folder}inputs/${file}`)));
}
