package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.ScheduleSpec;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.progress.ProgressEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of a process does not grow with the number of steps. */
class FlatMemoryTest {
  private static final long MIB = 1 << 20;
  private static final int STEPS = 10_000;
  private static final int WARM = 3_000; // steps after which Java has compiled most methods

  @TempDir Path folder;

  /**
   * Usage after a garbage collection.
   *
   * @param resident resident bytes of the process
   * @param direct bytes of direct buffers
   * @param pointers bytes owned by native pointers
   * @param handles number of open files and sockets
   */
  private record Held(long resident, long direct, long pointers, long handles) {
    static Held now() {
      System.gc();
      System.gc(); // native memory is freed with the objects that the first collection found
      return new Held(
          residentBytes(),
          ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .filter(pool -> pool.getName().equals("direct"))
              .mapToLong(BufferPoolMXBean::getMemoryUsed)
              .sum(),
          Pointer.totalBytes(),
          openFiles());
    }

    static Held of(String line) {
      String[] words = line.split(" ");
      return new Held(
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]));
    }

    void print() {
      System.out.printf(Locale.ROOT, "held %d %d %d %d%n", resident, direct, pointers, handles);
    }
  }

  /** Runs in its own process, whose heap is resident from the start. */
  @Test
  @Tag("slow")
  void isFlatOverTenThousandSteps() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FlatMemoryTest.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(1, TimeUnit.MINUTES)).as("ended in time").isTrue();
    assertThat(child.exitValue()).as(out).isZero();

    List<Held> held = out.lines().filter(line -> line.startsWith("held ")).map(Held::of).toList();
    assertThat(held).as(out).hasSize(2);
    Held warm = held.get(0);
    Held end = held.get(1);
    assertThat(end.resident).as("resident").isLessThan(warm.resident + 8 * MIB);
    assertThat(end.direct).as("direct").isLessThan(warm.direct + MIB);
    assertThat(end.pointers).as("pointers").isLessThan(warm.pointers + MIB);
    assertThat(end.handles).as("handles").isLessThanOrEqualTo(warm.handles + 3);
  }

  /** Trains two ranks in this process and prints its memory after warm-up and at the end. */
  public static void main(String[] args) throws Exception {
    TestRun run = new TestRun(Path.of(args[0]));
    run.batch = 8; // 26 steps per epoch
    run.epochs = STEPS / 26 + 1;
    run.networks =
        () ->
            Learners.of(
                Networks.build(
                    MLP, DataShape.of(Shape.of(TestPack.INPUTS), Shape.of(1), Task.REGRESSION)),
                Clipping.NONE,
                EngineChoice.STEP);
    WorkerProcess process = new WorkerProcess();
    run.processes = rank -> process;
    AtomicInteger measured = new AtomicInteger();
    run.listener =
        event -> {
          long due = measured.get() == 0 ? WARM : STEPS;
          if (event instanceof ProgressEvent.EpochDone done && done.step() >= due) {
            Held.now().print();
            measured.incrementAndGet();
          }
        };
    Ranks.run(2, Duration.ofMinutes(3), run.rank(2));
  }

  private static long residentBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long openFiles() {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final NetworkSpec MLP =
      new NetworkSpec(
          new NetworkSpec.Named("mlp", Map.of("hidden", List.of(64, 32))),
          Optional.empty(),
          Optional.empty(),
          "xavier",
          new LayerDefaults("relu", 0.2),
          new NetworkSpec.Penalties(0, 1e-4, 0),
          new NetworkSpec.Updates(
              Optional.of(new OptimizerSpec("adam", 0.001, Map.of())),
              new ScheduleSpec("constant", 0, 100, Map.of()),
              Clipping.NONE),
          3);
}
