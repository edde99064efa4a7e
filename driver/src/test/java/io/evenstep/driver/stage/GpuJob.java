package io.evenstep.driver.stage;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** A barrier stage of two ranks; prints which card each took, once it has been checked. */
public final class GpuJob {
  private GpuJob() {}

  public static void main(String[] args) {
    try (SparkSession session = SparkSession.builder().appName("gpus").getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
      RDD<Integer> ranks = context.parallelize(List.of(0, 1), 2).rdd();
      ranks
          .barrier()
          .mapPartitions(new Rank(), false, ClassTag$.MODULE$.apply(String.class))
          .toJavaRDD()
          .collect()
          .forEach(System.out::println);
    }
  }

  private static final class Rank extends AbstractFunction1<Iterator<Integer>, Iterator<String>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<String> apply(Iterator<Integer> rank) {
      BarrierTaskContext task = BarrierTaskContext.get();
      RankDevice device = RankDevice.of(task.resourcesJMap(), true);
      device.requireUsable(NvidiaSmi.installed());
      String line = "rank " + task.partitionId() + " has card " + device.gpu().getAsInt();
      return JavaConverters.asScalaIterator(List.of(line).iterator());
    }
  }
}
