/** What a tool must find in a generated award, beyond information (I). */
export interface ExpectedFinding {
  readonly code: string;
  readonly id?: string;
  readonly nominator?: string;
  readonly stage?: string;
  readonly severity?: "error" | "warning";
}

export interface AnswerKey {
  readonly submissions: number;
  readonly units: number;
  readonly experts: number;
  readonly liaisons: number;
  readonly recommended: number;
  readonly cancelled: number;
  readonly expected: readonly ExpectedFinding[];
  /** May be found or not: what follows from a planted violation in one reading. */
  readonly allowed: readonly ExpectedFinding[];
  /** Input rows without a 案例编号, by file. */
  readonly rejected: readonly { readonly file: string; readonly title: string }[];
}
