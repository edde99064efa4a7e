package io.evenstep.worker.mesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a few ranks as threads of this JVM, with real sockets between them. */
public final class Ranks {
  /** What one rank does. */
  public interface Task<T> {
    T run(int rank, Rendezvous rendezvous) throws Exception;
  }

  private Ranks() {}

  /** Runs all ranks at once and returns what they return, by rank. */
  public static <T> List<T> run(int worldSize, Task<T> task) throws Exception {
    return run(worldSize, Duration.ofSeconds(60), task);
  }

  /** Runs all ranks at once, with a time limit for each, and returns what they return, by rank. */
  public static <T> List<T> run(int worldSize, Duration limit, Task<T> task) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> each : start(worldSize, task)) {
      try {
        results.add(each.get(limit.toSeconds(), TimeUnit.SECONDS));
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
    return results;
  }

  /** Starts all ranks; each one's result or failure is in its future. */
  public static <T> List<Future<T>> start(int worldSize, Task<T> task) {
    ExecutorService threads = Executors.newFixedThreadPool(worldSize);
    InMemory meeting = new InMemory(worldSize);
    List<Future<T>> futures = new ArrayList<>();
    for (int rank = 0; rank < worldSize; rank++) {
      int self = rank;
      Callable<T> call = () -> task.run(self, meeting.seat(self));
      futures.add(threads.submit(call));
    }
    threads.shutdown();
    return futures;
  }

  /** Whether a message has the address where a rank listens, and not its process. */
  public static boolean isAddress(String message) {
    return message.contains(":");
  }

  /** The port of an address that ranks exchange. */
  public static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private static final class InMemory {
    private final CyclicBarrier barrier;
    private final List<String> messages = new ArrayList<>();

    InMemory(int worldSize) {
      barrier = new CyclicBarrier(worldSize);
      for (int rank = 0; rank < worldSize; rank++) {
        messages.add("");
      }
    }

    Rendezvous seat(int rank) {
      return new Rendezvous() {
        @Override
        public String host() {
          return "127.0.0.1";
        }

        @Override
        public List<String> allGather(String message) {
          synchronized (messages) {
            messages.set(rank, message);
          }
          await();
          synchronized (messages) {
            return List.copyOf(messages);
          }
        }
      };
    }

    private void await() {
      try {
        barrier.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException("Not all ranks came to the rendezvous", e);
      }
    }
  }
}
