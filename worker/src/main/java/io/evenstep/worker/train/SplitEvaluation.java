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
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Metrics of a split, evaluated by all ranks of all hosts together. The split is divided into as
 * many parts as there are shards, and the parts are merged in order, so every rank gets the same
 * bits for any number of workers.
 */
final class SplitEvaluation {
  private static final TestDetail NO_FIGURES = TestDetail.of(List.of(), List.of(), List.of());

  private final Communicator world;
  private final HostRanks host;
  private final List<RankScorer> scorers; // by member
  private final Supplier<Evaluator> evaluators;
  private final int parts;
  private final StopSign stop;
  private final Reporter reporter;

  SplitEvaluation(
      Communicator world,
      HostRanks host,
      List<RankScorer> scorers,
      Supplier<Evaluator> evaluators,
      int parts,
      Reporter reporter) {
    this.world = world;
    this.host = host;
    this.scorers = List.copyOf(scorers);
    this.evaluators = evaluators;
    this.parts = parts;
    this.stop = host.lead().stop();
    this.reporter = reporter;
  }

  /** The same evaluation with other evaluators. */
  SplitEvaluation with(Supplier<Evaluator> others) {
    return new SplitEvaluation(world, host, scorers, others, parts, reporter);
  }

  /** One rank's reader and scorer. */
  record RankScorer(Scorer scorer, BlockReader reader, RecordDecoder decoder) {}

  /**
   * The evaluation of a split.
   *
   * @param metrics by name; empty when there are no rows
   * @param confusion the confusion matrix, [actual class][predicted class]; empty when there are no
   *     classes
   * @param details further details, by rank of this host and output
   */
  record Figures(
      Map<String, Double> metrics, List<List<Long>> confusion, List<List<TestDetail>> details) {}

  /**
   * Metrics by name, each prefixed by {@code prefix.}; empty when there are no rows.
   *
   * @throws StoppedException when this rank is asked to stop
   */
  Map<String, Double> of(String prefix, PackSplit split) {
    return split.rows() == 0 ? Map.of() : whole(prefix, split).metrics(prefix);
  }

  /**
   * The evaluator of all rows of a split, on all hosts.
   *
   * @param name of the split, for progress
   */
  Evaluator whole(String name, PackSplit split) {
    return evaluated(name, split, Collections.nCopies(host.size(), List.of()));
  }

  /** Metrics by name, each prefixed by {@code prefix.}, the confusion matrix, and picked rows. */
  Figures figures(String prefix, PackSplit split) {
    if (split.rows() == 0) {
      return new Figures(Map.of(), List.of(), Collections.nCopies(host.size(), List.of()));
    }
    List<List<RowPicks>> picks = new ArrayList<>();
    scorers.forEach(rank -> picks.add(evaluators.get().picks()));
    Evaluator whole = evaluated(prefix, split, picks);
    List<TestDetail> all = whole.details();
    List<List<TestDetail>> details =
        IntStream.range(0, host.size())
            .mapToObj(member -> withRows(world.rank() == 0 && member == 0, all, picks.get(member)))
            .toList();
    return new Figures(whole.metrics(prefix), whole.confusion(), details);
  }

  /**
   * Details with the rows that a rank has picked. What is the same on all ranks comes from the
   * first one only.
   */
  private static List<TestDetail> withRows(
      boolean isFirst, List<TestDetail> all, List<RowPicks> picks) {
    return IntStream.range(0, Math.min(all.size(), picks.size()))
        .mapToObj(
            i ->
                (isFirst ? all.get(i) : NO_FIGURES)
                    .with(picks.get(i).wrong(), picks.get(i).sample()))
        .toList();
  }

  /** Evaluates all ranks' rows together, and shows each rank's own rows to its {@code picks}. */
  private Evaluator evaluated(String name, PackSplit split, List<List<RowPicks>> picks) {
    List<List<byte[]>> own = new ArrayList<>(); // by member
    scorers.forEach(rank -> own.add(new ArrayList<>()));
    reporter.evaluationBegins();
    host.crew()
        .each(
            Phase.OTHER,
            member -> {
              RowCount count = count(member, name, split.rows());
              score(member, split, count, picks.get(member), own.get(member));
            });
    Evaluator whole = evaluators.get();
    List<byte[]> all = own.stream().flatMap(List::stream).toList();
    world.allGather(join(all)).forEach(ofHost -> split(ofHost).forEach(whole::merge));
    return whole;
  }

  /** Counts the rows of a rank. Only the lead reports. */
  private RowCount count(int member, String name, long rows) {
    Shares shares = host.shares(parts, 0);
    long first = rows * shares.firstShardOf(host.place(member)) / parts;
    long end = rows * shares.firstShardOf(host.place(member) + 1) / parts;
    return new RowCount(
        first,
        next -> {
          if (member == 0) {
            reporter.evaluating(name, next - first, end - first, rows);
          }
        });
  }

  private void score(
      int member, PackSplit split, RowCount count, List<RowPicks> picks, List<byte[]> own) {
    RankScorer rank = scorers.get(member);
    SequentialReader rows = new SequentialReader(split, rank.reader(), rank.decoder());
    Shares shares = host.shares(parts, 0);
    int end = shares.firstShardOf(host.place(member) + 1);
    for (int part = shares.firstShardOf(host.place(member)); part < end; part++) {
      Evaluator evaluator = evaluators.get();
      count.next = split.rows() * part / parts;
      rows.read(part, parts, batch -> add(rank.scorer(), evaluator, batch, count, picks));
      own.add(evaluator.toBytes());
    }
  }

  private void add(
      Scorer scorer, Evaluator evaluator, MiniBatch batch, RowCount count, List<RowPicks> picks) {
    stop.check();
    long first = count.next;
    evaluator.add(scorer, batch, said -> picks.forEach(chosen -> chosen.add(first, batch, said)));
    count.add(batch.rows());
  }

  /** The index of the next row of a split, which a watcher is told. */
  private static final class RowCount {
    private final LongConsumer watcher;
    private long next;

    RowCount(long first, LongConsumer watcher) {
      this.next = first;
      this.watcher = watcher;
    }

    void add(int rows) {
      next += rows;
      watcher.accept(next);
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
