package io.evenstep.worker.train;

import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.feed.StepRows;
import io.evenstep.worker.feed.TrainingFeed;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.sync.SyncStrategy;
import java.util.List;
import java.util.Optional;

/**
 * What the ranks of a host compute in parallel.
 *
 * @param host the ranks
 * @param ranks the work of each, by member
 */
record HostWork(HostRanks host, List<RankWork> ranks) {
  HostWork {
    ranks = List.copyOf(ranks);
  }

  /** The lead's rows of the next step; empty after the last epoch. */
  Optional<StepRows> next(List<TrainingFeed> feeds) {
    return ranks.get(0).next(feeds.get(0));
  }

  /**
   * Computes all shards of this host; each rank computes its own.
   *
   * @param rows the lead's rows; the others take theirs from their feeds
   */
  void compute(StepRows rows, List<TrainingFeed> feeds, SyncStrategy sync) {
    host.crew().crew().at(rows.step());
    host.crew()
        .each(
            Phase.COMPUTE,
            member -> {
              RankWork rank = ranks.get(member);
              TrainingFeed feed = feeds.get(member);
              rank.compute(member == 0 ? rows : rank.next(feed).orElseThrow(), feed, sync);
            });
  }

  /** Exchanges between hosts the state that each shard passes to the next step. */
  void exchange(long step) {
    host.clock().enter(Phase.COMMUNICATE);
    ranks.get(0).pass().exchange(step);
    host.clock().enter(Phase.OTHER);
  }

  void stepDone() {
    ranks.get(0).pass().stepDone();
  }

  /** What the ranks wait for from here to the next step counts as other things. */
  void rest() {
    host.crew().each(Phase.OTHER, member -> {});
  }

  /** Asks the lead to stop before training is done. */
  StopSign stop() {
    return host.lead().stop();
  }
}
