package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What OpenLineage's listener sees of a run; {@code monitoring.md} says it to the user. */
@Tag("slow")
class OpenLineageTest {
  /**
   * The listener looks a job up in Spark's scheduler when it gets to the event of its start. On a
   * busy machine the job may be over by then, and the listener has no inputs for it.
   */
  private static final int MOST_RUNS = 4;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void openBench() {
    bench = Workbench.in(folder);
  }

  @Test
  void seesTheParquetThatIsReadButNotTheModel() throws IOException {
    String table = bench.path("table").toString();
    SparkTest.session(2)
        .read()
        .option("header", "true")
        .option("inferSchema", "true")
        .csv(bench.path("rows.csv").toString())
        .repartition(8) // one task would pack fewer without a query, which the listener needs
        .write()
        .parquet(table);
    bench.job(Workbench.JOB.replace("format: csv, path: rows.csv", "format: parquet, path: table"));

    Set<String> inputs = new LinkedHashSet<>();
    for (int run = 1; run <= MOST_RUNS && inputs.isEmpty(); run++) {
      List<JsonNode> events = eventsOfTraining();
      inputs.addAll(datasets(events, "inputs"));
      assertThat(datasets(events, "outputs")).isEmpty();
      assertThat(events)
          .extracting(event -> event.path("eventType").asText())
          .startsWith("START")
          .endsWith("COMPLETE");
      assertThat(events)
          .extracting(event -> event.at("/run/facets/spark_jobDetails/jobDescription").asText())
          .contains("Evenstep small: pack", "Evenstep small: train, attempt 1");
    }
    assertThat(inputs).containsExactly("file " + table);
  }

  @Test
  void doesNotSeeTextFiles() throws IOException {
    assertThat(datasets(eventsOfTraining(), "inputs")).noneMatch(name -> name.contains("rows"));
  }

  private List<JsonNode> eventsOfTraining() throws IOException {
    Path lineage = bench.path("lineage.json");
    Files.deleteIfExists(lineage);
    FileUtil.fullyDelete(bench.path("runs").toFile()); // with its pack
    List<String> settings = new ArrayList<>(List.of("--master", "local[2]"));
    for (String setting :
        List.of(
            "spark.extraListeners=io.openlineage.spark.agent.OpenLineageSparkListener",
            "spark.openlineage.transport.type=file",
            "spark.openlineage.transport.location=" + lineage,
            "spark.openlineage.namespace=evenstep",
            "spark.sql.files.maxPartitionBytes=1024")) {
      settings.addAll(List.of("--conf", setting));
    }
    Ended ended = bench.apart().train(settings.toArray(String[]::new));
    assertThat(ended.code()).as("%s%s", ended.err(), ended.log()).isZero();
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(lineage)) {
      events.add(new ObjectMapper().readTree(line));
    }
    return events;
  }

  private static Set<String> datasets(List<JsonNode> events, String side) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode event : events) {
      for (JsonNode dataset : event.path(side)) {
        names.add(dataset.path("namespace").asText() + " " + dataset.path("name").asText());
      }
    }
    return names;
  }
}
