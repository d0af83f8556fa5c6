// Whether the window is as narrow as a phone: where another layout is not enough. The width is that of theme.css.
import { ref } from 'vue';

const width = matchMedia('(max-width: 44rem)');

export const isNarrow = ref(width.matches);
width.addEventListener('change', () => {
  isNarrow.value = width.matches;
});
