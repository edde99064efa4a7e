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
 * What Spark is to give the tasks that compute on tensors. In a build for GPUs that is a card each,
 * by a profile of their stages alone: other stages, such as those that pack, take all cores of the
 * executors. Where {@code spark.task.resource.gpu.amount} is set, it says what each task is given.
 */
public final class ComputeTasks {
  private final SparkContext spark;
  private final Optional<ResourceProfile> cards;

  private ComputeTasks(SparkContext spark, Optional<ResourceProfile> cards) {
    this.spark = spark;
    this.cards = cards;
  }

  /** Those of this build. */
  public static ComputeTasks of(SparkContext spark) {
    return of(spark, NativeRuntime.hasCuda());
  }

  /**
   * Those of a build.
   *
   * @param cuda whether it is for GPUs
   */
  static ComputeTasks of(SparkContext spark, boolean cuda) {
    boolean ofTheirOwn = cuda && !spark.getConf().contains(Cuda.CARDS_OF_A_TASK);
    // A local master knows no cards; Cuda.requireFit says so.
    return new ComputeTasks(
        spark, ofTheirOwn && !spark.isLocal() ? Optional.of(oneCard(spark)) : Optional.empty());
  }

  /** The same object each time: Spark keeps every profile for good. */
  private static ResourceProfile oneCard(SparkContext spark) {
    // Cores too: Spark cannot count the slots of a profile without, where they are what limits.
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

  /** How many of them could run at this moment, over all registered executors. */
  public int slots() {
    return spark.maxNumConcurrentTasks(
        cards.orElseGet(spark.resourceProfileManager()::defaultResourceProfile));
  }

  /** The same rows, in tasks that are given what they need. */
  public <T> JavaRDD<T> of(JavaRDD<T> rows) {
    return cards.map(rows::withResources).orElse(rows);
  }
}
