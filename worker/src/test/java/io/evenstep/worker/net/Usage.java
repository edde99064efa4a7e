package io.evenstep.worker.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What this JVM holds once it has settled. A direct buffer is freed some time after the collection
 * that found it, by its own thread; a socket is freed after its event loop has seen its end.
 *
 * @param heapBytes bytes in use
 * @param directBytes bytes of direct buffers
 * @param files open files, including sockets
 */
public record Usage(long heapBytes, long directBytes, long files) {
  private static final int READINGS = 100;
  private static final int CALM = 3; // readings in a row
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Measures once {@link #CALM} collections in a row have freed nothing more. */
  public static Usage settled() {
    Usage last = now();
    for (int i = 0, calm = 0; i < READINGS && calm < CALM; i++) {
      LockSupport.parkNanos(PAUSE.toNanos());
      Usage next = now();
      calm = next.directBytes < last.directBytes || next.files < last.files ? 0 : calm + 1;
      last = next;
    }
    return last;
  }

  private static Usage now() {
    System.gc();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    UnixOperatingSystemMXBean system =
        (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Usage(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        direct,
        system.getOpenFileDescriptorCount());
  }
}
