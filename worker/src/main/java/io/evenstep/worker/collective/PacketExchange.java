package io.evenstep.worker.collective;

import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.mesh.Transport;
import io.evenstep.worker.net.FrameHeader;
import io.evenstep.worker.net.FrameType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Gives every rank the packets of all ranks, step after step. Packets may have other lengths in
 * each step and on each rank. Its memory outside the heap is kept from one exchange to the next,
 * because that is slow to allocate.
 */
public final class PacketExchange {
  /** The longest packet. */
  public static final long MOST_BYTES = 256L << 20;

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final Transport transport;
  private final LongSupplier numbers;
  private final List<ByteBuffer> rooms; // by rank
  private ByteBuffer mine = NOTHING;

  /**
   * An exchange without memory yet.
   *
   * @param numbers counts the exchanges of a communicator
   */
  PacketExchange(Transport transport, LongSupplier numbers) {
    this.transport = transport;
    this.numbers = numbers;
    this.rooms = new ArrayList<>(Collections.nCopies(transport.worldSize(), NOTHING));
  }

  /** Memory for this rank's next packet, at most {@link #MOST_BYTES}; its content is undefined. */
  public ByteBuffer packet(int bytes) {
    mine = room(transport.rank(), bytes);
    return mine.duplicate();
  }

  /**
   * Exchanges the packets.
   *
   * @return the packets by rank; valid until the next call of {@link #packet}
   * @throws RankLostException when a peer is gone, silent past the limit, or sends too much
   */
  public List<ByteBuffer> exchange() {
    long number = numbers.getAsLong();
    int length = mine.remaining();
    List<Transport.Receipt> sizes = new ArrayList<>();
    for (int peer = 0; peer < transport.worldSize(); peer++) {
      if (peer != transport.rank()) {
        transport.send(peer, header(FrameType.SIZE, number, 0, length), NOTHING);
        transport.send(peer, header(FrameType.PART, number, length, 0), mine);
        sizes.add(transport.post(peer, header(FrameType.SIZE, number, 0, 0), NOTHING));
      }
    }
    List<ByteBuffer> packets = new ArrayList<>();
    for (int peer = 0; peer < transport.worldSize(); peer++) {
      boolean isMine = peer == transport.rank();
      packets.add(isMine ? mine.duplicate() : receive(peer, number, sizes.remove(0).await()));
    }
    transport.flush();
    return packets;
  }

  private ByteBuffer receive(int peer, long number, double size) {
    if (!(size >= 0 && size <= MOST_BYTES)) {
      String reason = "Invalid gather: must be at most " + MOST_BYTES + " bytes, got " + size;
      throw new RankLostException(transport.rank(), transport.step(), peer, reason, null);
    }
    ByteBuffer room = room(peer, (int) size);
    transport.post(peer, header(FrameType.PART, number, (int) size, 0), room).await();
    return room.duplicate();
  }

  private ByteBuffer room(int rank, int bytes) {
    ByteBuffer room = rooms.get(rank);
    if (room.capacity() < bytes) {
      room = ByteBuffer.allocateDirect(bytes + bytes / 4); // the next one may be a little longer
      rooms.set(rank, room);
    }
    return room.slice(0, bytes);
  }

  private static FrameHeader header(FrameType type, long number, int length, double value) {
    return FrameHeader.of(type, 0, number, 0, length, value);
  }
}
