package io.evenstep.worker.sync;

import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.PacketExchange;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.collective.StepLosses;
import io.evenstep.worker.collective.TimedCrew;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.sharing.Message;
import io.evenstep.worker.sharing.MessageSize;
import io.evenstep.worker.sharing.ShardDecoder;
import io.evenstep.worker.sharing.ShardEncoder;
import io.evenstep.worker.sharing.SparseParts;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Every replica takes the same step, with a sum of sparse messages. Each shard sends the largest
 * entries of its gradient and keeps the rest in its residual. Every host adds the messages of all
 * shards in the order of the shards, so the bits do not depend on who computes which shard.
 */
public final class SharingSync implements SyncStrategy {
  private static final float[] ZEROS = new float[2048];

  private final Communicator world;
  private final Learner learner;
  private final Shares shares;
  private final TimedCrew crew;
  private final CrewUpdate update;
  private final StepWatch watch;
  private final SyncState state;
  private final LongFunction<String> origin;
  private final Divergence divergence;
  private final ShardDecoder decoder;
  private final List<ShardEncoder> encoders = new ArrayList<>(); // by member
  private final List<Region> targets = new ArrayList<>(); // by member
  private final List<Message> messages = new ArrayList<>(); // by own shard
  private final double[] losses; // by own shard
  private final PacketExchange packets;
  private long step;
  private int rows;
  private int present; // shards that have rows
  private boolean stop;
  private boolean settled = true; // except while a step changes residuals and parameters
  private long packetBytes;
  private long packetsSent;

  /**
   * Shares gradients with one replica per host.
   *
   * @param shares who computes which shards
   * @param state the memory of the shards; see {@link ShardEncoder}
   * @param crew the ranks of this host
   * @param watch looks at each step
   * @param origin says, in words, where a step went wrong; called on all hosts at once
   */
  public SharingSync(
      Communicator world,
      Learner learner,
      SyncPlan.Sharing plan,
      Shares shares,
      SyncState state,
      TimedCrew crew,
      StepWatch watch,
      LongFunction<String> origin) {
    this.world = world;
    this.learner = learner;
    this.shares = shares;
    this.state = state;
    this.crew = crew;
    this.watch = watch;
    this.origin = origin;
    this.update = new CrewUpdate(crew, learner);
    this.divergence = new Divergence(crew.crew().rank(0));
    SparseParts parts = parts(learner);
    int own = shares.firstShard(world.rank() + 1) - shares.firstShard(world.rank());
    MessageSize.requireFits(
        plan, parts.length(), parts.vector() - parts.length(), own, PacketExchange.MOST_BYTES);
    this.packets = world.packets();
    this.decoder = new ShardDecoder(plan.method(), parts);
    for (int member = 0; member < crew.size(); member++) {
      encoders.add(new ShardEncoder(plan, parts, shares.shards()));
      targets.add(member == 0 ? learner.gradient() : Region.allocate(learner.gradient().length()));
    }
    for (int shard = 0; shard < own; shard++) {
      messages.add(new Message());
    }
    this.losses = new double[own];
  }

  /** The memory of a host's shards, all zero. */
  public static SyncState state(
      SyncPlan.Sharing plan, List<Integer> firstShards, int host, long length) {
    List<Region> own = new ArrayList<>();
    for (int shard = firstShards.get(host); shard < firstShards.get(host + 1); shard++) {
      own.add(Region.allocate(ShardEncoder.memory(plan.method(), length)));
    }
    return new SyncState(List.of(), "residual", firstShards, host, own);
  }

  private static SparseParts parts(Learner learner) {
    List<Range> statistics =
        learner.statistics().stream().map(each -> new Range(each.from(), each.to())).toList();
    return SparseParts.of(learner.parameters().length(), statistics);
  }

  @Override
  public void begin(long step, int rows) {
    this.step = step;
    this.rows = rows;
    this.present = ShardPlan.present(rows, shares.shards());
    world.at(step);
    messages.forEach(Message::clear);
    settled = false;
  }

  @Override
  public Region target(int member) {
    return targets.get(member);
  }

  @Override
  public void add(int member, int shard, int shardRows, double loss) {
    int own = shard - shares.firstShard(world.rank());
    boolean isFinite =
        Double.isFinite(loss)
            && encoders
                .get(member)
                .encode(targets.get(member), state.of(shard), rows, step, messages.get(own));
    losses[own] = isFinite ? loss : Double.NaN; // stops all ranks at this step
  }

  @Override
  public Optional<StepLosses> finish(long step, int epoch, int rows) {
    Phase before = crew.clocks().get(0).enter(Phase.COMMUNICATE);
    pack();
    Received received = receive(packets.exchange());
    divergence.check(step, received.losses, rows, origin);
    crew.each(Phase.COMMUNICATE, member -> addUp(received.messages, update.ranges().get(member)));
    learner.gradient().written();
    crew.clocks().get(0).enter(before);
    watch.before(rows);
    divergence.naming(step, origin, () -> update.take(step, epoch, rows));
    settled = true;
    watch.after(step, epoch);
    return Optional.of(received.losses);
  }

  /** What all hosts have sent: the messages of all shards with rows, in order. */
  private record Received(List<ByteBuffer> messages, StepLosses losses) {}

  private void pack() {
    int own = Math.max(0, Math.min(messages.size(), present - shares.firstShard(world.rank())));
    int length = Integer.BYTES;
    for (Message message : messages.subList(0, own)) {
      length += MessageSize.AROUND + message.length();
    }
    ByteBuffer packet = packets.packet(length).order(Message.ORDER);
    packet.putInt(stop ? 1 : 0);
    for (int each = 0; each < own; each++) {
      packet.putDouble(losses[each]);
      packet.putInt(messages.get(each).length());
      messages.get(each).writeTo(packet);
    }
    packetBytes += length;
    packetsSent++;
  }

  private Received receive(List<ByteBuffer> received) {
    List<ByteBuffer> all = new ArrayList<>();
    List<StepLosses.Part> parts = new ArrayList<>();
    boolean stops = false;
    double total = 0;
    for (int host = 0; host < received.size(); host++) {
      ByteBuffer bytes = received.get(host).order(Message.ORDER);
      stops |= bytes.getInt() != 0;
      int end = Math.min(present, shares.firstShard(host + 1));
      for (int shard = shares.firstShard(host); shard < end; shard++) {
        double loss = bytes.getDouble();
        int length = bytes.getInt();
        all.add(bytes.slice(bytes.position(), length));
        bytes.position(bytes.position() + length);
        parts.add(new StepLosses.Part(host, shard, 1, loss));
        total += loss;
      }
    }
    return new Received(all, new StepLosses(total, parts, stops));
  }

  private void addUp(List<ByteBuffer> all, Range range) {
    FloatBuffer sum = learner.gradient().bytes().asFloatBuffer();
    for (int at = (int) range.from(); at < range.to(); at += ZEROS.length) {
      sum.put(at, ZEROS, 0, (int) Math.min(ZEROS.length, range.to() - at));
    }
    for (ByteBuffer message : all) {
      decoder.add(message, rows, sum, range);
    }
  }

  @Override
  public Optional<StepLosses> settle(long step) {
    return Optional.empty();
  }

  @Override
  public void askToStop() {
    stop = true;
  }

  /** A host that does not have the residuals of all shards cannot continue for the others. */
  @Override
  public boolean whole() {
    return settled && state.isWhole();
  }

  @Override
  public double lowerBoundBytesPerStep() {
    return packetsSent == 0 ? 0 : (world.worldSize() - 1) * (double) packetBytes / packetsSent;
  }
}
