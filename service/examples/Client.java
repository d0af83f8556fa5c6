// java Client.java check URL CASE.json...          a verdict for each case
// java Client.java batch URL CASES.csv             many cases in one request, the verdicts counted
// java Client.java prices URL COUNTY DAY [SECONDS] the publications in force; with SECONDS again whenever they changed
//
// Java 11 or later, its own HttpClient and nothing else. Java has no JSON, so what is needed of an answer is taken from
// its text; a real program uses the library it has. Exit 1 when something is refused.
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public class Client {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();

  private static HttpRequest.Builder request(String url, String path) {
    String language = System.getenv().getOrDefault("LANGUAGE", "zh");
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(10)).header("Accept-Language", language);
  }

  // The first text of that name; empty when there is none.
  private static String field(String answer, String name) {
    Matcher found = Pattern.compile("\"" + name + "\": *\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(answer);
    return found.find() ? found.group(1) : "";
  }

  private static void check(String url, String file) throws IOException, InterruptedException {
    HttpRequest request = request(url, "/v1/reserve-price-checks").header("Content-Type", "application/json")
        .POST(BodyPublishers.ofFile(Path.of(file))).build();
    HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) throw new IOException(file + ": " + field(answer.body(), "detail"));
    System.out.println(field(answer.body(), "case_id") + "  " + field(answer.body(), "verdict"));
  }

  // The answer is read line by line, so that memory stays small however long it is.
  private static void batch(String url, String file) throws IOException, InterruptedException {
    HttpRequest request = request(url, "/v1/reserve-price-checks/batch").header("Content-Type", "text/csv")
        .header("Accept", "application/x-ndjson").POST(BodyPublishers.ofFile(Path.of(file))).build();
    HttpResponse<Stream<String>> answer = CLIENT.send(request, BodyHandlers.ofLines());
    Map<String, Integer> verdicts = new TreeMap<>();
    try (Stream<String> lines = answer.body()) {
      if (answer.statusCode() != 200) throw new IOException(lines.reduce("", String::concat));
      lines.forEach(line -> {
        String verdict = field(line, "verdict");
        verdicts.merge(verdict.isEmpty() ? "error" : verdict, 1, Integer::sum);
      });
    }
    verdicts.forEach((verdict, count) -> System.out.println(verdict + "  " + count));
  }

  // It asks with the tag of the last answer, so that an unchanged list costs a few bytes.
  private static void prices(String url, String county, String day, double seconds) throws IOException, InterruptedException {
    String path = "/v1/publications?county=" + URLEncoder.encode(county, StandardCharsets.UTF_8) + "&as_of="
        + URLEncoder.encode(day, StandardCharsets.UTF_8);
    String tag = "";
    do {
      HttpRequest.Builder asked = request(url, path);
      if (!tag.isEmpty()) asked.header("If-None-Match", tag);
      HttpResponse<String> answer = CLIENT.send(asked.build(), BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        tag = answer.headers().firstValue("ETag").orElse("");
        System.out.println(answer.body().strip());
      } else if (answer.statusCode() != 304) {
        throw new IOException(path + ": " + field(answer.body(), "detail"));
      }
      Thread.sleep((long) (1000 * seconds));
    } while (seconds > 0);
  }

  public static void main(String[] words) throws InterruptedException {
    try {
      switch (words[0]) {
        case "check":
          for (int i = 2; i < words.length; ++i) check(words[1], words[i]);
          break;
        case "batch":
          batch(words[1], words[2]);
          break;
        case "prices":
          prices(words[1], words[2], words[3], words.length > 4 ? Double.parseDouble(words[4]) : 0);
          break;
        default:
          throw new IOException("check, batch or prices, not " + words[0]);
      }
    } catch (IOException fault) {
      System.err.println(fault.getMessage());
      System.exit(1);
    }
  }
}
