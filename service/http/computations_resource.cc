// Computations and refreshes asked for over HTTP: what was sent becomes a job.
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "app/computation.h"
#include "app/jobs.h"
#include "dijia/base/codes.h"
#include "http/access.h"
#include "http/changes.h"
#include "http/computation_parts.h"
#include "http/job_access.h"
#include "http/kept_samples.h"
#include "http/media_type.h"
#include "http/multipart.h"
#include "http/refuse_request.h"
#include "http/resources.h"
#include "http/unpublished.h"
#include "json/job_codec.h"

namespace dijia::http {
namespace {

namespace fs = std::filesystem;

void Receive(Exchange& exchange, ComputationUpload& upload) {
  MultipartReader reader(BoundaryOf(exchange.request.Find("Content-Type")), upload.handler());
  ReceiveUpload(exchange, exchange.service.limits.upload_bytes,
                [&reader](std::string_view bytes) { reader.Feed(bytes); });
  reader.End();
}

app::ImportDraft ImportInto(Changes& changes) {
  return [&changes](const Publication& draft, std::vector<app::EvidenceFile> evidence,
                    const app::Doer& doer, Diagnostics& diagnostics) {
    bool is_taken = false;
    changes.Use([&](app::PublicationDesk& desk) {
      is_taken = desk.Import(draft, std::move(evidence), doer, diagnostics).has_value();
    });
    return is_taken;
  };
}

// Takes the inputs of the publication that is to be computed again into the folder. It must be of a
// county that the caller changes things in. Throws Refused: 400, 403, 404 and 409.
void TakeAgain(const Exchange& exchange, const ComputationUpload& upload, const fs::path& inputs,
               app::ComputationOrder& order) {
  const std::string id = upload.Again();
  const auto publication = FindUnpublished(exchange, upload.County(), id);
  if (!publication) throw Refused(404, Code::kPublicationUnknown, {id});
  RequireCounty(exchange, publication->county);
  order.only = id;
  exchange.service.changes.LookLong([&](app::PublicationDesk& desk) {
    Diagnostics found;
    if (!desk.TakeInputs(publication->county, id, inputs, order, found)) {
      RefuseSamples(id, std::move(found), exchange.language);
    }
    return Response();
  });
}

// What is wrong with the parts and the plan, all at once.
app::ComputationPlan CheckOrder(const Exchange& exchange, ComputationUpload& upload,
                                app::ComputationOrder& order, const fs::path& inputs) {
  Service& service = exchange.service;
  order = upload.Order(*service.prices.Now(), service.reference_folder);
  Diagnostics& problems = upload.problems();
  if (order.import && !service.changes.has_store()) {
    problems.Add(Code::kNoStoreForImport, {"", 0, 0, "/import"});
  }
  if (!upload.Again().empty() && !problems.has_errors()) {
    TakeAgain(exchange, upload, inputs, order);
  }
  // A part that could not be taken leaves the rest to be read only where it is there.
  const bool is_readable = !problems.has_errors();
  const auto plan = is_readable ? app::ReadComputationPlan(order, inputs, problems) : std::nullopt;
  if (plan) {
    RequireCounty(exchange, plan->county);
    const std::uint64_t most = service.limits.import_bytes;
    if (!order.import || upload.bytes() <= most) return *plan;
    throw Refused(413, Code::kBodyTooLarge, {std::to_string(most)});
  }
  RefuseRequest(std::move(problems));
}

void Describe(const app::ComputationOrder& order, const app::ComputationPlan& plan,
              json::JobRecord& about) {
  about.kind = order.is_refresh() ? json::JobKind::kRefresh : json::JobKind::kCompute;
  about.title = plan.title;
  if (plan.county != "*") about.county = plan.county;
  about.note = order.doer.note;
}

}  // namespace

Response StartComputation(Exchange& exchange) {
  constexpr std::array<std::string_view, 1> kTypes{kMultipart};
  BodyType(exchange.request, kTypes);
  std::optional<ComputationUpload> upload;
  const auto receive = [&](std::optional<fs::path> inputs) {
    upload.emplace(std::move(inputs));
    Receive(exchange, *upload);
    return upload->Fingerprint();
  };
  const auto prepare = [&](const fs::path& inputs, json::JobRecord& about) {
    app::ComputationOrder order;
    Describe(order, CheckOrder(exchange, *upload, order, inputs), about);
    order.doer.name = exchange.caller->name;
    order.language = exchange.language;
    order.threads = ThreadsOfJobs();
    return app::ComputationWork(std::move(order), exchange.rules,
                                ImportInto(exchange.service.changes));
  };
  return MakeJob(exchange, receive, prepare);
}

}  // namespace dijia::http
