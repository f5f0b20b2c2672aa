/** Runs what may fail; what it throws is shown to the person. */
export type Attempt = (work: () => Promise<void>) => Promise<void>;
