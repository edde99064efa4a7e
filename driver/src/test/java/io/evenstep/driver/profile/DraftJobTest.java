package io.evenstep.driver.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.data.pack.Preview;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.profile.sniff.CsvSniffer;
import io.evenstep.driver.profile.sniff.FileHead;
import io.evenstep.driver.profile.sniff.FoundSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drafted job is accepted without edits, whatever the table. */
class DraftJobTest {
  private static final DraftRequest REQUEST =
      new DraftRequest(
          "odd", List.of("rows.csv"), List.of("rows.csv"), "the label", Optional.empty());

  @TempDir Path folder;

  /** Without Spark: passes the table's cells to the sketch as a reader would. */
  private static String draft(RandomTable table) {
    FoundSource source =
        CsvSniffer.sniff(
            List.of("rows.csv"),
            FileHead.of(table.csv().getBytes(StandardCharsets.UTF_8), true),
            Optional.of("the label"));
    TableSketch sketch = new TableSketch(table.header.size(), table.header.size() - 1);
    table.rows.forEach(row -> sketch.add(row.toArray()));
    return DraftJob.job(REQUEST, Profiler.profile(source, table.header, sketch));
  }

  private JobConfig parse(String job) {
    return JobConfig.parse(job, "job.yaml", folder.toString(), Overrides.of(Map.of(), Map.of()));
  }

  @Test
  void isAcceptedForFiveHundredOddTables() {
    for (long seed = 0; seed < 500; seed++) {
      RandomTable table = new RandomTable(seed);
      String job = draft(table);
      assertThatCode(() -> parse(job)).as("seed %d%n%s", seed, job).doesNotThrowAnyException();
      DataSpec data = parse(job).data();
      assertThat(data.sources().train().header())
          .as("header, seed %d%n%s", seed, table.csv())
          .isTrue();
      assertThat(table.header)
          .as("seed %d", seed)
          .containsAll(data.features().columns().stream().map(feature -> feature.name()).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void canBePackedAsItStands(long seed) throws IOException {
    Files.writeString(folder.resolve("rows.csv"), new RandomTable(seed).csv());
    DraftRequest request =
        new DraftRequest(
            "odd",
            List.of(folder.resolve("rows.csv").toString()),
            List.of("rows.csv"),
            "the label",
            Optional.empty());
    String job = DraftJob.run(request, SparkTest.session()).job();

    Preview preview =
        Packer.preview(
            Reading.in(PinnedSession.of(SparkTest.session())),
            parse(job).data(),
            new org.apache.hadoop.fs.Path(folder.resolve("packs").toUri()));

    assertThat(preview.trainRows()).as(job).isPositive();
    assertThat(preview.testRows()).as(job).isPositive();
  }
}
