package io.evenstep.driver.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.driver.event.RunEnd;
import io.evenstep.driver.event.RunStart;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import io.evenstep.model.network.table.LayerFacts;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.progress.ProgressEvent;
import io.evenstep.worker.train.WorkerReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON that is embedded in a report page. */
public final class PageData {
  /** Version of this layout. */
  static final int VERSION = 1;

  /** Maximum number of epochs, plus a few special ones. */
  private static final int MOST_EPOCHS = 1_000;

  private static final Pattern EMBEDDED =
      Pattern.compile("id=\"data\">\\s*(.*?)\\s*</script>", Pattern.DOTALL);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> STEP_COLUMNS =
      List.of(
          "step",
          "epoch",
          "seconds",
          "loss",
          "least",
          "most",
          "rate",
          "learningRate",
          "gradientNorm",
          "updateRatio");

  private PageData() {}

  /**
   * The data of a run at one moment.
   *
   * @param card facts about its rows
   */
  static ObjectNode of(RunStart start, RunRecord.Snapshot now, Optional<JsonNode> card) {
    ObjectNode page = JSON.createObjectNode();
    Optional<JsonNode> result = now.end().map(PageData::result);
    page.put("version", VERSION);
    page.put("state", state(now, result));
    now.failure().ifPresent(reason -> page.put("reason", reason));
    page.put("at", now.at().toString());
    page.put("seconds", Numbers.brief(now.seconds()));
    page.set("run", run(start));
    result.ifPresent(known -> page.set("result", known));
    page.set("steps", steps(now));
    page.set("layers", layers(start, now));
    page.set(
        "epochs",
        thinned(now.end().map(PageData::epochs).orElseGet(() -> epochs(now.course().epochs()))));
    page.set("ranks", now.end().map(PageData::ranks).orElseGet(() -> ranks(now.times())));
    page.set("timeline", timeline(now));
    now.end().ifPresent(end -> page.set("test", TestData.of(start, end)));
    card.ifPresent(known -> page.set("data", known));
    page.set("network", network(start));
    page.set("config", ConfigLines.of(start.job().describe()));
    page.set("environment", Environment.describe());
    return page;
  }

  /**
   * The data that a page holds, as {@link PageTemplate} has put them there.
   *
   * @throws DataException when it holds none
   */
  public static JsonNode inPage(String html) {
    Matcher data = EMBEDDED.matcher(html);
    if (!data.find()) {
      throw new DataException("Cannot read report.html: there are no data in it");
    }
    try {
      return JSON.readTree(data.group(1));
    } catch (JsonProcessingException e) {
      throw new DataException("Cannot read report.html: " + Reason.of(e), e);
    }
  }

  private static JsonNode result(RunEnd end) {
    try {
      return JSON.readTree(end.resultJson());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The run's report is JSON", e);
    }
  }

  private static String state(RunRecord.Snapshot now, Optional<JsonNode> result) {
    return result
        .map(known -> known.path("status").asText())
        .orElse(now.failure().isPresent() ? "failed" : "running");
  }

  private static ObjectNode run(RunStart start) {
    ObjectNode run = JSON.createObjectNode();
    run.put("id", start.runId());
    run.put("name", start.job().name());
    run.put("folder", start.folder().toUri().getPath());
    run.put("engine", start.network().engine());
    run.put("parameters", start.network().parameters());
    run.put("workers", start.workers());
    run.put("shards", start.job().training().batches().shards());
    run.put("batch", start.job().training().batches().rows());
    run.put("epochs", start.job().training().epochs());
    run.put("steps", start.job().training().steps(start.pack().index().train().rows()));
    start
        .job()
        .training()
        .stopping()
        .ifPresent(stopping -> run.put("stoppingMetric", stopping.metric()));
    return run;
  }

  private static ObjectNode steps(RunRecord.Snapshot now) {
    ObjectNode steps = JSON.createObjectNode();
    for (int column = 0; column < STEP_COLUMNS.size(); column++) {
      int of = column;
      ArrayNode numbers = steps.putArray(STEP_COLUMNS.get(column));
      now.course().steps().forEach(row -> Numbers.add(numbers, row[of]));
    }
    return steps;
  }

  private static ObjectNode layers(RunStart start, RunRecord.Snapshot now) {
    ObjectNode layers = JSON.createObjectNode();
    ArrayNode steps = layers.putArray("step");
    now.course().layers().forEach(row -> Numbers.add(steps, row[0]));
    int count = now.course().layers().isEmpty() ? 0 : now.course().layers().get(0).length - 1;
    List<String> names =
        start.network().layers().stream()
            .filter(layer -> layer.parameters() > 0)
            .map(layer -> layer.name() + " " + layer.type())
            .toList();
    ArrayNode ratios = layers.putArray("ratios");
    for (int i = 0; i < count; i++) {
      ObjectNode layer = ratios.addObject();
      layer.put("name", names.size() == count ? names.get(i) : "layer " + i);
      ArrayNode numbers = layer.putArray("ratio");
      for (double[] row : now.course().layers()) {
        Numbers.add(numbers, row[i + 1]);
      }
    }
    return layers;
  }

  private static ArrayNode epochs(List<ProgressEvent.EpochDone> known) {
    ArrayNode epochs = JSON.createArrayNode();
    for (ProgressEvent.EpochDone each : known) {
      addEpoch(epochs, each.epoch(), each.step(), each.loss(), each.validation())
          .put("best", each.best());
    }
    return epochs;
  }

  /** Includes those of earlier processes. */
  private static ArrayNode epochs(RunEnd end) {
    WorkerReport report = end.first();
    ArrayNode epochs = JSON.createArrayNode();
    long stepsPerEpoch = report.course().steps() / Math.max(1, report.course().epochs());
    for (int epoch = 0; epoch < report.history().epochLosses().size(); epoch++) {
      addEpoch(
              epochs,
              epoch,
              (epoch + 1) * stepsPerEpoch,
              report.history().epochLosses().get(epoch),
              report.history().epochValidations().get(epoch))
          .put("best", epoch == report.course().bestEpoch());
    }
    return epochs;
  }

  /** As many epochs as a chart can show, including the best ones and the last. */
  private static ArrayNode thinned(ArrayNode epochs) {
    int stride = (epochs.size() + MOST_EPOCHS - 1) / MOST_EPOCHS;
    ArrayNode kept = JSON.createArrayNode();
    int best = -1;
    for (int i = 0; i < epochs.size(); i++) {
      best = epochs.get(i).path("best").asBoolean() ? i : best;
    }
    for (int i = 0; i < epochs.size(); i++) {
      if (i % stride == 0 || i == best || i == epochs.size() - 1) {
        kept.add(epochs.get(i));
      }
    }
    return kept;
  }

  private static ObjectNode addEpoch(
      ArrayNode epochs, int epoch, long step, double loss, Map<String, Double> validation) {
    ObjectNode line = epochs.addObject();
    line.put("epoch", epoch + 1);
    line.put("step", step);
    Numbers.put(line, "loss", loss);
    ObjectNode metrics = line.putObject("validation");
    new TreeMap<>(validation).forEach((name, value) -> Numbers.put(metrics, name, value));
    return line;
  }

  private static ArrayNode ranks(List<ProgressEvent.RankTimes> times) {
    ArrayNode ranks = JSON.createArrayNode();
    for (ProgressEvent.RankTimes each : times) {
      addRank(ranks, each.rank(), each.milliseconds());
    }
    return ranks;
  }

  private static ArrayNode ranks(RunEnd end) {
    ArrayNode ranks = JSON.createArrayNode();
    for (WorkerReport each : end.reports()) {
      addRank(ranks, each.rank(), each.timing().clockMillis());
    }
    return ranks;
  }

  private static void addRank(ArrayNode ranks, int rank, Map<Phase, Double> milliseconds) {
    ObjectNode line = ranks.addObject();
    line.put("rank", rank);
    ObjectNode phases = line.putObject("milliseconds");
    for (Phase phase : Phase.values()) {
      String name = phase.name().toLowerCase(Locale.ROOT);
      Numbers.put(phases, name, milliseconds.getOrDefault(phase, 0.0));
    }
  }

  private static ArrayNode timeline(RunRecord.Snapshot now) {
    ArrayNode timeline = JSON.createArrayNode();
    for (Timeline.Entry each : now.timeline()) {
      ObjectNode entry = timeline.addObject();
      Numbers.put(entry, "seconds", each.seconds());
      entry.put("step", each.step());
      entry.put("kind", each.kind().name().toLowerCase(Locale.ROOT));
      entry.put("text", each.text());
    }
    return timeline;
  }

  private static ArrayNode network(RunStart start) {
    ArrayNode network = JSON.createArrayNode();
    for (LayerFacts each : start.network().layers()) {
      ObjectNode layer = network.addObject();
      layer.put("name", each.name());
      layer.put("type", each.type());
      layer.put("from", String.join(", ", each.from()));
      layer.put("shape", each.shape());
      layer.put("parameters", each.parameters());
      layer.put("activation", each.activation());
    }
    return network;
  }
}
