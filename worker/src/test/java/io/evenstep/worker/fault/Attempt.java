package io.evenstep.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.worker.fault.FrameFault.Way;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.train.WorkerProcess;
import io.evenstep.worker.train.WorkerReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One attempt of all ranks through a firewall. It must end in time, with reports or with named
 * errors, and leave nothing behind. Call it on a thread in its own thread group.
 */
final class Attempt {
  /** A rank that takes longer counts as hanging. Far more than all limits of a rank together. */
  private static final long HANG_SECONDS = 60;

  private final List<WorkerReport> reports = new ArrayList<>();
  private final List<RankLostException> losses = new ArrayList<>();
  private final Firewall firewall;
  private final List<SmallNetwork> networks; // by rank

  private Attempt(Firewall firewall, SmallTraining.Setup setup) {
    this.firewall = firewall;
    this.networks =
        Stream.generate(() -> new SmallNetwork(setup.length())).limit(setup.ranks()).toList();
  }

  /**
   * Runs all ranks to the end.
   *
   * @param processes by rank
   */
  static Attempt run(
      SmallTraining training,
      SmallTraining.Setup setup,
      Limits limits,
      List<WorkerProcess> processes,
      Path output,
      List<FrameFault> faults)
      throws Exception {
    Firewall firewall = new Firewall(faults);
    Attempt attempt = new Attempt(firewall, setup);
    List<Future<WorkerReport>> ranks =
        Ranks.start(
            setup.ranks(),
            (rank, rendezvous) ->
                training.run(
                    setup,
                    limits,
                    output,
                    attempt.networks.get(rank),
                    processes.get(rank),
                    rank,
                    firewall.guard(rank, rendezvous)));
    for (int rank = 0; rank < ranks.size(); rank++) {
      attempt.takeOutcome(rank, ranks);
    }
    firewall.end();
    requireNoThreads();
    return attempt;
  }

  private void takeOutcome(int rank, List<Future<WorkerReport>> ranks) throws Exception {
    try {
      reports.add(ranks.get(rank).get(HANG_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      throw new AssertionError("Rank " + rank + " hangs:" + stacks(), e);
    } catch (ExecutionException e) {
      assertThat(e.getCause())
          .as("what rank " + rank + " ended with")
          .isInstanceOfSatisfying(RankLostException.class, loss -> requireNamed(loss, rank));
      losses.add((RankLostException) e.getCause());
    }
  }

  private void requireNamed(RankLostException loss, int rank) {
    assertThat(loss.rank()).as(loss.getMessage()).isEqualTo(rank);
    assertThat(loss.peer())
        .as(loss.getMessage())
        .isBetween(0, networks.size() - 1)
        .isNotEqualTo(rank);
    assertThat(loss).message().doesNotContain("null").matches("Rank \\d at step \\d: lost .*: .+");
    networks
        .get(rank)
        .lastStep()
        .ifPresent(last -> assertThat(loss.step()).as(loss.getMessage()).isBetween(last, last + 1));
  }

  /** Whether all ranks succeeded. */
  boolean done() {
    return losses.isEmpty();
  }

  /** The reports of the ranks that succeeded. */
  List<WorkerReport> reports() {
    return reports;
  }

  /** The errors of the ranks that failed. */
  List<RankLostException> losses() {
    return losses;
  }

  List<FrameFault> struck() {
    return firewall.struck();
  }

  /** How many messages each rank sent to each other rank, including handshakes. */
  Map<Way, Integer> messages() {
    return firewall.messages();
  }

  private static void requireNoThreads() {
    assertThat(threads())
        .as("threads left")
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("evenstep-") || name.startsWith("firewall-"));
  }

  private static List<Thread> threads() {
    Thread[] threads = new Thread[1000];
    int count = Thread.currentThread().getThreadGroup().enumerate(threads, true);
    return Arrays.asList(threads).subList(0, count);
  }

  private static String stacks() {
    StringBuilder text = new StringBuilder();
    for (Thread thread : threads()) {
      text.append("\n").append(thread);
      for (StackTraceElement frame : thread.getStackTrace()) {
        text.append("\n    at ").append(frame);
      }
    }
    return text.toString();
  }
}
