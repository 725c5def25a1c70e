// Who is online, in Vue.
import { defineComponent, h, onScopeDispose, shallowRef, type PropType, type ShallowRef } from 'vue';
import type { ShownPresence } from 'presence-model';
import type { Presences } from './browser/presences.js';

export function usePresent(presences: Presences): ShallowRef<readonly ShownPresence[]> {
  const present = shallowRef(presences.present());
  onScopeDispose(presences.subscribe(() => (present.value = presences.present())));
  return present;
}

export const Online = defineComponent({
  props: { presences: { type: Object as PropType<Presences>, required: true } },
  setup({ presences }) {
    const present = usePresent(presences);
    return () => h('ul', present.value.map(({ userId, status }) => h('li', { key: userId, class: status }, `${userId} ${status}`)));
  },
});
