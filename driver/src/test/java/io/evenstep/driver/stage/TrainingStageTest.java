package io.evenstep.driver.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.evenstep.driver.SparkTest;
import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

class TrainingStageTest {
  /** A task that Spark cannot send. */
  private static final class Unsendable
      extends AbstractFunction1<Iterator<Integer>, Iterator<Integer>> implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // which is the point
    private final Object held = new Object();

    @Override
    public Iterator<Integer> apply(Iterator<Integer> rank) {
      return Objects.requireNonNull(held).equals(rank) ? rank : rank;
    }
  }

  @Test
  void tellsATaskThatCannotBeSentFromALostWorker() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext());
    Exception thrown =
        catchThrowableOfType(
            Exception.class,
            () ->
                BarrierStage.collect(
                    spark, ComputeTasks.of(spark.sc()), 1, new Unsendable(), Integer.class));

    assertThat(thrown).isInstanceOf(SparkException.class);
    assertThat(TrainingStage.failure(thrown))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot send the training task to the workers");
    assertThat(TrainingStage.failure(new SparkException("an executor was lost")))
        .isInstanceOf(AttemptLostException.class);
  }
}
