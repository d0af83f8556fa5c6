// Where prices hold.
import type { Amount } from '../decimal';

// A feature of GeoJSON with its price, as far as the console reads it; coordinates are texts too.
export interface MapShape {
  id: string;
  geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown };
  properties: {
    use: string;
    name: string;
    sub_use: string;
    grade: string;
    zone: string | null;
    price_yuan_per_sqm?: Amount;
    price_wan_yuan_per_mu?: Amount;
    price_yuan_per_sqm_floor?: Amount;
  };
}

export interface MapShapes {
  features: MapShape[];
}
