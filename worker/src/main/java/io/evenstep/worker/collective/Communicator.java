package io.evenstep.worker.collective;

import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.mesh.Meeting;
import io.evenstep.worker.mesh.PeerNotice;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.mesh.Transport;
import io.evenstep.worker.net.FrameHeader;
import io.evenstep.worker.net.FrameType;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.WireFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The collective operations of a run's workers. Every rank must call the same operations in the
 * same order, from one thread. Closing it ends all its threads and connections.
 */
public final class Communicator implements AutoCloseable {
  private static final int COPY_BYTES = 1 << 20;

  private final Transport transport;
  private long gathers;

  Communicator(Transport transport) {
    this.transport = transport;
  }

  /**
   * Connects to the other ranks of the run.
   *
   * @param limits how long to wait: for connections, for a slow peer, and for a silent one
   * @param notices receives notices of slow or silent peers, on any thread
   * @throws RankLostException when a rank does not connect in time
   */
  public static Communicator join(
      Membership me, Rendezvous rendezvous, Limits limits, Consumer<PeerNotice> notices) {
    return new Communicator(Meeting.join(me, rendezvous, limits, notices));
  }

  /** This worker's rank. */
  public int rank() {
    return transport.rank();
  }

  /** How many ranks there are. */
  public int worldSize() {
    return transport.worldSize();
  }

  /** Bytes written to sockets so far, including headers and handshakes. */
  public long bytesSent() {
    return transport.bytesSent();
  }

  /** Sets the global step that errors name. */
  public void at(long step) {
    transport.at(step);
  }

  /**
   * An all-reduce over one vector, for the life of this communicator, when each rank is a host.
   *
   * @param vector [n]; receives the total
   * @param shards how many shards a step has, at least {@link #worldSize()}
   */
  public AllReduce allReduce(Region vector, int shards, StepClock clock) {
    Range whole = new Range(0, vector.length());
    return allReduce(
        vector,
        new Shares(shards, worldSize(), vector.length()),
        TimedCrew.alone(rank(), clock),
        List.of(whole),
        WireFormat.EXACT);
  }

  /**
   * An all-reduce over one vector, for the life of this communicator.
   *
   * @param vector [n]; receives the total
   * @param crew the ranks of this host
   * @param ranges of the vector, one for each rank of this host, in order; together they cover it
   * @param format how sums are written on their way
   */
  public AllReduce allReduce(
      Region vector, Shares shares, TimedCrew crew, List<Range> ranges, WireFormat format) {
    return new AllReduce(
        transport,
        vector,
        shares,
        crew,
        ranges,
        () -> new WireChunks(format.wire(), format.seed()));
  }

  /**
   * Gives every rank the bytes of all ranks, by rank; at most 256 MB each.
   *
   * @throws RankLostException when a peer is gone, silent past the limit, or sends too much
   */
  public List<byte[]> allGather(byte[] part) {
    PacketExchange once = packets();
    once.packet(part.length).put(part);
    return once.exchange().stream().map(Communicator::bytes).toList();
  }

  private static byte[] bytes(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    return bytes;
  }

  /** The same for every step of a run, with memory of its own. */
  public PacketExchange packets() {
    return new PacketExchange(transport, () -> ++gathers);
  }

  /**
   * Copies memory from one rank to others.
   *
   * @param from the rank that has it
   * @param to the ranks that receive it; the others do nothing
   * @param memory direct, from its position to its limit, of the same length on all ranks
   * @throws RankLostException when a peer is gone or silent past the limit
   */
  public void copy(int from, List<Integer> to, ByteBuffer memory) {
    gathers++;
    Transport.@Nullable Receipt last = null;
    for (int at = memory.position(), chunk = 0; at < memory.limit(); chunk++) {
      int length = Math.min(COPY_BYTES, memory.limit() - at);
      FrameHeader header = FrameHeader.of(FrameType.STATE, 0, gathers, chunk, length, 0);
      ByteBuffer part = memory.slice(at, length);
      if (rank() == from) {
        to.forEach(peer -> transport.send(peer, header, part));
      } else if (to.contains(rank())) {
        last = transport.post(from, header, part);
      }
      at += length;
    }
    if (last != null) {
      last.await();
    }
    transport.flush();
  }

  /**
   * Sends frames to all other ranks and receives as many from each, at once, to measure the
   * network. What they contain is lost.
   *
   * @param frame direct; its length is the same on all ranks
   * @param frames how many each rank sends to each other
   * @return seconds that it took
   * @throws RankLostException when a peer is gone or silent past the limit
   */
  public double exchange(ByteBuffer frame, int frames) {
    gathers++;
    long began = System.nanoTime();
    ByteBuffer room = ByteBuffer.allocateDirect(frame.remaining());
    List<Transport.Receipt> last = new ArrayList<>();
    for (int number = 0; number < frames; number++) {
      FrameHeader header =
          FrameHeader.of(FrameType.STATE, 0, gathers, number, frame.remaining(), 0);
      for (int hop = 1; hop < worldSize(); hop++) {
        int peer = (rank() + hop) % worldSize();
        Transport.Receipt receipt = transport.post(peer, header, room);
        transport.send(peer, header, frame);
        if (number == frames - 1) {
          last.add(receipt);
        }
      }
    }
    last.forEach(Transport.Receipt::await);
    transport.flush();
    return (System.nanoTime() - began) / 1e9;
  }

  @Override
  public void close() {
    transport.close();
  }
}
