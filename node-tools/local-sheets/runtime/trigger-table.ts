/** Triggers that one user may have in one script. */
const maxTriggers = 20;

export interface TimeTrigger {
  readonly id: string;
  readonly functionName: string;
  readonly spreadsheetId: string;
  /** Whose rights it runs with: whoever made it. */
  readonly user: string;
  /** Runs whenever somebody opens the spreadsheet. */
  readonly onOpen?: true;
  /** Milliseconds between two runs; none for one that runs once. */
  readonly every?: number;
  /** When it runs next; undefined once a single run is over: such a trigger stays in the list until it is deleted. */
  due: number | undefined;
}

export class TriggerTable {
  #triggers: TimeTrigger[] = [];
  #made = 0;

  of(spreadsheetId: string, user: string): readonly TimeTrigger[] {
    return this.#triggers.filter((trigger) => trigger.spreadsheetId === spreadsheetId && trigger.user === user);
  }

  add(trigger: Omit<TimeTrigger, "id">): TimeTrigger {
    if (this.of(trigger.spreadsheetId, trigger.user).length >= maxTriggers) {
      throw new Error(
        "This script has too many triggers. Triggers must be deleted from the script before more can be added.",
      );
    }
    this.#made += 1;
    const added = { ...trigger, id: String(this.#made) };
    this.#triggers.push(added);
    return added;
  }

  delete(id: string): void {
    this.#triggers = this.#triggers.filter((trigger) => trigger.id !== id);
  }

  /** Those that still run, the next first. */
  pending(): readonly (TimeTrigger & { due: number })[] {
    return this.#triggers
      .filter((trigger): trigger is TimeTrigger & { due: number } => trigger.due !== undefined)
      .sort((a, b) => a.due - b.due || Number(a.id) - Number(b.id));
  }

  all(): readonly TimeTrigger[] {
    return this.#triggers;
  }

  copyFrom(other: TriggerTable): void {
    this.restore(other.#triggers);
    this.#made = other.#made;
  }

  restore(triggers: readonly TimeTrigger[]): void {
    this.#triggers = triggers.map((trigger) => ({ ...trigger }));
    this.#made = Math.max(0, ...triggers.map((trigger) => Number(trigger.id)));
  }
}
