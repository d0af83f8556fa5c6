// The key that requests are made with, where the service wants one. Kept for this window, and no longer.
import { ref, watchEffect } from 'vue';

const place = 'dijia.key';

export const key = ref(sessionStorage.getItem(place) ?? '');
export const keyWanted = ref(false); // the last refusal was for want of a key that holds

watchEffect(() => {
  if (key.value) sessionStorage.setItem(place, key.value);
  else sessionStorage.removeItem(place);
});

export function enterKey(text: string) {
  const entered = text.trim();
  if (entered === key.value) return; // was refused already
  keyWanted.value = false;
  key.value = entered;
}
