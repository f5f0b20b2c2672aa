import type { Doubts } from "./doubts.ts";
import { offsetAt } from "./zone.ts";

const day = 86_400_000;

/** Of a consumer account, the smallest that there is. */
export const dailyLimits = { newSpreadsheets: 250, mailRecipients: 100, triggerMilliseconds: 90 * 60_000 } as const;

export type DailyLimit = keyof typeof dailyLimits;

interface Used {
  readonly since: number;
  readonly amount: number;
}

const tooOften: Readonly<Record<Doubts["language"], string>> = {
  en: "Service invoked too many times for one day: ",
  zh: "一天内调用服务的次数过多：",
};

/** What each account has used today: since midnight in the zone of the accounts, or in the 24 hours from the first use. */
export class DailyUse {
  readonly #used = new Map<string, Used>();
  readonly #zone: string;
  readonly #now: () => number;

  readonly #doubts: Doubts;

  constructor(zone: string, now: () => number, doubts: Doubts) {
    this.#zone = zone;
    this.#now = now;
    this.#doubts = doubts;
  }

  left(limit: DailyLimit, user: string): number {
    return dailyLimits[limit] - (this.#usedNow(limit, user)?.amount ?? 0);
  }

  use(limit: DailyLimit, user: string, amount: number): void {
    const used = this.#usedNow(limit, user) ?? { since: this.#now(), amount: 0 };
    this.#used.set(`${limit}/${user}`, { ...used, amount: used.amount + amount });
  }

  copyFrom(other: DailyUse): void {
    for (const [key, used] of other.#used) this.#used.set(key, used);
  }

  /** @param what is refused, as the platform names it: `email` */
  exceeded(what: string): Error {
    return new Error(`${tooOften[this.#doubts.language]}${what}.`);
  }

  #usedNow(limit: DailyLimit, user: string): Used | undefined {
    const used = this.#used.get(`${limit}/${user}`);
    if (!used) return undefined;
    const now = this.#now();
    const dayOf = (time: number) => Math.floor((time + offsetAt(this.#zone, time)) / day);
    const isOver = this.#doubts.limitsEndAtMidnight ? dayOf(now) > dayOf(used.since) : now - used.since >= day;
    return isOver ? undefined : used;
  }
}
