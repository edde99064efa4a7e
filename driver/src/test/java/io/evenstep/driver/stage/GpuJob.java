package io.evenstep.driver.stage;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.plan.ClusterPlan;
import io.evenstep.driver.plan.JobPlan;
import io.evenstep.driver.plan.JobSite;
import io.evenstep.driver.plan.WorkerMemory;
import io.evenstep.model.ConfigException;
import io.evenstep.model.network.NetworkSize;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/**
 * The stages of a run in a GPU build, without their computation: packing, two attempts at a barrier
 * stage, the first of which loses a rank, and evaluation.
 */
public final class GpuJob {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private GpuJob() {}

  /**
   * Prints what was seen.
   *
   * @param args a folder to work in, and how many tasks are to pack at once
   */
  public static void main(String[] args) throws IOException {
    run(args);
    System.exit(0); // a barrier stage that lost a rank leaves a timer of Spark's running
  }

  private static void run(String[] args) throws IOException {
    try (SparkSession session = SparkSession.builder().appName("gpus").getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
      ComputeTasks compute = ComputeTasks.of(context.sc(), true);
      int workers = Slots.await(context.sc(), compute, 0, 64, new StopRequest());
      System.out.println("slots of workers: " + workers);
      CardCheck.run(context, compute, workers);
      plan(context, workers);
      plan(context, workers + 1);
      pack(context, Integer.parseInt(args[1]), Path.of(args[0]));
      loseARank(context, compute, workers);
      int ranks = Slots.awaitReplacement(compute, workers, LIMIT, LIMIT, new StopRequest());
      BarrierStage.collect(context, compute, ranks, new Rank(false), String.class)
          .forEach(System.out::println);
      System.out.println("cards of an evaluation: " + evaluate(context, compute));
    } catch (ConfigException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }

  /** What {@code plan} would report about the GPUs. */
  private static void plan(JavaSparkContext context, int workers) {
    JobPlan plan = new JobPlan();
    NetworkSize size = new NetworkSize(0, 0, 0);
    JobSite site = JobSite.of(SparkSession.builder().getOrCreate()); // of the context
    new ClusterPlan(site, plan).add(new WorkerMemory(0, 0, 0, 0, 0, 0), size, workers);
    System.out.println("planned cards: " + plan.facts().get("GPUs"));
    plan.problems()
        .forEach(problem -> System.out.println("planned problem: " + problem.getMessage()));
  }

  /** Tasks that end only when all of them are running. */
  private static void pack(JavaSparkContext context, int tasks, Path folder) throws IOException {
    String meeting = Files.createDirectory(folder.resolve("packing")).toString();
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    long cards =
        context
            .parallelize(numbers, tasks)
            .map(number -> meetOthers(Path.of(meeting), number, tasks))
            .reduce(Integer::sum);
    System.out.println("packed by " + tasks + " tasks at once, with " + cards + " cards");
  }

  private static int meetOthers(Path meeting, int number, int tasks) throws IOException {
    Files.createFile(meeting.resolve(String.valueOf(number)));
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (count(meeting) < tasks) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Only " + count(meeting) + " tasks run at once");
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return TaskContext.get().resourcesJMap().size();
  }

  private static long count(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void loseARank(JavaSparkContext context, ComputeTasks compute, int workers) {
    try {
      BarrierStage.collect(context, compute, workers, new Rank(true), String.class);
      throw new AssertionError("The stage ended well, though a rank was lost");
    } catch (Exception e) { // Spark throws SparkException without declaring it
      System.out.println("lost a rank: " + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  private static List<String> evaluate(JavaSparkContext context, ComputeTasks compute) {
    return compute
        .of(context.parallelize(List.of(0), 1).map(part -> TaskDevice.of(resources(), true)))
        .map(device -> String.valueOf(device.gpu().isPresent()))
        .collect();
  }

  private static java.util.Map<String, org.apache.spark.resource.ResourceInformation> resources() {
    return TaskContext.get().resourcesJMap();
  }

  private static final class Rank extends AbstractFunction1<Iterator<Integer>, Iterator<String>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean isLost;

    Rank(boolean isLost) {
      this.isLost = isLost;
    }

    @Override
    public Iterator<String> apply(Iterator<Integer> rank) {
      BarrierTaskContext task = BarrierTaskContext.get();
      int card = TaskDevice.of(task.resourcesJMap(), true).gpu().getAsInt();
      task.barrier();
      if (isLost && task.partitionId() == 0) {
        Runtime.getRuntime().halt(1);
      }
      String line = "rank " + task.partitionId() + " has card " + card;
      return JavaConverters.asScalaIterator(List.of(line).iterator());
    }
  }
}
