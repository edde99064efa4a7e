package io.evenstep.driver.track;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.config.MlflowConfig;
import io.evenstep.driver.event.RunEnd;
import io.evenstep.driver.event.RunListener;
import io.evenstep.driver.event.RunStart;
import io.evenstep.model.Reason;
import io.evenstep.worker.progress.ProgressEvent;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks a run in MLflow: settings as params, losses and metrics, and the model and its description
 * as artifacts. If the server does not answer, it is retried at intervals, and metrics are buffered
 * up to a limit.
 */
public final class Mlflow implements RunListener {
  private static final Logger log = LoggerFactory.getLogger(Mlflow.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PACE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(15); // after a failure
  private static final int MOST_WAITING = 20_000;
  private static final List<String> ARTIFACTS =
      List.of("model.zip", "report.html", "config.json", "history.csv", "steps.csv");

  private final MlflowServer server;
  private final MlflowConfig config;
  private final InstantSource clock;
  private final List<MlflowMetric> waiting = new ArrayList<>();
  private Optional<RunStart> start = Optional.empty();
  private Optional<MlflowRun> run = Optional.empty();
  private Optional<MlflowRun> parent = Optional.empty();
  private long nextMillis; // next time to send metrics
  private boolean failed;

  /**
   * Tracks a run.
   *
   * @param environment may have credentials
   */
  public Mlflow(MlflowConfig config, Map<String, String> environment, InstantSource clock) {
    this.server = new MlflowServer(config.uri(), environment);
    this.config = config;
    this.clock = clock;
  }

  /** A call to the server. */
  private interface Telling {
    void to(MlflowRun run) throws IOException;
  }

  @Override
  public void runBegins(RunStart begun) {
    start = Optional.of(begun);
    tell(run -> {});
  }

  @Override
  public void progress(ProgressEvent event) {
    if (event instanceof ProgressEvent.StepDone done) {
      done.losses().forEach(point -> add("train.step.loss", point.loss(), point.step()));
      add("examplesPerSecond", done.examplesPerSecond(), done.step());
    } else if (event instanceof ProgressEvent.StepMeasured measured) {
      add("learningRate", measured.learningRate(), measured.step());
      add("gradientNorm", measured.gradientNorm(), measured.step());
      add("updateRatio", measured.updateRatio(), measured.step());
    } else if (event instanceof ProgressEvent.EpochDone epoch) {
      add("train.loss", epoch.loss(), epoch.step());
      epoch.validation().forEach((name, value) -> add(name, value, epoch.step()));
    }
    if (clock.millis() >= nextMillis) {
      tell(this::send);
    }
  }

  private void add(String name, double value, long step) {
    if (Double.isFinite(value) && waiting.size() < MOST_WAITING) {
      waiting.add(new MlflowMetric(name, value, clock.millis(), step));
    }
  }

  private void send(MlflowRun to) throws IOException {
    to.log(waiting);
    waiting.clear();
  }

  @Override
  public void runEnds(RunEnd end) {
    end.first()
        .scores()
        .test()
        .forEach((name, value) -> add(name, value, end.first().course().steps()));
    tell(
        to -> {
          send(to);
          to.upload("result.json", end.resultJson().getBytes(StandardCharsets.UTF_8));
          for (String name : ARTIFACTS) {
            upload(to, name);
          }
          end(to, "FINISHED");
        });
  }

  /** Ends the run, and the run it is nested in until another one continues that. */
  private void end(MlflowRun ended, String status) throws IOException {
    ended.end(status, clock.millis());
    if (parent.isPresent()) {
      parent.get().end("FINISHED", clock.millis());
    }
  }

  private void upload(MlflowRun to, String name) throws IOException {
    RunStart begun = start.orElseThrow();
    try (InputStream in = begun.files().open(new Path(begun.folder(), name))) {
      to.upload(name, in.readAllBytes());
    } catch (FileNotFoundException e) {
      log.debug("No {} for MLflow", name, e);
    }
  }

  @Override
  public void runFails(String reason) {
    tell(
        to -> {
          send(to);
          to.tag("evenstep.reason", reason);
          end(to, "FAILED");
        });
  }

  /** Calls the server. If it cannot be reached, logs that once and retries later. */
  private void tell(Telling telling) {
    try {
      if (run.isEmpty()) {
        run = Optional.of(open(start.orElseThrow()));
      }
      telling.to(run.get());
      failed = false;
      nextMillis = clock.millis() + PACE.toMillis();
    } catch (IOException | UncheckedIOException e) {
      nextMillis = clock.millis() + PAUSE.toMillis();
      if (!failed) {
        log.warn("Cannot reach MLflow at {}; the run continues: {}", server, Reason.of(e));
      }
      failed = true;
    }
  }

  private MlflowRun open(RunStart begun) throws IOException {
    MlflowExperiment experiment = MlflowExperiment.of(server, config.experiment());
    if (config.parent().isPresent()) {
      parent = Optional.of(experiment.parent(config.parent().get(), clock.millis()));
    }
    MlflowRunFile file = new MlflowRunFile(begun);
    Optional<MlflowRun> earlier =
        begun.goesOn() ? MlflowRun.find(server, file.read()) : Optional.empty();
    MlflowRun opened =
        earlier.isPresent() ? earlier.get() : experiment.create(begun.runId(), clock.millis());
    opened.goesOn();
    if (parent.isPresent()) {
      opened.tag(MlflowExperiment.PARENT, parent.get().id());
    }
    file.write(opened.id());
    opened.params(JSON.readTree(begun.job().toJson()).path("settings"));
    opened.tag("evenstep.engine", begun.network().engine());
    opened.tag("evenstep.folder", begun.folder().toString());
    opened.tag("evenstep.parameters", Long.toString(begun.network().parameters()));
    return opened;
  }
}
