package io.evenstep.worker.feed;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.ShardPlan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one rank, step by step and epoch by epoch. One thread reads, decodes and augments
 * them ahead.
 *
 * <p>Holds at most {@code prefetchBytes}, half of it encoded rows in the windows of the own shards
 * and half decoded rows (but always at least one record per shard and one step), plus one block per
 * shard. A window has {@code prefetchBytes / 2 / shards / recordBytes} rows, whatever the number of
 * ranks.
 */
public final class TrainingFeed implements AutoCloseable {
  /**
   * What is fed.
   *
   * @param split the rows
   * @param shards how they are cut
   * @param rank whose they are
   * @param order the order in which they are taken
   */
  public record Request(
      PackSplit split, ShardPlan shards, int rank, int epochs, long seed, RowOrder order) {}

  private static final long RELIEF_BYTES = 64 << 20;
  private static final long AUGMENTATION = -2; // not a window's index, so no other key is equal

  private final Request request;
  private final ShardPlan plan;
  private final BlockReader reader;
  private final RecordDecoder decoder;
  private final Augmenter augmenter;
  private final int windowRows;
  private final PrefetchQueue<StepRows> queue;
  private final Thread thread;
  private long bytesSinceRelief; // belongs to the thread

  private TrainingFeed(
      Request request,
      BlockReader reader,
      RecordDecoder decoder,
      Augmenter augmenter,
      Limits limits,
      long firstStep,
      String name) {
    this.request = request;
    this.plan = request.shards;
    this.reader = reader;
    this.decoder = decoder;
    this.augmenter = augmenter;
    long windowBytes = limits.prefetchBytes() / 2 / plan.shards();
    this.windowRows = (int) Math.max(1, windowBytes / reader.recordBytes());
    this.queue = new PrefetchQueue<>(limits.prefetchBytes() / 2, limits.read());
    this.thread = new Thread(() -> queue.fill(() -> produce(firstStep)), name);
    this.thread.setDaemon(true);
  }

  /**
   * Starts to read ahead from a global step on; nothing before it is read or decoded.
   *
   * @param decoder used only by the feed's thread
   * @param augmenter used only by the feed's thread; its key comes from the seed, the global step
   *     and the shard
   */
  public static TrainingFeed start(
      Request request,
      BlockReader reader,
      RecordDecoder decoder,
      Augmenter augmenter,
      Limits limits,
      long firstStep,
      String name) {
    TrainingFeed feed =
        new TrainingFeed(request, reader, decoder, augmenter, limits, firstStep, name);
    feed.thread.start();
    return feed;
  }

  /**
   * The next step's rows, or the next part of them; empty after the last epoch.
   *
   * @throws io.evenstep.model.DataException when rows could not be read
   */
  public Optional<StepRows> next() {
    return queue.take();
  }

  @Override
  public void close() {
    queue.close(thread);
  }

  private void produce(long firstStep) throws InterruptedException {
    long stepsPerEpoch = plan.stepsPerEpoch();
    long step = firstStep;
    while (step < stepsPerEpoch * request.epochs) {
      produceEpoch((int) (step / stepsPerEpoch), step % stepsPerEpoch, step);
      step += stepsPerEpoch - step % stepsPerEpoch;
    }
  }

  private void produceEpoch(int epoch, long firstWithin, long firstStep)
      throws InterruptedException {
    EpochOrder order = new EpochOrder(request.split, plan, request.seed, epoch, request.order);
    EpochRows rows = rows(order, firstWithin);
    long steps = plan.stepsPerEpoch();
    for (long within = firstWithin; within < steps; within++) {
      long step = firstStep + within - firstWithin;
      int rowsOfStep = plan.rowsOfBatch(within / plan.segments());
      StepRows whole = new StepRows(step, epoch, rowsOfStep, within == steps - 1, true, List.of());
      if (plan.pieces() == 1) {
        put(whole, shards(rows, within, step));
      } else {
        putPieces(whole, rows, within);
      }
    }
  }

  /** Enqueues each piece separately, so that at most one piece's rows are held at a time. */
  private void putPieces(StepRows whole, EpochRows source, long within)
      throws InterruptedException {
    List<StepRows.Shard> held = List.of(); // until it is known whether more follow
    for (int shard = firstShard(); shard < endShard(); shard++) {
      int pieces = plan.piecesOf(plan.rowsOf(shard, within / plan.segments()));
      for (int piece = 0; piece < pieces; piece++) {
        if (!held.isEmpty()) {
          put(whole.part(), held);
        }
        held = List.of(piece(source, within, whole.step(), shard, piece, pieces));
      }
    }
    put(whole, held);
  }

  private void put(StepRows part, List<StepRows.Shard> shards) throws InterruptedException {
    long bytes = shards.stream().mapToLong(shard -> shard.rows().heldBytes()).sum();
    queue.put(part.with(shards), bytes);
    relieveMemory(bytes);
  }

  private EpochRows rows(EpochOrder order, long firstWithin) {
    return request.order == RowOrder.STORED
        ? new StoredRows(order, reader)
        : new ShuffledRows(
            order, reader, firstShard(), endShard(), windowRows, firstWithin / plan.segments());
  }

  private int firstShard() {
    return plan.firstShard(request.rank);
  }

  private int endShard() {
    return plan.firstShard(request.rank + 1);
  }

  private void relieveMemory(long bytes) {
    bytesSinceRelief += bytes;
    if (bytesSinceRelief > RELIEF_BYTES) {
      NativeRuntime.relieveMemory();
      bytesSinceRelief = 0;
    }
  }

  private List<StepRows.Shard> shards(EpochRows source, long within, long step) {
    List<StepRows.Shard> shards = new ArrayList<>();
    for (int shard = firstShard(); shard < endShard(); shard++) {
      if (plan.rowsOf(shard, within / plan.segments()) > 0) {
        shards.add(piece(source, within, step, shard, 0, 1));
      }
    }
    return shards;
  }

  private StepRows.Shard piece(
      EpochRows source, long within, long step, int shard, int piece, int pieces) {
    long batchIndex = within / plan.segments();
    int rows = ShardPlan.rowsOf(piece, plan.rowsOf(shard, batchIndex), pieces);
    ByteBuffer records =
        ByteBuffer.allocate(rows * reader.recordBytes()).order(ByteOrder.LITTLE_ENDIAN);
    source.take(shard, batchIndex, rows, records);
    MiniBatch batch = decoder.decode(records.flip(), rows, (int) (within % plan.segments()));
    long key =
        pieces == 1
            ? RandomKey.of(request.seed, step, shard, AUGMENTATION)
            : RandomKey.of(request.seed, step, shard, AUGMENTATION, piece);
    return new StepRows.Shard(shard, piece, pieces, augmenter.augment(batch, key));
  }
}
