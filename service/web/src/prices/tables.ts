// A correction table as heads and rows of text, one kind of coefficient after the other.
import { roughly } from '../api/decimal';
import type { Breaks, Coefficient, Factor, PublishedUse } from '../api/types/publication';
import type { Texts } from '../texts/zh';

export interface Grid {
  title: string;
  head: string[];
  rows: string[][];
}

export interface Shown {
  notes: string[];
  grids: Grid[];
}

// Grades in order, `*` (all others) last.
function gradesIn(values: Record<string, unknown>[]): string[] {
  const all = [...new Set(values.flatMap((one) => Object.keys(one)))];
  return all.sort((a, b) => (a === '*' ? 1 : b === '*' ? -1 : Number(a) - Number(b)));
}

// Levels from the one that raises a price most to the one that lowers it most: documents keep no order.
export function byWorth(levels: Record<string, string>): string[] {
  return Object.keys(levels).sort((a, b) => roughly(levels[b]) - roughly(levels[a]));
}

// The range of measurements that each level stands for.
function rangesOf(breaks: Breaks, words: Texts): Map<string, string> {
  const { bounds, order, closed } = breaks;
  const text = words.tables;
  return new Map(order.map((level, i) => {
    if (i === 0) return [level, closed === 'left' ? text.below(bounds[0]) : text.atMost(bounds[0])];
    if (i === bounds.length) return [level, closed === 'left' ? text.atLeast(bounds[i - 1]) : text.above(bounds[i - 1])];
    return [level, text.between(bounds[i - 1], bounds[i])];
  }));
}

function levelGrid(title: string, unit: string, levels: Record<string, string>, words: Texts, breaks?: Breaks, ranges?: Record<string, { low: string; high: string }>): Grid {
  const measured = breaks ? rangesOf(breaks, words) : null;
  const head = [words.tables.level, unit, ...(measured ? [words.tables.at] : []), ...(ranges ? [words.tables.range] : [])];
  const rows = byWorth(levels).map((level) => [
    level, levels[level], ...(measured ? [measured.get(level) ?? ''] : []),
    ...(ranges ? [ranges[level] ? words.tables.between(ranges[level].low, ranges[level].high) : ''] : []),
  ]);
  return { title, head, rows };
}

// Factors of one grade: levels across, with the measurements they stand for below the percentages.
function factorGrid(title: string, factors: Factor[], words: Texts): Grid {
  const levels = [...new Set(factors.flatMap((one) => byWorth(one.levels)))];
  const rows = factors.map((one) => {
    const measured = one.breaks ? rangesOf(one.breaks, words) : null;
    return [one.factor, ...levels.map((level) => {
      const value = one.levels[level] ?? '';
      return measured?.has(level) ? `${value}\n${measured.get(level)}` : value;
    })];
  });
  return { title, head: [words.tables.factor, ...levels], rows };
}

function curveGrids(table: Extract<Coefficient, { kind: 'curve' }>, words: Texts): Grid[] {
  const gradeName = (grade: string) => (grade === '*' ? words.tables.anyGrade : words.grade(grade));
  const grids: Grid[] = [];
  if (table.exponents) {
    const grades = gradesIn([table.exponents]);
    grids.push({ title: '', head: [words.prices.grade, words.tables.power], rows: grades.map((grade) => [gradeName(grade), table.exponents?.[grade] ?? '']) });
  }
  if (table.rows?.length) {
    const grades = gradesIn(table.rows.map((row) => row.values));
    grids.push({ title: '', head: [words.tables.at, ...grades.map(gradeName)], rows: table.rows.map((row) => [row.at, ...grades.map((grade) => row.values[grade] ?? '')]) });
  }
  return grids;
}

function curveNotes(table: Extract<Coefficient, { kind: 'curve' }>, words: Texts): string[] {
  const how = words.tables.interpolation[table.interpolation ?? ''] ?? '';
  return table.exponents ? [words.tables.powerLine(table.base ?? words.tables.gradeBase)] : how ? [how] : [];
}

export function shownTable(table: Coefficient, use: PublishedUse, words: Texts): Shown {
  const text = words.tables;
  const only = (grid: Grid): Shown => ({ notes: [], grids: [grid] });
  switch (table.kind) {
    case 'term_formula':
      return { notes: [text.termFormula, text.termWhere(use.capitalization_rate, use.term_years)], grids: [] };
    case 'monthly_rate':
      return { notes: [text.monthly(table.rate)], grids: [] };
    case 'curve':
      return { notes: curveNotes(table, words), grids: curveGrids(table, words) };
    case 'index':
      return only({ title: '', head: [text.date, text.index], rows: table.points.map((point) => [point.date, point.index]) });
    case 'levels':
      return only(levelGrid('', text.coefficient, table.levels, words, table.breaks, table.ranges));
    case 'additive':
      return only(levelGrid('', text.yuan, table.levels, words));
    case 'factors':
      return {
        notes: [text.percent],
        grids: gradesIn([table.tables]).map((grade) => factorGrid(grade === '*' ? text.anyGrade : words.grade(grade), table.tables[grade], words)),
      };
    case 'depth':
      return { notes: [text.standardDepth(table.standard_depth_m)], grids: [{ title: '', head: [text.depth, text.depthPercent], rows: table.rows.map((row) => [row.at, row.percent]) }] };
    case 'matrix': {
      const levels = [...new Set(Object.values(table.rows).flatMap((row) => Object.keys(row)))];
      return only({ title: '', head: [text.standard, ...levels], rows: Object.entries(table.rows).map(([standard, row]) => [standard, ...levels.map((level) => row[level] ?? '')]) });
    }
  }
}
