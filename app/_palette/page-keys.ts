/** While one of these is open the keys are its own; one that is closing has let go of them. */
const OPEN_LAYER = '[role=dialog]:not([data-closed]), [role=menu]:not([data-closed])';

/** Whether a key press is for the page: not taken already, not another's, and no menu or dialog is open. */
export function isForPage(event: KeyboardEvent): boolean {
  return !event.defaultPrevented && !event.altKey && document.querySelector(OPEN_LAYER) === null;
}

/** In a field, keys are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const field = target instanceof HTMLInputElement ? !/^(range|radio|checkbox)$/.test(target.type) : false;
  return field || target.isContentEditable || /^(SELECT|TEXTAREA)$/.test(target.tagName);
}
