package io.evenstep.worker.net;

import io.evenstep.model.NativeRuntime;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/** One named network thread, joined on close. */
public final class EventLoop implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final EventLoopGroup group;

  /** The log lines of its thread have the context of the thread that makes it. */
  public EventLoop(String name) {
    Map<String, String> context = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
    group =
        new NioEventLoopGroup(
            1,
            task -> {
              Thread thread = new Thread(() -> run(task, context), name);
              thread.setDaemon(true);
              threads.add(thread);
              return thread;
            },
            SelectorProvider.provider(),
            BriefSpin::new);
  }

  public void execute(Runnable task) {
    group.execute(task);
  }

  public EventLoopGroup group() {
    return group;
  }

  private static void run(Runnable loop, Map<String, String> context) {
    MDC.setContextMap(context);
    NativeRuntime.oneThread(); // it adds what arrives
    loop.run();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    try {
      for (Thread thread : threads) {
        thread.join(LIMIT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
