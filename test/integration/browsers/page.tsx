// The page under test: bound as docs/examples/browser shows, over a WebSocket that comes back, with every viewer.
import { createRoot } from 'react-dom/client';
import { mount } from 'svelte';
import { createApp } from 'vue';
import type { Beat, DefaultNames, ShownPresence } from 'presence-model';
import { bindPage } from '../../../docs/examples/browser/bind.js';
import { createPresences } from '../../../docs/examples/browser/presences.js';
import { openLine } from '../../../docs/examples/browser/socket.js';
import { thisTab } from '../../../docs/examples/browser/tab.js';
import { showPresences } from '../../../docs/examples/browser/viewer-dom.js';
import { Online as ReactOnline } from '../../../docs/examples/viewer-react.js';
import { Online as VueOnline } from '../../../docs/examples/viewer-vue.js';
import SvelteOnline from '../../../docs/examples/viewer-svelte.svelte';
import { policy } from './policy.js';

const user = new URLSearchParams(location.search).get('user') ?? 'nobody';
const presences = createPresences();
const tab = thisTab();
/** What the page said, for the test to look at. */
const said: Beat<DefaultNames>[] = [];

const page = bindPage({ policy }, tab, {
  send(beat) {
    said.push(beat);
    line.send(JSON.stringify(beat));
  },
  sendLast: (beat) => void navigator.sendBeacon(`/last-words?user=${user}`, JSON.stringify(beat)),
});
const line = openLine(`ws://${location.host}/presence?user=${user}`, {
  up: page.up,
  down: page.down,
  message: (text) => presences.take(JSON.parse(text) as ShownPresence),
});

const place = (id: string): HTMLElement => document.body.appendChild(Object.assign(document.createElement('div'), { id }));
showPresences(place('dom').appendChild(document.createElement('ul')), presences);
createRoot(place('react')).render(<ReactOnline presences={presences} />);
createApp(VueOnline, { presences }).mount(place('vue'));
mount(SvelteOnline, { target: place('svelte'), props: { presences } });

Object.assign(window, { presence: { page, said, sessionId: tab.id } });
