package io.evenstep.driver.stage;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** A job of one stage whose tasks, one a rank, run all at once or not at all. */
final class BarrierStage {
  private BarrierStage() {}

  /**
   * Runs it.
   *
   * @param compute what each rank is given
   * @param task what a rank runs; its partition is its rank
   * @return what the ranks came to, in order of rank
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
