/** Something that a person can put right; the message says what and how. */
export class ActionError extends Error {}
