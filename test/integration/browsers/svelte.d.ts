// Components of Svelte, as a bundler makes them.
import type { Component } from 'svelte';
import type { Presences } from '../../../docs/examples/browser/presences.js';

declare const component: Component<{ readonly presences: Presences }>;
export default component;
