// The language of the console, and its texts.
import { computed, ref, watchEffect } from 'vue';

import { en } from './texts/en';
import { zh, type Texts } from './texts/zh';

export type Language = 'zh' | 'en';

const texts: Record<Language, Texts> = { zh, en };
const kept = localStorage.getItem('language');

export const language = ref<Language>(kept === 'en' ? 'en' : 'zh');
export const words = computed(() => texts[language.value]);

watchEffect(() => {
  document.documentElement.lang = language.value;
  localStorage.setItem('language', language.value);
});
