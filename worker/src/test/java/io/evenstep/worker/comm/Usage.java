package io.evenstep.worker.comm;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this JVM holds, after a collection.
 *
 * @param heapBytes in use
 * @param directBytes of direct buffers
 * @param files open, sockets included
 */
public record Usage(long heapBytes, long directBytes, long files) {
  /** As it is now. */
  public static Usage now() {
    for (int i = 0; i < 3; i++) {
      System.gc(); // [a buffer is freed by a thread that a collection wakes]
    }
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
