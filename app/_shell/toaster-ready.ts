const WANTED = 'ringmaster-toast-wanted';
const READY = 'ringmaster-toast-ready';

/** Resolves once toasts have a place on the page; asks for it if need be. A toast said before would be lost. */
export function toasterReady(): Promise<void> {
  if (document.documentElement.dataset['toaster'] === 'ready') return Promise.resolve();
  return new Promise((resolve) => {
    addEventListener(READY, () => resolve(), { once: true });
    dispatchEvent(new Event(WANTED));
  });
}

export function onToasterWanted(listener: () => void): () => void {
  addEventListener(WANTED, listener);
  return () => removeEventListener(WANTED, listener);
}

export function announceToaster(): () => void {
  document.documentElement.dataset['toaster'] = 'ready';
  dispatchEvent(new Event(READY));
  return () => {
    delete document.documentElement.dataset['toaster'];
  };
}
