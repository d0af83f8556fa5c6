// The handlers of the routes.
#pragma once

#include "http/exchange.h"

namespace dijia::http {

// Whether `?inverse=1` asks what would be lawful. Throws Refused for other values than 0 and 1.
bool WantsInverse(const Request& request);

Response CheckOne(Exchange& exchange);            // POST /v1/reserve-price-checks
Response CheckBatch(Exchange& exchange);          // POST /v1/reserve-price-checks/batch
Response ListKeptChecks(Exchange& exchange);      // GET /v1/kept-checks
Response ShowKeptCheck(Exchange& exchange);       // GET /v1/kept-checks/{id}
Response ValueOne(Exchange& exchange);            // POST /v1/valuations
Response ValueBatch(Exchange& exchange);          // POST /v1/valuations/batch
Response ListPublications(Exchange& exchange);    // GET /v1/publications
Response ShowPublication(Exchange& exchange);     // GET /v1/publications/{id}
Response ShowGradePrices(Exchange& exchange);     // GET /v1/publications/{id}/grade-prices
Response ShowDifferences(Exchange& exchange);     // GET /v1/publications/{id}/diff
Response ShowImpact(Exchange& exchange);          // POST /v1/publications/{id}/impact
Response ShowZones(Exchange& exchange);           // GET /v1/publications/{id}/zones
Response ShowFeatureService(Exchange& exchange);  // GET /ogc
Response ShowConformance(Exchange& exchange);     // GET /ogc/conformance
Response ListCollections(Exchange& exchange);     // GET /ogc/collections
Response ShowCollection(Exchange& exchange);      // GET /ogc/collections/{id}
Response ListFeatures(Exchange& exchange);        // GET /ogc/collections/{id}/items
Response ShowFeature(Exchange& exchange);         // GET /ogc/collections/{id}/items/{feature}
Response ImportPublication(Exchange& exchange);   // POST /v1/publications
Response ShowTransitions(Exchange& exchange);     // GET /v1/publications/{id}/transitions
Response MovePublication(Exchange& exchange);     // POST /v1/publications/{id}/transitions
Response ShowDesk(Exchange& exchange);            // GET /v1/desk
Response ShowAudit(Exchange& exchange);           // GET /v1/audit
Response ShowSamples(Exchange& exchange);         // GET /v1/publications/{id}/samples
Response WeighDecisions(Exchange& exchange);      // POST /v1/publications/{id}/samples/effect
Response StartComputation(Exchange& exchange);    // POST /v1/computations
Response ListJobs(Exchange& exchange);            // GET /v1/jobs
Response ShowJob(Exchange& exchange);             // GET /v1/jobs/{id}
Response CancelJob(Exchange& exchange);           // DELETE /v1/jobs/{id}
Response FollowJob(Exchange& exchange);           // GET /v1/jobs/{id}/events
Response ShowJobResult(Exchange& exchange);       // GET /v1/jobs/{id}/result
Response ShowJobFile(Exchange& exchange);         // GET /v1/jobs/{id}/files/{file}
Response ShowRefreshStatus(Exchange& exchange);   // GET /v1/refresh-status
Response SignIn(Exchange& exchange);              // POST /v1/session
Response ShowSession(Exchange& exchange);         // GET /v1/session
Response SignOut(Exchange& exchange);             // DELETE /v1/session
Response ListRules(Exchange& exchange);           // GET /v1/rules
Response ShowRule(Exchange& exchange);            // GET /v1/rules/{id}
Response SimulateRules(Exchange& exchange);       // POST /v1/rule-simulations
Response ListCodes(Exchange& exchange);           // GET /v1/codes
Response ListCounties(Exchange& exchange);        // GET /v1/counties
Response IsAlive(Exchange& exchange);             // GET /healthz
Response IsReady(Exchange& exchange);             // GET /readyz
Response ShowMetrics(Exchange& exchange);         // GET /metrics
Response ShowOpenApi(Exchange& exchange);         // GET /openapi.json
Response ShowPage(Exchange& exchange);            // GET / and the files of the page

}  // namespace dijia::http
