/** Runs what may fail; what it throws is shown to the person. @returns whether it was done */
export type Attempt = (work: () => Promise<void>) => Promise<boolean>;
