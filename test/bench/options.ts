import type { AwardOptions } from "../generator/award.ts";

/** Words of a text. Ten times the region is measured with short ones; the table of near-duplicates shows what long texts cost at that size. */
export const fullText = 3000;
export const shortText = 300;

/** The whole region: 6,000 submissions with texts and 460 experts at scale 1. */
export function benchOptions(scale: number): AwardOptions {
  return {
    bureaus: 28,
    schools: 20,
    submissionsPerBureau: Math.round(200 * scale),
    submissionsPerSchool: Math.round(20 * scale),
    seed: 1,
    textLength: scale > 1 ? shortText : fullText,
    violations: true,
  };
}
