package io.evenstep.worker.sync;

import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.StateSection;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.TimedCrew;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What a host synchronizes: its replicas, and state that is restored before training begins. */
public final class SyncSetup {
  private final SyncPlan plan;
  private final Learner learner;
  private final Shares shares;
  private final Islands islands;
  private final Optional<OuterOptimizer> outer;
  private final SyncState state;

  /**
   * A host's part.
   *
   * @param learner of the host
   * @param learners makes others like it, for further islands
   * @param shares who computes which shards
   * @param host this one
   */
  public SyncSetup(
      SyncPlan plan, Learner learner, Supplier<Learner> learners, Shares shares, int host) {
    this.plan = plan;
    this.learner = learner;
    this.shares = shares;
    List<Learner> all = new ArrayList<>(List.of(learner));
    if (plan instanceof SyncPlan.Averaging) {
      for (int i = shares.firstShard(host) + 1; i < shares.firstShard(host + 1); i++) {
        all.add(learners.get());
      }
    }
    this.islands = new Islands(shares.firstShard(host), all, shares.shards());
    this.outer =
        plan instanceof SyncPlan.Averaging averaging && averaging.outer().sendsChanges()
            ? Optional.of(new OuterOptimizer(averaging.outer(), learner.parameters().length()))
            : Optional.empty();
    this.state = state(host);
  }

  private SyncState state(int host) {
    List<Integer> firstShards =
        IntStream.rangeClosed(0, shares.worldSize()).mapToObj(shares::firstShard).toList();
    List<StateSection> common = outer.map(OuterOptimizer::state).orElse(List.of());
    if (plan instanceof SyncPlan.Sharing sharing) {
      return SharingSync.state(sharing, firstShards, host, learner.parameters().length());
    } else if (plan instanceof SyncPlan.Averaging averaging
        && averaging.islands() > 0
        && !averaging.optimizerState()) {
      List<Region> own = islands.optimizerStates();
      return own.isEmpty()
          ? new SyncState(common)
          : new SyncState(common, "island-optimizer", firstShards, host, own);
    }
    return new SyncState(common);
  }

  /** State besides that of the learner. */
  public SyncState state() {
    return state;
  }

  /** The passes of one rank, by shard. */
  public IntFunction<Pass> passes() {
    if (!(plan instanceof SyncPlan.Averaging)) {
      Pass pass = learner.pass();
      return shard -> pass;
    }
    List<Pass> passes = islands.learners().stream().map(Learner::pass).toList();
    return shard -> passes.get(shard - islands.first());
  }

  /**
   * Begins, with what was restored.
   *
   * @param crew the ranks of this host
   * @param format the format in which numbers are sent
   * @param listening when peers may send sums
   * @param watch looks at each step
   * @param origin says, in words, where a step went wrong; called on all hosts at once
   */
  public SyncStrategy begin(
      Communicator world,
      TimedCrew crew,
      WireFormat format,
      ExactSync.Listening listening,
      StepWatch watch,
      LongFunction<String> origin) {
    if (plan instanceof SyncPlan.Averaging averaging) {
      return new AveragingSync(
          world, islands, averaging, outer, state, format, crew.clocks().get(0), watch);
    } else if (plan instanceof SyncPlan.Sharing sharing) {
      return new SharingSync(world, learner, sharing, shares, state, crew, watch, origin);
    }
    return new ExactSync(world, learner, shares, crew, format, listening, watch, origin);
  }
}
