// A WebSocket that comes back, for a page that may sleep in the browser's cache. Copy it, or use your client library's.

/** Half a second and growing, up to half a minute, each a little different so that a server's return is no stampede. */
const delayMs = (attempt: number): number => Math.min(500 * 2 ** attempt, 30_000) * (0.5 + Math.random());

export interface Line {
  /** Sends now or not at all: what is kept for later is old news by then. */
  readonly send: (text: string) => void;
  readonly close: () => void;
}

export function openLine(url: string, on: { readonly up: () => void; readonly down: () => void; readonly message: (text: string) => void }): Line {
  let socket: WebSocket | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  function connect(): void {
    if (socket !== undefined) return;
    clearTimeout(retry);
    const line = new WebSocket(url);
    socket = line;
    line.onopen = () => {
      attempt = 0;
      on.up();
    };
    line.onmessage = ({ data }) => on.message(String(data));
    line.onclose = () => {
      if (socket !== line) return; // it was hung up
      hangUp();
      retry = setTimeout(connect, delayMs(attempt++));
    };
  }
  function hangUp(): void {
    clearTimeout(retry);
    const line = socket;
    socket = undefined;
    if (line === undefined) return;
    line.close();
    on.down();
  }
  addEventListener('offline', hangUp); // the socket itself would notice much later
  addEventListener('online', connect);
  addEventListener('pagehide', hangUp); // in some browsers an open socket keeps a page out of the cache; in others it is dead when the page is back
  addEventListener('pageshow', connect);
  connect();
  return {
    send: (text) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: hangUp,
  };
}
