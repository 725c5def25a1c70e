// Who is online, in plain DOM.
import type { Presences } from './presences.js';

/** Keeps a list up to date, until the answer is called. */
export function showPresences(list: HTMLElement, presences: Presences): () => void {
  function render(): void {
    const items = presences.present().map(({ userId, status }) => {
      const item = document.createElement('li');
      item.className = status;
      item.textContent = `${userId} ${status}`;
      return item;
    });
    list.replaceChildren(...items);
  }
  render();
  return presences.subscribe(render);
}
