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
  /** Accounts with the owner's domain in their address are one Workspace domain, which every new protection lets in. */
  readonly protectionsAdmitDomain: boolean;
  /** An apostrophe that a script writes before a text stays in the value of a cell of plain text (`@`). */
  readonly apostrophesStay: boolean;
  /** `clear()` takes drop-downs and other validations along. */
  readonly clearTakesValidations: boolean;
  /** Whoever is asked for the permissions of a script at first ticks all of them. */
  readonly consentIsWhole: boolean;
  /** The server reckons durations, which are times of 1899, with the offset of that year to the minute, not to the second. */
  readonly oldOffsetsAreRounded: boolean;
  /** A simple trigger may open a sidebar. */
  readonly triggersOpenSidebars: boolean;
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
  // Has tests of its own: most accounts belong to no domain.
  protectionsAdmitDomain: false,
  apostrophesStay: true,
  clearTakesValidations: true,
  // Has tests of its own: otherwise every world would load each script twice.
  consentIsWhole: true,
  oldOffsetsAreRounded: true,
  triggersOpenSidebars: false,
};

export const hopeful: Doubts = {
  locksOutliveQuestions: true,
  triggersOfTriggersFire: true,
  language: "en",
  anyAddressIsShared: true,
  plainMetadataIsShared: true,
  limitsEndAtMidnight: true,
  copiedProtections: "kept",
  protectionsAdmitDomain: false,
  apostrophesStay: false,
  clearTakesValidations: false,
  consentIsWhole: true,
  oldOffsetsAreRounded: false,
  triggersOpenSidebars: true,
};
