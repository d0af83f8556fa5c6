// Who is signed in, as the service says. Their key is sent once and kept nowhere: the browser has a cookie for it that
// no script reads.
import { computed, ref } from 'vue';

import type { Session } from './types/session';

export const session = ref<Session | null>(null);
export const caller = computed(() => session.value?.caller ?? null);
export const csrfToken = computed(() => session.value?.session?.csrf_token ?? '');

export const signInWanted = ref(false); // the last refusal was for want of a session
export const signIns = ref(0); // what was asked before one is asked again after it

const ranks = ['viewer', 'clerk', 'approver', 'admin'] as const;

// Whether the caller has a role, or one above it. The service has the last word.
export function may(role: (typeof ranks)[number]): boolean {
  return caller.value !== null && ranks.indexOf(caller.value.role) >= ranks.indexOf(role);
}

// Whether the caller changes publications of a county.
export const worksIn = (county: string) => caller.value !== null && ['', county].includes(caller.value.county);

export function took(answer: Session) {
  const before = caller.value?.key;
  const isAnother = before !== undefined && before !== answer.caller?.key;
  session.value = answer;
  if (signInWanted.value || isAnother) ++signIns.value;
  signInWanted.value = false;
}
