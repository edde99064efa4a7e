package io.evenstep.worker.train;

import io.evenstep.worker.checkpoint.Position;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.cost.SyncChoice;
import io.evenstep.worker.evaluation.Deciding;
import io.evenstep.worker.evaluation.Evaluator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The end of an attempt: restores the right parameters, evaluates them, saves the model and
 * reports.
 */
final class AttemptEnd {
  private final TrainingPlan plan;
  private final RunState state;
  private final Communicator world;
  private final HostRanks host;
  private final SplitEvaluation evaluation;
  private final Deciding deciding;
  private final Keeper keeper;
  private final Journal journal;
  private boolean restored; // to an earlier epoch

  AttemptEnd(
      TrainingPlan plan,
      RunState state,
      Communicator world,
      HostRanks host,
      SplitEvaluation evaluation,
      Deciding deciding,
      Keeper keeper,
      Journal journal) {
    this.plan = plan;
    this.state = state;
    this.world = world;
    this.host = host;
    this.evaluation = evaluation;
    this.deciding = deciding;
    this.keeper = keeper;
    this.journal = journal;
  }

  /**
   * What this attempt took.
   *
   * @param start where it began
   * @param seconds in the training loop
   * @param bytesPerStep bytes written to sockets by this host, on average
   * @param lowerBoundBytesPerStep the least possible
   * @param sync how replicas were kept in agreement
   */
  record Cost(
      Position start,
      double seconds,
      double bytesPerStep,
      double lowerBoundBytesPerStep,
      SyncChoice sync) {}

  /** The metrics of the final parameters, and where they are saved. */
  private record Result(
      Map<String, Double> validation,
      SplitEvaluation.Figures test,
      WorkerReport.Learned learned,
      WorkerReport.FinalModel model) {}

  /** The reports of this host's ranks. */
  List<WorkerReport> finish(Cost cost, Map<String, Double> lastValidation) {
    List<Map<Phase, Double>> clockMillis =
        host.crew().clocks().stream().map(StepClock::milliseconds).toList();
    Map<String, Double> validation = lastValidation;
    if (bestIsEarlier()) {
      keeper.saveModel("model-last.zip");
      restored = restoreBest();
      validation = restored ? Map.of() : lastValidation;
    }
    WorkerReport.Learned learned = learned();
    SplitEvaluation last = evaluation;
    if (!learned.decisions().isEmpty()) {
      last = evaluation.with(deciding.with().apply(learned.decisions()));
      validation = Map.of();
    }
    if (validation.isEmpty()) {
      validation = last.of("validation", plan.data().validation());
    }
    SplitEvaluation.Figures test = last.figures("test", plan.data().test());
    String file = keeper.saveModel("model.zip");
    String sha256 = state.learner().parameters().sha256();
    Result result =
        new Result(validation, test, learned, new WorkerReport.FinalModel(sha256, file));
    return IntStream.range(0, host.size())
        .mapToObj(member -> report(member, cost, clockMillis.get(member), result))
        .toList();
  }

  /** All ranks learn the same. */
  private WorkerReport.Learned learned() {
    if (!deciding.plan().learns() || plan.data().validation().rows() == 0) {
      return WorkerReport.Learned.NOTHING;
    }
    Evaluator whole =
        evaluation.with(deciding.learning()).whole("validation", plan.data().validation());
    return new WorkerReport.Learned(
        whole.learned(deciding.plan()), new TreeMap<>(whole.metrics("validation")));
  }

  /** Rank 0 reads the best epoch's checkpoint and sends it to all; false when there is none. */
  private boolean restoreBest() {
    boolean read = world.rank() == 0 && keeper.restoreBest(journal);
    boolean there = world.allGather(new byte[read ? 1 : 0]).get(0).length == 1;
    if (there) {
      List<Integer> others = IntStream.range(1, world.worldSize()).boxed().toList();
      state.handOut(world, 0, others);
    }
    return there;
  }

  private WorkerReport report(
      int member, Cost cost, Map<Phase, Double> clockMillis, Result result) {
    return new WorkerReport(
        host.seats().get(member).rank(),
        host.seating().hosts().size(),
        course(cost),
        timing(cost, clockMillis),
        new WorkerReport.History(
            journal.epochLosses(),
            world.rank() == 0 && member == 0 ? journal.stepLosses() : List.of(),
            journal.epochValidations()),
        new WorkerReport.Scores(
            new TreeMap<>(result.validation),
            new TreeMap<>(result.test.metrics()),
            result.test.confusion(),
            result.test.details().get(member),
            result.learned),
        new WorkerReport.BytesPerStep(
            cost.bytesPerStep() / host.size(),
            cost.lowerBoundBytesPerStep() / host.size(),
            cost.sync().report()),
        result.model);
  }

  private WorkerReport.Course course(Cost cost) {
    return new WorkerReport.Course(
        journal.step(),
        journal.examples(),
        journal.epoch(),
        restored ? journal.bestEpoch() : journal.epoch() - 1,
        journal.stopped(),
        cost.start().step());
  }

  private WorkerReport.Timing timing(Cost cost, Map<Phase, Double> clockMillis) {
    double stepMillis =
        clockMillis.entrySet().stream()
            .filter(entry -> entry.getKey() != Phase.OTHER)
            .mapToDouble(Map.Entry::getValue)
            .sum();
    long examples = journal.examples() - cost.start().examples();
    return new WorkerReport.Timing(
        cost.seconds(), examples * 1e3 / Math.max(1e-3, stepMillis), clockMillis);
  }

  private boolean bestIsEarlier() {
    return plan.stopping().enabled()
        && journal.bestEpoch() >= 0
        && journal.bestEpoch() != journal.epoch() - 1;
  }
}
