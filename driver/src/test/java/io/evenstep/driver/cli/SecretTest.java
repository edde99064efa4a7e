package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.control.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run with two workers, everything logged, Spark's UI and event log on: the secret is nowhere.
 */
@Tag("slow")
class SecretTest {
  private static final List<String> PAGES =
      List.of("/environment/", "/jobs/", "/stages/", "/executors/", "/storage/", "/SQL/");
  private static final List<String> RESOURCES =
      List.of("environment", "jobs", "stages", "allexecutors", "storage/rdd", "sql");

  @TempDir private Path folder;

  @AfterEach
  void endSpark() {
    SparkTest.stop();
  }

  @Test
  void isInNoLogLineFileSettingPageOrEnvironment() throws Exception {
    Map<String, String> places = new LinkedHashMap<>(); // name to text, one char per byte
    Set<String> keys;
    Workbench bench = Workbench.in(folder);
    try (RecordedKeys recorded = RecordedKeys.begin();
        ConsoleLog log = ConsoleLog.open(Level.DEBUG);
        SparkSession spark = session()) {
      StringWriter out = new StringWriter();
      PrintWriter printer = new PrintWriter(out);
      int code =
          Main.run(
              JobWiring.jobs(), Shell.CLOCK, new StopRequest(), printer, printer, train(bench));
      assertThat(code).as(out.toString()).isZero();
      keys = recorded.seen();
      addPages(spark, places);
      places.put("settings", Arrays.deepToString(spark.sparkContext().getConf().getAll()));
      places.put("log", log.toString());
      places.put("output", out.toString());
    }
    places.put("environment", System.getenv().toString());
    places.put("system properties", System.getProperties().toString());
    addFiles(Path.of("/proc/self/environ"), places);
    addFiles(Path.of("/proc/self/cmdline"), places);
    addFiles(folder, places);

    assertThat(places.keySet())
        .anyMatch(name -> name.endsWith("small/result.json"))
        .anyMatch(name -> name.contains("events/"))
        .contains("/environment/", "environment");
    assertThat(places.get("log")).contains("evenstep", "BarrierTaskContext");
    assertThat(keys).isNotEmpty();
    for (String hex : keys) {
      byte[] key = HexFormat.of().parseHex(hex);
      assertThat(key).hasSize(32);
      places.forEach((name, text) -> assertThat(spellingsIn(text, key)).as(name).isEmpty());
    }
  }

  /** The test can find it. */
  @Test
  void wouldBeFoundInAnySpelling() {
    byte[] key = new byte[32];
    new Random(1).nextBytes(key);
    for (String spelling : spellings(key)) {
      assertThat(spellingsIn("a line with " + spelling + " in it", key)).contains(spelling);
    }
    String within =
        Base64.getEncoder()
            .encodeToString(("x" + latin(key) + "y").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(spellingsIn(within, key)).isNotEmpty();
  }

  private SparkSession session() throws IOException {
    SparkTest.stop();
    return SparkSession.builder()
        .master("local[2]")
        .appName("evenstep-secret")
        .config("spark.ui.port", "0")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.local.dir", Files.createDirectory(folder.resolve("local")).toString())
        .config("spark.eventLog.enabled", "true")
        .config("spark.eventLog.dir", Files.createDirectory(folder.resolve("events")).toString())
        .getOrCreate();
  }

  private static String[] train(Workbench bench) {
    return new String[] {
      "train",
      bench.path("job.yaml").toString(),
      "--run-id",
      "small",
      "--set",
      "output=" + bench.path("runs")
    };
  }

  private static void addPages(SparkSession spark, Map<String, String> places) throws Exception {
    String ui = spark.sparkContext().uiWebUrl().get();
    List<String> paths = new ArrayList<>(PAGES);
    String api = "/api/v1/applications/" + spark.sparkContext().applicationId() + "/";
    RESOURCES.forEach(resource -> paths.add(api + resource));
    HttpClient client = HttpClient.newHttpClient();
    for (String path : paths) {
      HttpResponse<String> page =
          client.send(
              HttpRequest.newBuilder(URI.create(ui + path)).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      places.put(path, page.body());
    }
  }

  private static void addFiles(Path start, Map<String, String> places) throws IOException {
    try (Stream<Path> files = Files.walk(start)) {
      for (Path file : files.filter(each -> !Files.isDirectory(each)).toList()) {
        places.put(file.toString(), latin(Files.readAllBytes(file)));
      }
    }
  }

  private static List<String> spellingsIn(String text, byte[] key) {
    return spellings(key).stream().filter(text::contains).toList();
  }

  /**
   * As bytes, in hex, in base64 at each offset within a group of three bytes, and as printed by
   * Java.
   */
  private static List<String> spellings(byte[] key) {
    List<String> all = new ArrayList<>();
    all.add(latin(key));
    all.add(HexFormat.of().formatHex(key));
    all.add(HexFormat.of().withUpperCase().formatHex(key));
    all.add(Arrays.toString(key).replaceAll("[\\[\\]]", ""));
    all.add(Arrays.toString(key).replaceAll("[\\[\\] ]", ""));
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      for (int before = 0; before < 3; before++) {
        byte[] shifted = new byte[before + key.length];
        System.arraycopy(key, 0, shifted, before, key.length);
        String text = encoder.encodeToString(shifted);
        all.add(text.substring(4, 40)); // the groups that hold only bytes of the key
      }
    }
    return all;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
