package io.evenstep.driver.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

class BarrierPulseTest {
  @Test
  void wakesTheThreadThatWaitsAndNoOther() {
    assertThatThrownBy(
            () -> {
              try (BarrierPulse pulse = BarrierPulse.ofThisThread()) {
                assertThat(new CountDownLatch(1).await(1, TimeUnit.MINUTES)).isTrue();
              }
            })
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void leavesNoInterruptAndNoThread() {
    for (int i = 0; i < 100; i++) {
      try (BarrierPulse pulse = BarrierPulse.ofThisThread()) {
        Thread.currentThread().interrupt(); // as its last one may come after the wait
      }
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("evenstep-barrier-pulse");
  }

  @Test
  void ranksMeetAndAreNotInterruptedAfterwards() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext());
    ComputeTasks compute = ComputeTasks.of(spark.sc());
    List<String> met = BarrierStage.collect(spark, compute, 2, new Meet(), String.class);
    assertThat(met).containsExactly("[0, 1] false", "[0, 1] false");
  }

  private static final class Meet extends AbstractFunction1<Iterator<Integer>, Iterator<String>>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<String> apply(Iterator<Integer> rank) {
      BarrierTaskContext task = BarrierTaskContext.get();
      List<String> all = new SparkRendezvous(task).allGather("" + task.partitionId());
      String came = all + " " + Thread.currentThread().isInterrupted();
      return JavaConverters.asScalaIterator(List.of(came).iterator());
    }
  }
}
