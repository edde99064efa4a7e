package io.evenstep.worker.train;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.metric.RowPicks;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.evaluation.Evaluator;
import io.evenstep.worker.evaluation.TestDetail;
import io.evenstep.worker.feed.BlockReader;
import io.evenstep.worker.feed.SequentialReader;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.progress.StoppedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Metrics of a split, evaluated by all ranks of all hosts together. The split is divided into as
 * many parts as there are shards, and the parts are merged in order, so every rank gets the same
 * bits for any number of workers.
 */
final class SplitEvaluation {
  private final Communicator world;
  private final HostRanks host;
  private final List<RankScorer> scorers; // by member
  private final Supplier<Evaluator> evaluators;
  private final int parts;
  private final StopSign stop;

  SplitEvaluation(
      Communicator world,
      HostRanks host,
      List<RankScorer> scorers,
      Supplier<Evaluator> evaluators,
      int parts,
      StopSign stop) {
    this.world = world;
    this.host = host;
    this.scorers = List.copyOf(scorers);
    this.evaluators = evaluators;
    this.parts = parts;
    this.stop = stop;
  }

  /** The same evaluation with other evaluators. */
  SplitEvaluation with(Supplier<Evaluator> others) {
    return new SplitEvaluation(world, host, scorers, others, parts, stop);
  }

  /** One rank's reader and scorer. */
  record RankScorer(Scorer scorer, BlockReader reader, RecordDecoder decoder) {}

  /**
   * The evaluation of a split.
   *
   * @param metrics by name; empty when there are no rows
   * @param confusion the confusion matrix, [actual class][predicted class]; empty when there are no
   *     classes
   * @param details further details, by rank of this host
   */
  record Figures(
      Map<String, Double> metrics, List<List<Long>> confusion, List<TestDetail> details) {}

  /**
   * Metrics by name, each prefixed by {@code prefix.}; empty when there are no rows.
   *
   * @throws StoppedException when this rank is asked to stop
   */
  Map<String, Double> of(String prefix, PackSplit split) {
    return split.rows() == 0 ? Map.of() : whole(split).metrics(prefix);
  }

  /** The evaluator of all rows of a split, on all hosts. */
  Evaluator whole(PackSplit split) {
    return evaluated(split, Collections.nCopies(host.size(), Optional.empty()));
  }

  /** Metrics by name, each prefixed by {@code prefix.}, the confusion matrix, and picked rows. */
  Figures figures(String prefix, PackSplit split) {
    if (split.rows() == 0) {
      return new Figures(Map.of(), List.of(), Collections.nCopies(host.size(), TestDetail.NONE));
    }
    List<Optional<RowPicks>> picks = new ArrayList<>();
    scorers.forEach(rank -> picks.add(evaluators.get().picks()));
    Evaluator whole = evaluated(split, picks);
    List<TestDetail> details =
        IntStream.range(0, host.size())
            .mapToObj(member -> detail(whole, picks.get(member), member))
            .toList();
    return new Figures(whole.metrics(prefix), whole.confusion(), details);
  }

  private TestDetail detail(Evaluator whole, Optional<RowPicks> picks, int member) {
    boolean first = world.rank() == 0 && member == 0;
    return new TestDetail(
        first ? whole.curves() : List.of(), // the same on all ranks
        whole.calibration(),
        picks.map(RowPicks::wrong).orElse(List.of()),
        picks.map(RowPicks::sample).orElse(List.of()));
  }

  /** Evaluates all ranks' rows together, and shows each rank's own rows to its {@code picks}. */
  private Evaluator evaluated(PackSplit split, List<Optional<RowPicks>> picks) {
    List<List<byte[]>> own = new ArrayList<>(); // by member
    scorers.forEach(rank -> own.add(new ArrayList<>()));
    host.crew()
        .each(Phase.OTHER, member -> score(member, split, picks.get(member), own.get(member)));
    Evaluator whole = evaluators.get();
    List<byte[]> all = own.stream().flatMap(List::stream).toList();
    world.allGather(join(all)).forEach(ofHost -> split(ofHost).forEach(whole::merge));
    return whole;
  }

  private void score(int member, PackSplit split, Optional<RowPicks> picks, List<byte[]> own) {
    RankScorer rank = scorers.get(member);
    SequentialReader rows = new SequentialReader(split, rank.reader(), rank.decoder());
    Shares shares = host.shares(parts, 0);
    int end = shares.firstShardOf(host.place(member) + 1);
    for (int part = shares.firstShardOf(host.place(member)); part < end; part++) {
      Evaluator evaluator = evaluators.get();
      RowCount count = new RowCount(split.rows() * part / parts);
      rows.read(part, parts, batch -> add(rank.scorer(), evaluator, batch, count, picks));
      own.add(evaluator.toBytes());
    }
  }

  private void add(
      Scorer scorer,
      Evaluator evaluator,
      MiniBatch batch,
      RowCount count,
      Optional<RowPicks> picks) {
    stop.check();
    long first = count.next;
    evaluator.add(scorer, batch, said -> picks.ifPresent(chosen -> chosen.add(first, batch, said)));
    count.next += batch.rows();
  }

  /** The index of the next row of a split. */
  private static final class RowCount {
    private long next;

    RowCount(long first) {
      next = first;
    }
  }

  private static byte[] join(List<byte[]> parts) {
    int bytes = parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
    ByteBuffer joined = ByteBuffer.allocate(bytes);
    parts.forEach(part -> joined.putInt(part.length).put(part));
    return joined.array();
  }

  private static List<byte[]> split(byte[] joined) {
    List<byte[]> parts = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(joined);
    while (rest.hasRemaining()) {
      int length = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        throw new BufferUnderflowException();
      }
      byte[] part = new byte[length];
      rest.get(part);
      parts.add(part);
    }
    return parts;
  }
}
