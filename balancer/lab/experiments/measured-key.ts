/** The key that A-4's own balancers look at, so that measurement and simulation see the same keys. */
export const MEASURED_KEY = 'header:X-Key';
