import { collecting } from "../collect-scores.ts";
import { makingScoreSheets } from "../make-score-sheets.ts";
import { reminding } from "../remind-reviewers.ts";
import type { JobKind } from "./job-host.ts";

export const jobKinds: readonly JobKind[] = [makingScoreSheets, reminding, collecting];
