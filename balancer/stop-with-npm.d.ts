export function stopWithNpm(script: string): void;
