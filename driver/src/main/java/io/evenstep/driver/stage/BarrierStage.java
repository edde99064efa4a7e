package io.evenstep.driver.stage;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * A job of one barrier stage: one task per rank, and all tasks run at the same time or not at all.
 */
final class BarrierStage {
  private BarrierStage() {}

  /**
   * Runs the stage.
   *
   * @param compute resources of each rank
   * @param task the work of a rank; its partition is its rank
   * @return the results of the ranks, in order of rank
   */
  static <T> List<T> collect(
      JavaSparkContext spark,
      ComputeTasks compute,
      int ranks,
      AbstractFunction1<Iterator<Integer>, Iterator<T>> task,
      Class<T> type) {
    BarrierTimers.endWith(spark.sc());
    JavaRDD<Integer> numbers = spark.parallelize(IntStream.range(0, ranks).boxed().toList(), ranks);
    RDD<T> stage =
        compute
            .of(numbers)
            .rdd()
            .barrier()
            .mapPartitions(task, false, ClassTag$.MODULE$.apply(type));
    return stage.toJavaRDD().collect();
  }
}
