/** The name of the member that a key belongs to; empty without members. What other ways of spreading keys offer. */
export type KeyLookup = (key: string) => string;
