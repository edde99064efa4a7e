package io.evenstep.driver.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.event.RunEnd;
import io.evenstep.driver.event.RunListener;
import io.evenstep.driver.event.RunStart;
import io.evenstep.driver.plot.ConfusionFigure;
import io.evenstep.driver.plot.FigureFiles;
import io.evenstep.model.ConfigException;
import io.evenstep.model.network.table.LayerFacts;
import io.evenstep.worker.progress.ProgressEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events for TensorBoard to {@code tensorboard/} in the run's folder: losses by step, other
 * measurements, metrics by epoch and at the end, distributions of weights, the confusion matrix,
 * the settings. Each process of a run writes its own file.
 */
public final class TensorBoard implements RunListener {
  /** The folder inside a run's folder. */
  public static final String FOLDER = "tensorboard";

  private static final Logger log = LoggerFactory.getLogger(TensorBoard.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InstantSource clock;
  private Optional<EventFile> file = Optional.empty();
  private Optional<FSDataOutputStream> out = Optional.empty();
  private List<String> layers = List.of();
  private long step;
  private List<String> classes = List.of();
  private boolean ended;

  /** Opens a file when the run starts. */
  public TensorBoard(InstantSource clock) {
    this.clock = clock;
  }

  /** An action that writes to a file. */
  private interface Work {
    void on(EventFile events, Instant at) throws IOException;
  }

  @Override
  public void runBegins(RunStart start) {
    Instant now = clock.instant();
    String name = String.format(Locale.ROOT, "events.out.tfevents.%d.evenstep", now.toEpochMilli());
    Path path = new Path(new Path(start.folder(), FOLDER), name);
    classes = start.pack().index().encoding().classes();
    layers =
        start.network().layers().stream()
            .filter(layer -> layer.parameters() > 0)
            .map(LayerFacts::name)
            .toList();
    try {
      FSDataOutputStream opened = start.files().create(path, true);
      out = Optional.of(opened);
      EventFile events = new EventFile(opened, now);
      file = Optional.of(events);
      JsonNode settings = JSON.readTree(start.job().toJson()).path("settings");
      events.value(now, 0, SummaryValues.sessionStart(settings, start.runId(), now));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path, e);
    }
  }

  @Override
  public void progress(ProgressEvent event) {
    if (event instanceof ProgressEvent.StepDone done) {
      write((events, at) -> add(events, at, done));
    } else if (event instanceof ProgressEvent.StepMeasured measured) {
      write((events, at) -> add(events, at, measured));
    } else if (event instanceof ProgressEvent.WeightsSeen weights) {
      write((events, at) -> add(events, at, weights));
    } else if (event instanceof ProgressEvent.EpochDone epoch) {
      step = epoch.step();
      write((events, at) -> add(events, at, epoch.step(), epoch.validation()));
      flush();
    } else if (event instanceof ProgressEvent.Resumed resumed) {
      step = resumed.step();
      write((events, at) -> events.restart(at, resumed.step() + 1));
    }
  }

  private void add(EventFile events, Instant at, ProgressEvent.StepDone done) throws IOException {
    if (done.step() <= step) {
      events.restart(at, 1); // the run started again; nothing was resumed
    }
    step = done.step();
    for (ProgressEvent.LossPoint point : done.losses()) {
      events.scalar(at, point.step(), "train/loss", point.loss());
    }
    events.scalar(at, done.step(), "train/examplesPerSecond", done.examplesPerSecond());
  }

  private void add(EventFile events, Instant at, ProgressEvent.StepMeasured measured)
      throws IOException {
    if (!Double.isNaN(measured.learningRate())) {
      events.scalar(at, measured.step(), "optimizer/learningRate", measured.learningRate());
    }
    events.scalar(at, measured.step(), "optimizer/gradientNorm", measured.gradientNorm());
    events.scalar(at, measured.step(), "optimizer/updateRatio", measured.updateRatio());
    List<Double> ratios = measured.layerRatios();
    for (int i = 0; i < ratios.size(); i++) {
      String layer = layers.size() == ratios.size() ? layers.get(i) : Integer.toString(i);
      events.scalar(at, measured.step(), "updateRatio/" + layer, ratios.get(i));
    }
  }

  private void add(EventFile events, Instant at, ProgressEvent.WeightsSeen weights)
      throws IOException {
    for (int i = 0; i < weights.layers().size(); i++) {
      String layer = layers.size() == weights.layers().size() ? layers.get(i) : Integer.toString(i);
      events.value(
          at, weights.step(), SummaryValues.histogram("weights/" + layer, weights.layers().get(i)));
    }
  }

  private static void add(EventFile events, Instant at, long step, Map<String, Double> metrics)
      throws IOException {
    for (Map.Entry<String, Double> each : metrics.entrySet()) {
      events.scalar(at, step, each.getKey().replaceFirst("\\.", "/"), each.getValue());
    }
  }

  @Override
  public void runEnds(RunEnd end) {
    long last = end.first().course().steps();
    write((events, at) -> add(events, at, last, end.first().scores().test()));
    write((events, at) -> events.value(at, last, SummaryValues.sessionEnd(true, at)));
    ended = true;
    addConfusion(end.first().scores().testConfusion(), last);
    close();
  }

  private void addConfusion(List<List<Long>> counts, long last) {
    if (counts.isEmpty() || classes.size() > ConfusionFigure.MOST_CLASSES) {
      return;
    }
    try {
      byte[] png = FigureFiles.png(ConfusionFigure.of(classes, counts));
      write((events, at) -> events.value(at, last, SummaryValues.image("test/confusion", png)));
    } catch (ConfigException e) {
      log.info("TensorBoard gets no picture of the confusion matrix: {}", e.getMessage());
    }
  }

  @Override
  public void runFails(String reason) {
    if (!ended) {
      write((events, at) -> events.value(at, step, SummaryValues.sessionEnd(false, at)));
    }
  }

  private void write(Work work) {
    file.ifPresent(
        events -> {
          try {
            work.on(events, clock.instant());
          } catch (IOException e) {
            throw new UncheckedIOException("Cannot write events for TensorBoard", e);
          }
        });
  }

  /** Makes the events visible to an open TensorBoard, if the file system supports it. */
  private void flush() {
    out.ifPresent(
        opened -> {
          try {
            opened.hflush();
          } catch (IOException e) {
            throw new UncheckedIOException("Cannot write events for TensorBoard", e);
          }
        });
  }

  @Override
  public void close() {
    Optional<EventFile> open = file;
    file = Optional.empty();
    out = Optional.empty();
    open.ifPresent(
        events -> {
          try {
            events.close();
          } catch (IOException e) {
            throw new UncheckedIOException("Cannot write events for TensorBoard", e);
          }
        });
  }
}
