/** The name of the member that a key belongs to. What other methods of spreading keys are compared by. */
export type KeyLookup = (key: string) => string;
