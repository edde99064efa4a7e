package io.evenstep.driver.data.part;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Runs a job with one value per partition and delivers the values in partition order as they
 * arrive. So sums do not depend on which task finishes first, and few values wait at a time.
 */
public final class OrderedJob<T> {
  private final Consumer<T> consumer;
  private final Map<Integer, T> waiting = new HashMap<>(); // arrived out of order
  private int next;

  private OrderedJob(Consumer<T> consumer) {
    this.consumer = consumer;
  }

  /**
   * Passes the single value of each partition of {@code values} to {@code consumer}. Returns after
   * the last.
   */
  @SuppressWarnings("unchecked") // Scala's class tag of a type parameter
  public static <T> void run(JavaRDD<T> values, Consumer<T> consumer) {
    OrderedJob<T> job = new OrderedJob<>(consumer);
    Function1<Iterator<T>, Object> only =
        (Function1<Iterator<T>, Object> & Serializable) rows -> rows.next();
    Function2<Object, Object, BoxedUnit> handler =
        (partition, value) -> {
          job.accept((int) partition, (T) value);
          return BoxedUnit.UNIT;
        };
    values.context().runJob(values.rdd(), only, handler, ClassTag$.MODULE$.apply(Object.class));
  }

  /** Called by Spark's scheduler, one value at a time. */
  private void accept(int partition, T value) {
    waiting.put(partition, value);
    for (T ready = waiting.remove(next); ready != null; ready = waiting.remove(next)) {
      consumer.accept(ready);
      next++;
    }
  }
}
