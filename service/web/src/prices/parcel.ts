// What a publication needs to know of a parcel, and the parcel as the service takes it.
import type { Breaks, Coefficient, Formula, Publication, PublishedUse } from '../api/types/publication';
import { byWorth } from './tables';

export interface Parcel {
  use: string;
  place: string; // `grade 2`, `zone J101`, `route B25`
  area_sqm: string;
  far: string;
  term_years: string;
  valuation_date: string;
  development_level: string;
  width_m: string;
  depth_m: string;
  factors: Record<string, string>; // `shape`, `regional.距汽车站距离`
}

export interface FactorField {
  id: string;
  coefficient: string;
  factor: string; // '' for a coefficient that is one factor
  levels: string[];
  neutral: string; // the level that changes nothing
  breaks: Breaks | null;
}

export function emptyParcel(publication: Publication, date: string): Parcel {
  return {
    use: Object.keys(publication.uses)[0], place: '', area_sqm: '', far: '', term_years: '', valuation_date: date,
    development_level: '', width_m: '', depth_m: '', factors: {},
  };
}

export interface Place {
  id: string;
  kind: 'grade' | 'zone' | 'route';
  name: string;
  grade: string;
}

export function placesOf(use: PublishedUse): Place[] {
  const grades = [...new Set(use.grades.map((one) => one.grade))];
  return [
    ...grades.map((grade) => ({ id: `grade ${grade}`, kind: 'grade' as const, name: grade, grade })),
    ...(use.zones ?? []).map((one) => ({ id: `zone ${one.zone}`, kind: 'zone' as const, name: one.zone, grade: one.grade })),
    ...(use.routes ?? []).map((one) => ({ id: `route ${one.route}`, kind: 'route' as const, name: one.route, grade: '' })),
  ];
}

export function formulaOf(use: PublishedUse, place: Place | undefined): Formula {
  return (place?.kind === 'route' ? use.frontage_formula : undefined) ?? use.formula ?? {};
}

export function namesIn(formula: Formula): string[] {
  return [formula.sum ?? '', ...(formula.product ?? []), ...(formula.excess ?? []), ...(formula.add ?? [])].filter(Boolean);
}

const neutralOf = (levels: Record<string, string>, value: number) => Object.entries(levels).find(([, one]) => Number(one) === value)?.[0] ?? '';

// Asked by fields of their own, or worked out from the parcel.
const known = new Set(['term', 'far', 'date', 'development', 'width', 'depth']);

function fieldsOf(name: string, table: Coefficient, grade: string): FactorField[] {
  if (table.kind === 'levels') {
    return [{ id: name, coefficient: name, factor: '', levels: byWorth(table.levels), neutral: neutralOf(table.levels, 1), breaks: table.breaks ?? null }];
  }
  if (table.kind === 'factors') {
    return (table.tables[grade] ?? table.tables['*'] ?? []).map((one) => ({
      id: `${name}.${one.factor}`, coefficient: name, factor: one.factor, levels: byWorth(one.levels), neutral: neutralOf(one.levels, 0), breaks: one.breaks ?? null,
    }));
  }
  if (table.kind === 'matrix') {
    const levels = [...new Set(Object.values(table.rows).flatMap((row) => Object.keys(row)))];
    return [{ id: name, coefficient: name, factor: '', levels, neutral: table.standard[grade] ?? table.standard['*'] ?? '', breaks: table.breaks ?? null }];
  }
  if (table.kind === 'curve') return [{ id: name, coefficient: name, factor: '', levels: [], neutral: '', breaks: null }];
  return [];
}

export function factorFields(use: PublishedUse, place: Place | undefined): FactorField[] {
  return namesIn(formulaOf(use, place)).filter((name) => !known.has(name)).flatMap((name) => {
    const table = use.coefficients[name];
    return table ? fieldsOf(name, table, place?.grade ?? '') : [];
  });
}

export function developmentLevels(use: PublishedUse): string[] {
  const table = use.coefficients.development;
  return table && 'levels' in table ? byWorth(table.levels) : use.development_level ? [use.development_level] : [];
}

// Blank fields are absent: the service says what it lacks.
export function requestOf(publication: Publication, parcel: Parcel, fields: FactorField[]): Record<string, unknown> {
  const { place, factors, ...rest } = parcel;
  const [kind, name] = place.split(/ (.*)/s);
  const stated: Record<string, unknown> = { county: publication.county, area: publication.area, ...rest };
  if (name) stated[kind] = kind === 'grade' ? Number(name) : name;
  const made: Record<string, string | Record<string, string>> = {};
  for (const field of fields) {
    const value = factors[field.id];
    if (!value) continue;
    if (field.factor === '') made[field.coefficient] = value;
    else ((made[field.coefficient] ??= {}) as Record<string, string>)[field.factor] = value;
  }
  const filled = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== ''));
  return Object.keys(made).length ? { ...filled, factors: made } : filled;
}

// A parcel as the publication's own conditions have it, to begin with.
export function sampleParcel(publication: Publication, parcel: Parcel): Parcel {
  const use = publication.uses[parcel.use];
  const place = placesOf(use).find((one) => one.id === parcel.place) ?? placesOf(use)[0];
  const far = use.grades.find((one) => one.grade === place?.grade)?.far ?? '1.5';
  const factors = Object.fromEntries(factorFields(use, place).filter((field) => field.neutral).map((field) => [field.id, field.neutral]));
  return {
    ...parcel, place: place?.id ?? '', area_sqm: '1000', far, term_years: use.term_years, development_level: use.development_level ?? developmentLevels(use)[0] ?? '', factors,
  };
}
