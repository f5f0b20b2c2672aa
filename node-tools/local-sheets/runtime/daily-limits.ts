import { offsetAt } from "./zone.ts";

const day = 86_400_000;

/** Of a consumer account, the smallest that there is. */
export const dailyLimits = { newSpreadsheets: 250, mailRecipients: 100, triggerMilliseconds: 90 * 60_000 } as const;

export type DailyLimit = keyof typeof dailyLimits;

/** What each account has used today; a day is a civil day of the zone of the accounts. */
export class DailyUse {
  readonly #used = new Map<string, number>();
  readonly #zone: string;
  readonly #now: () => number;

  constructor(zone: string, now: () => number) {
    this.#zone = zone;
    this.#now = now;
  }

  left(limit: DailyLimit, user: string): number {
    return dailyLimits[limit] - (this.#used.get(this.#key(limit, user)) ?? 0);
  }

  use(limit: DailyLimit, user: string, amount: number): void {
    const key = this.#key(limit, user);
    this.#used.set(key, (this.#used.get(key) ?? 0) + amount);
  }

  #key(limit: DailyLimit, user: string): string {
    const now = this.#now();
    return `${limit}/${user}/${Math.floor((now + offsetAt(this.#zone, now)) / day)}`;
  }
}
