package io.evenstep.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.event.AttemptStart;
import io.evenstep.driver.event.RunStart;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Missing;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.Unseen;
import io.evenstep.model.data.pack.PackIndex;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.network.table.LayerFacts;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.progress.ProgressEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class PageDataTest {
  private static final int STEPS = 100_000;
  private static final int STEPS_PER_EPOCH = 100;
  private static final int LAYERS = 60;
  private static final int RANKS = 64;
  private static final int MOST_BYTES = 1_500_000;

  private final RunRecord record = new RunRecord(InstantSource.fixed(Instant.EPOCH));

  @Test
  void aLongRunsPageIsSmall() {
    train(STEPS);

    String page = PageTemplate.page("long", page().toString());

    assertThat(page.length()).isLessThan(MOST_BYTES);
  }

  @Test
  void aRunThatGoesOnIsShownAsFarAsItIs() {
    record.attemptBegins(new AttemptStart(1, RANKS, 1, new SyncPlan.AllReduce()));
    train(10);

    ObjectNode page = page();

    assertThat(page.path("state").asText()).isEqualTo("running");
    assertThat(page.has("result")).isFalse();
    assertThat(page.path("steps").path("loss")).hasSize(10);
    assertThat(page.path("ranks")).hasSize(RANKS);
    assertThat(page.path("ranks").get(3).path("milliseconds").path("wait").asDouble())
        .isEqualTo(30);
    assertThat(page.path("layers").path("ratios")).hasSize(LAYERS);
    JsonNode none = page.path("steps").path("learningRate").get(0);
    assertThat(none.isNull()).as("what is no number is null").isTrue();
  }

  @Test
  void aFailedRunSaysWhy() {
    train(3);
    record.runFails("every attempt lost a worker, 3 in all");

    assertThat(page().path("state").asText()).isEqualTo("failed");
    assertThat(page().path("reason").asText()).contains("lost a worker");
  }

  private void train(int steps) {
    for (int step = 1; step <= steps; step++) {
      double loss = 1.0 / step + 1e-7 * step;
      int epoch = (step - 1) / STEPS_PER_EPOCH;
      List<ProgressEvent.LossPoint> losses = List.of(new ProgressEvent.LossPoint(step, loss));
      record.progress(
          new ProgressEvent.StepDone(step, epoch, step * 64L, loss, 12_345.678, losses));
      record.progress(
          new ProgressEvent.StepMeasured(
              step, Double.NaN, Math.sqrt(step), 1e-3, Collections.nCopies(LAYERS, loss)));
      if (step % STEPS_PER_EPOCH == 0) {
        record.progress(new ProgressEvent.CheckpointSaved(step, 0.123));
        record.progress(
            new ProgressEvent.EpochDone(epoch, step, loss, Map.of("validation.loss", loss), false));
      }
    }
    for (int rank = 0; rank < RANKS; rank++) {
      record.progress(
          new ProgressEvent.RankTimes(rank, steps, Map.of(Phase.WAIT, 10.0 * rank), 1 << 20));
    }
  }

  private ObjectNode page() {
    return PageData.of(start(), record.snapshot(), Optional.empty());
  }

  private static RunStart start() {
    Segment column =
        new Segment(
            Segment.Kind.NUMBER,
            List.of("x", "y"),
            List.of(),
            Storage.F32,
            List.of(),
            Scaling.NONE);
    TensorEncoding input = new TensorEncoding("features", List.of(2L), List.of(column));
    Encoding encoding =
        new Encoding(Encoding.VERSION, List.of(input), List.of(), Missing.REFUSE, 0, Unseen.REFUSE);
    PackSplit none = new PackSplit(0, List.of());
    PackIndex.Gaps whole = new PackIndex.Gaps(0, Map.of());
    PackIndex index = new PackIndex("key", encoding, none, none, none, whole, List.of(), List.of());
    String job =
        "data: {format: csv, path: rows.csv, label: y}\nmodel: {name: logistic}\n"
            + "training: {batch: 16, epochs: 1000}";
    List<LayerFacts> layers =
        IntStream.range(0, LAYERS)
            .mapToObj(i -> new LayerFacts("" + i, "DenseLayer", List.of(), "7", 56, "relu"))
            .toList();
    return new RunStart(
        "long",
        JobConfig.parse(job, "job.yaml", "/", Overrides.NONE),
        local(),
        new Path("/runs/long"),
        new Pack(new Path("/packs/key"), index, false),
        new RunStart.NetworkFacts("step", 1_000, layers),
        RANKS,
        false);
  }

  private static FileSystem local() {
    try {
      return FileSystem.getLocal(new Configuration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
