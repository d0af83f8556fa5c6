// Published prices to read.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/due.h"
#include "app/due_text.h"
#include "app/price_documents.h"
#include "app/publication_diff_text.h"
#include "app/zone_features.h"
#include "dijia/base/codes.h"
#include "http/clock.h"
#include "http/media_type.h"
#include "http/publication_meant.h"
#include "http/query.h"
#include "http/resources.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using app::PriceSnapshot;

Response WithTag(const json::Value& value) {
  Response response;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.document = std::make_shared<const Document>(MakeDocument(json::ToLine(value)));
  return response;
}

// The prices of one county; all where none is named.
std::vector<Publication> PricesOf(const PriceSnapshot& snapshot, const std::string& county) {
  if (county.empty()) return snapshot.prices;
  std::vector<Publication> prices;
  for (const Publication& publication : snapshot.prices) {
    if (publication.county == county) prices.push_back(publication);
  }
  return prices;
}

}  // namespace

Response ListPublications(Exchange& exchange) {
  const Request& request = exchange.request;
  app::PublicationQuery query;
  query.county = TextParameter(request, "county");
  query.status = CodeParameter<PublicationStatus>(request, "status");
  query.as_of = DateParameter(request, "as_of");
  query.known_at = TimeParameter(request, "known_at");
  return WithTag(app::WritePublicationList(*exchange.service.prices.Now(), query));
}

Response ShowPublication(Exchange& exchange) {
  const auto snapshot = exchange.service.prices.Now();
  const FoundPublication found = FindPublication(exchange, *snapshot, exchange.argument);
  const auto write = [&] { return json::ToPretty(json::WritePublication(found.Document())); };
  Response response;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.document = found.unpublished
                          ? std::make_shared<const Document>(MakeDocument(write()))
                          : exchange.service.publications.Get(found.Name(), snapshot, write);
  return response;
}

Response ShowGradePrices(Exchange& exchange) {
  const Request& request = exchange.request;
  app::PriceQuery query;
  query.use = CodeParameter<LandUse>(request, "use");
  query.grade = GradeParameter(request, "grade");
  query.zone = TextParameter(request, "zone");
  const auto snapshot = exchange.service.prices.Now();
  const FoundPublication found = FindPublication(exchange, *snapshot, exchange.argument);
  return WithTag(app::WriteGradePrices(found.Document(), query));
}

Response ShowZones(Exchange& exchange) {
  const auto snapshot = exchange.service.prices.Now();
  const FoundPublication found = FindPublication(exchange, *snapshot, exchange.argument);
  // Shapes are read with the published prices; those of a draft are not served.
  const auto zones = found.publication == nullptr ? nullptr : found.publication->zones;
  if (zones == nullptr) throw Refused(404, Code::kNoZonesKept, {exchange.argument});
  Response response;
  response.content_type = kGeoJson;
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.document = exchange.service.publications.Get("zones\n" + found.Name(), snapshot, [&] {
    return app::WriteFeatureCollection(found.Document(), *zones);
  });
  return response;
}

Response ShowDifferences(Exchange& exchange) {
  const Request& request = exchange.request;
  const std::string against = TextParameter(request, "against");
  if (against.empty()) throw Refused(400, Code::kQueryValue, {"against", "", "ID"});
  const auto snapshot = exchange.service.prices.Now();
  const Publication after = FindPublication(exchange, *snapshot, exchange.argument).Document();
  const Publication before = FindPublication(exchange, *snapshot, against).Document();
  return WithTag(app::DiffJson(before, after, dijia::DiffPublications(before, after)));
}

Response ShowRefreshStatus(Exchange& exchange) {
  const Request& request = exchange.request;
  const Date day = DateParameter(request, "as_of").value_or(Today());
  const auto snapshot = exchange.service.prices.Now();
  Diagnostics none;  // the snapshot has nothing but published prices
  const app::DueList list = app::DueOn(day, PricesOf(*snapshot, TextParameter(request, "county")),
                                       false, exchange.service.reference, *exchange.rules, none);
  return WithTag(app::DueJson(list, exchange.language));
}

}  // namespace dijia::http
