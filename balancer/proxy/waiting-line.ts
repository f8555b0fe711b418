/** First come, first served; whoever stands in it may leave at any time. All of it in constant time. */
export class WaitingLine<Guest> {
  readonly #guests = new Set<Guest>();
  /** One iterator for many turns: a new one would pass by all who left since. */
  #turns = this.#guests.values();

  get length(): number {
    return this.#guests.size;
  }

  join(guest: Guest): void {
    this.#guests.add(guest);
  }

  leave(guest: Guest): void {
    this.#guests.delete(guest);
  }

  /** Takes the first one out; undefined when nobody waits. */
  next(): Guest | undefined {
    if (this.#guests.size === 0) return undefined;
    let turn = this.#turns.next();
    if (turn.done === true) {
      this.#turns = this.#guests.values();
      turn = this.#turns.next();
    }
    if (turn.done === true) return undefined;
    this.#guests.delete(turn.value);
    return turn.value;
  }

  /** Takes all of them out. */
  clear(): readonly Guest[] {
    const all = [...this.#guests];
    this.#guests.clear();
    this.#turns = this.#guests.values();
    return all;
  }
}
