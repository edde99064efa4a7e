package io.evenstep.driver.stage;

import io.evenstep.model.NativeRuntime;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.ResourceProfileManager;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * The resources of tasks that compute on tensors. In a build for GPUs each task gets one GPU, by a
 * resource profile of these stages only: other stages, such as packing, use all cores of the
 * executors. If {@code spark.task.resource.gpu.amount} is set, it applies instead.
 */
public final class ComputeTasks {
  private final SparkContext spark;
  private final Optional<ResourceProfile> cards;

  private ComputeTasks(SparkContext spark, Optional<ResourceProfile> cards) {
    this.spark = spark;
    this.cards = cards;
  }

  /** Resources for this build. */
  public static ComputeTasks of(SparkContext spark) {
    return of(spark, NativeRuntime.hasCuda());
  }

  /**
   * Resources for a build.
   *
   * @param cuda whether it is for GPUs
   */
  static ComputeTasks of(SparkContext spark, boolean cuda) {
    boolean ofTheirOwn = cuda && !spark.getConf().contains(Cuda.CARDS_OF_A_TASK);
    // A local master has no GPU resources; Cuda.requireFit reports that.
    return new ComputeTasks(
        spark, ofTheirOwn && !spark.isLocal() ? Optional.of(oneCard(spark)) : Optional.empty());
  }

  /** Always the same object, because Spark never drops a profile. */
  private static ResourceProfile oneCard(SparkContext spark) {
    // With cores: without them Spark cannot count the slots of a profile that cores limit.
    int cores = spark.getConf().getInt("spark.task.cpus", 1);
    TaskResourceRequests needs =
        new TaskResourceRequests().cpus(cores).resource(TaskDevice.RESOURCE, 1);
    ResourceProfile asked = new ResourceProfileBuilder().require(needs).build();
    ResourceProfileManager profiles = spark.resourceProfileManager();
    if (profiles.getEquivalentProfile(asked).isEmpty()) {
      profiles.addResourceProfile(asked);
    }
    return profiles.getEquivalentProfile(asked).get();
  }

  /** Number of such tasks that could run now on all registered executors. */
  public int slots() {
    return spark.maxNumConcurrentTasks(
        cards.orElseGet(spark.resourceProfileManager()::defaultResourceProfile));
  }

  /** The same rows, in tasks with the required resources. */
  public <T> JavaRDD<T> of(JavaRDD<T> rows) {
    return cards.map(rows::withResources).orElse(rows);
  }
}
