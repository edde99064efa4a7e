package io.evenstep.worker.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Forwards the messages of one direction of a connection and applies the faults to them. It reads
 * until the sender has closed, whatever happens to the receiver. So a pump that does not end
 * reveals a sender that does not close.
 */
final class Pump implements Runnable {
  private static final long MOST_SECONDS = 120;
  private static final int BEAT_BYTES = 28;
  private static final int TYPE_OFFSET = 2;
  private static final int BEAT_TYPE = 6;
  private static final Set<FrameFault.Kind> HARMLESS_TO_BEATS =
      EnumSet.of(FrameFault.Kind.DROP, FrameFault.Kind.DUPLICATE, FrameFault.Kind.SWAP);

  private final MessageReader in;
  private final Socket receiver;
  private final OutputStream out;
  private final Link link;
  private final Deque<FrameFault> faults; // by message
  private final Consumer<FrameFault> struck;
  private final CountDownLatch over;
  private Optional<byte[]> held = Optional.empty();
  private boolean deaf; // the receiver gets nothing more
  private volatile int messages;

  /**
   * A pump for one direction.
   *
   * @param faults faults of this direction, ordered by message
   * @param struck called with each fault as it happens
   * @param over counted down when the attempt is over and nothing may be held back any longer
   */
  Pump(
      MessageReader in,
      Socket receiver,
      Link link,
      List<FrameFault> faults,
      Consumer<FrameFault> struck,
      CountDownLatch over)
      throws IOException {
    this.in = in;
    this.receiver = receiver;
    this.out = receiver.getOutputStream();
    this.link = link;
    this.faults = new ArrayDeque<>(faults);
    this.struck = struck;
    this.over = over;
  }

  /** The number of messages so far. */
  int messages() {
    return messages;
  }

  @Override
  public void run() {
    try {
      int index = 0;
      for (byte[] message = in.next(); message.length > 0; message = in.next()) {
        carry(index++, message);
        messages = index;
      }
      if (!deaf) {
        receiver.shutdownOutput();
      }
    } catch (IOException expected) { // reset by a rank or by a fault: nothing more will come
      link.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carry(int index, byte[] message) throws IOException, InterruptedException {
    FrameFault next = faults.peek();
    if (next == null || next.message() > index || wouldNotMatter(next, message)) {
      forward(message, message.length);
      forwardHeld();
      return;
    }
    struck.accept(faults.remove());
    strike(next, message);
  }

  /** A lost or additional heartbeat changes nothing, so the fault waits for the next message. */
  private static boolean wouldNotMatter(FrameFault fault, byte[] message) {
    return message.length == BEAT_BYTES
        && message[TYPE_OFFSET] == BEAT_TYPE
        && HARMLESS_TO_BEATS.contains(fault.kind());
  }

  private void strike(FrameFault fault, byte[] message) throws InterruptedException {
    switch (fault.kind()) {
      case DROP -> {}
      case DELAY -> {
        deaf |= over.await(fault.delayMillis(), TimeUnit.MILLISECONDS);
        forward(message, message.length);
      }
      case DUPLICATE -> {
        forward(message, message.length);
        forward(message, message.length);
      }
      case SWAP -> held = Optional.of(message);
      case TRUNCATE -> forward(message, fault.position(message.length));
      case CUT -> {
        forward(message, fault.position(message.length));
        link.close();
      }
      case FLIP -> {
        int bit = fault.bit(message.length);
        message[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        forward(message, message.length);
      }
      case RESET -> link.reset();
      case SILENCE -> deaf = true;
      case FREEZE -> {
        deaf = true;
        over.await(MOST_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private void forwardHeld() {
    held.ifPresent(message -> forward(message, message.length));
    held = Optional.empty();
  }

  private void forward(byte[] message, int bytes) {
    if (!deaf) {
      try {
        out.write(message, 0, bytes);
      } catch (IOException expected) { // the receiver has left
        deaf = true;
      }
    }
  }
}
