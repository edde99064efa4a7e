package io.evenstep.worker.train;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.metric.RowPicks;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.feed.BlockReader;
import io.evenstep.worker.feed.SequentialReader;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.progress.StoppedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Metrics of a split, evaluated by all workers together. The split is cut into as many parts as
 * there are shards and merged in their order, so every rank gets the same bits for any number of
 * workers.
 */
final class SplitEvaluation {
  private final Communicator world;
  private final Scorer scorer;
  private final BlockReader reader;
  private final RecordDecoder decoder;
  private final Supplier<Evaluator> evaluators;
  private final int parts;
  private final StopSign stop;

  SplitEvaluation(
      Communicator world,
      Scorer scorer,
      BlockReader reader,
      RecordDecoder decoder,
      Supplier<Evaluator> evaluators,
      int parts,
      StopSign stop) {
    this.world = world;
    this.scorer = scorer;
    this.reader = reader;
    this.decoder = decoder;
    this.evaluators = evaluators;
    this.parts = parts;
    this.stop = stop;
  }

  /**
   * What the rows of a split came to.
   *
   * @param metrics by name; none when there are no rows
   * @param confusion [actual class][predicted class] rows; empty where there are no classes
   * @param detail what there is to see besides
   */
  record Figures(Map<String, Double> metrics, List<List<Long>> confusion, TestDetail detail) {}

  /**
   * Metrics by name, each after {@code prefix.}; none when there are no rows.
   *
   * @throws StoppedException when this rank is asked to stop
   */
  Map<String, Double> of(String prefix, PackSplit split) {
    return split.rows() == 0 ? Map.of() : evaluated(split, Optional.empty()).metrics(prefix);
  }

  /** Metrics by name, each after {@code prefix.}, the confusion matrix, and picked rows. */
  Figures figures(String prefix, PackSplit split) {
    if (split.rows() == 0) {
      return new Figures(Map.of(), List.of(), TestDetail.NONE);
    }
    Optional<RowPicks> picks = evaluators.get().picks();
    Evaluator whole = evaluated(split, picks);
    TestDetail detail =
        new TestDetail(
            world.rank() == 0 ? whole.curves() : List.of(), // the same on all ranks
            whole.calibration(),
            picks.map(RowPicks::wrong).orElse(List.of()),
            picks.map(RowPicks::sample).orElse(List.of()));
    return new Figures(whole.metrics(prefix), whole.confusion(), detail);
  }

  /** All ranks' rows together; this rank's own are shown to {@code picks}. */
  private Evaluator evaluated(PackSplit split, Optional<RowPicks> picks) {
    SequentialReader rows = new SequentialReader(split, reader, decoder);
    List<byte[]> own = new ArrayList<>();
    int end = Shares.firstShard(world.rank() + 1, parts, world.worldSize());
    for (int part = Shares.firstShard(world.rank(), parts, world.worldSize()); part < end; part++) {
      Evaluator evaluator = evaluators.get();
      RowCount count = new RowCount(split.rows() * part / parts);
      rows.read(part, parts, batch -> add(evaluator, batch, count, picks));
      own.add(evaluator.toBytes());
    }
    Evaluator whole = evaluators.get();
    world.allGather(join(own)).forEach(ofRank -> split(ofRank).forEach(whole::merge));
    return whole;
  }

  private void add(Evaluator evaluator, MiniBatch batch, RowCount count, Optional<RowPicks> picks) {
    stop.check();
    long first = count.next;
    evaluator.add(scorer, batch, said -> picks.ifPresent(chosen -> chosen.add(first, batch, said)));
    count.next += batch.rows();
  }

  /** The number of the next row of a split. */
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
