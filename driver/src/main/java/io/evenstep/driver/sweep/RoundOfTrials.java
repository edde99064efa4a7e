package io.evenstep.driver.sweep;

import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.sweep.Trial.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Trains the trials of one round, several at a time. The first error stops all of them. */
final class RoundOfTrials {
  private final TrialRunner runner;
  private final int epochs;
  private final boolean last;
  private final Progress progress;
  private final StopRequest stop;
  private final List<StopRequest> own = new ArrayList<>(); // one per trial
  private final AtomicInteger done = new AtomicInteger();

  /**
   * A round.
   *
   * @param epochs that each trial has trained by its end
   * @param last whether this is the last round, which trains to the end
   * @param stop of the whole sweep
   */
  RoundOfTrials(TrialRunner runner, int epochs, boolean last, Progress progress, StopRequest stop) {
    this.runner = runner;
    this.epochs = epochs;
    this.last = last;
    this.progress = progress;
    this.stop = stop;
  }

  /** Trains the trials and returns the result of each. */
  Map<Trial, Standing> run(List<Trial> trials, int sideBySide) {
    trials.forEach(trial -> own.add(new StopRequest()));
    AtomicInteger threads = new AtomicInteger();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(sideBySide, trials.size())),
            work -> new Thread(work, "evenstep-trial-" + threads.incrementAndGet()));
    progress.begin("Trials", trials.size());
    try (StopRequest.Hearing hearing = stop.hear(() -> askAll(stop.reason().orElse("request")))) {
      Map<Trial, Future<Standing>> futures = new LinkedHashMap<>();
      for (int i = 0; i < trials.size(); i++) {
        Trial trial = trials.get(i);
        StopRequest ofTrial = own.get(i);
        futures.put(trial, pool.submit(() -> train(trial, ofTrial, trials.size())));
      }
      return standings(futures);
    } finally {
      pool.shutdown(); // all trials have ended
      progress.end();
    }
  }

  private Standing train(Trial trial, StopRequest ofTrial, int all) {
    ofTrial.requireNone("before the trial began");
    Standing standing = runner.train(trial, epochs, last, ofTrial);
    progress.at(
        done.incrementAndGet(),
        standing
            .value()
            .map(value -> String.format(Locale.ROOT, "%s: %.4f", trial.runId(), value))
            .orElse(trial.runId() + " failed"));
    return standing;
  }

  /**
   * Waits for all of them, even if one fails, so that none is still training when the sweep ends.
   */
  private Map<Trial, Standing> standings(Map<Trial, Future<Standing>> futures) {
    Map<Trial, Standing> standings = new LinkedHashMap<>();
    List<RuntimeException> failures = new ArrayList<>();
    futures.forEach(
        (trial, future) -> {
          try {
            standings.put(trial, future.get());
          } catch (ExecutionException e) {
            failures.add(e.getCause() instanceof RuntimeException own ? own : failed(e));
            askAll("the failure of another trial");
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(new IllegalStateException("Interrupted while trials trained", e));
            askAll("an interrupt");
          }
        });
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return standings;
  }

  private static RuntimeException failed(ExecutionException e) {
    return new IllegalStateException("A trial has failed", e.getCause());
  }

  private void askAll(String why) {
    own.forEach(each -> each.ask(why));
  }
}
