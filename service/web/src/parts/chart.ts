// What the charts of the console share: their place on the page, and the colours of the theme.
import { init, type ECharts, type EChartsCoreOption } from 'echarts/core';
import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue';

const style = () => getComputedStyle(document.documentElement);
export const colour = (name: string) => style().getPropertyValue(name).trim();
export const textStyle = () => ({ color: colour('--ink'), fontSize: 12 });
export const tooltipStyle = () => ({
  renderMode: 'richText' as const, // the policy of the page allows no inline styles
  backgroundColor: colour('--card'),
  borderColor: colour('--line'),
  textStyle: textStyle(),
});

// A chart in an element, drawn anew when what it shows changes.
export function useChart(place: Ref<HTMLElement | null>, shows: () => unknown, option: () => EChartsCoreOption): void {
  let chart: ECharts | null = null;
  const observer = new ResizeObserver(() => chart?.resize());
  const draw = () => chart?.setOption({ animation: false, ...option() }, true);
  onMounted(() => {
    if (!place.value) return;
    chart = init(place.value);
    observer.observe(place.value);
    draw();
  });
  watch(shows, draw, { deep: true });
  onBeforeUnmount(() => {
    observer.disconnect();
    chart?.dispose();
  });
}
