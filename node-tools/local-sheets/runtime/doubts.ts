/**
 * What Google does not promise. Each is a switch, and the scripts must be right under either setting; the suites of the
 * scripts run with both `cautious`, the default, and `hopeful`. docs/local-sheets.md names the source of each.
 */
export interface Doubts {
  /** A document lock outlives Ui.alert and Ui.prompt. */
  readonly locksOutliveQuestions: boolean;
  /** A trigger of the clock that a time trigger made ever fires. */
  readonly triggersOfTriggersFire: boolean;
  /** The language of errors of services. */
  readonly language: "en" | "zh";
  /** A file can be shared with an address that has no Google account. */
  readonly anyAddressIsShared: boolean;
  /** Developer metadata that is added without a visibility is seen by other script projects too. */
  readonly plainMetadataIsShared: boolean;
  /** What is used of a daily limit comes back at midnight; else 24 hours after the first use. */
  readonly limitsEndAtMidnight: boolean;
  /** The protections of sheets in a copy: gone, there for whoever may edit the copy, or closed to all but who copied. */
  readonly copiedProtections: "lost" | "open" | "kept";
}

/** What may go wrong does. */
export const cautious: Doubts = {
  locksOutliveQuestions: false,
  triggersOfTriggersFire: false,
  language: "zh",
  anyAddressIsShared: false,
  plainMetadataIsShared: false,
  limitsEndAtMidnight: false,
  copiedProtections: "open",
};

export const hopeful: Doubts = {
  locksOutliveQuestions: true,
  triggersOfTriggersFire: true,
  language: "en",
  anyAddressIsShared: true,
  plainMetadataIsShared: true,
  limitsEndAtMidnight: true,
  copiedProtections: "kept",
};
