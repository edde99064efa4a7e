package io.evenstep.driver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.stage.JobLabel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class RowsWatchTest {
  private final List<String> seen = new CopyOnWriteArrayList<>();

  private final Progress progress =
      new Progress() {
        @Override
        public void say(String line) {
          seen.add("say " + line);
        }

        @Override
        public void begin(String task, long total) {
          seen.add("begin " + task + " " + total);
        }

        @Override
        public void at(long done, String detail) {
          seen.add("at " + done + " " + detail);
        }

        @Override
        public void end() {
          seen.add("end");
        }
      };

  private void count(String group, Duration quiet) throws Exception {
    SparkContext spark = SparkTest.session().sparkContext();
    try (RowsWatch watch = RowsWatch.of(spark, progress, "mine", quiet);
        JobLabel label = JobLabel.of(spark, group, "count")) {
      LongAccumulator rows = RowsWatch.counter(spark, "Counting");
      List<Integer> numbers = IntStream.range(0, 3_000).boxed().toList();
      JavaSparkContext.fromSparkContext(spark)
          .parallelize(numbers, 3)
          .foreach(number -> rows.add(1));
      spark.listenerBus().waitUntilEmpty();
    }
  }

  @Test
  void showsTasksAndRows() throws Exception {
    count("mine", Duration.ZERO);
    assertThat(seen)
        .containsExactly(
            "begin Counting 3",
            "at 1 tasks, 1,000 rows",
            "at 2 tasks, 2,000 rows",
            "at 3 tasks, 3,000 rows",
            "end");
  }

  @Test
  void isSilentAboutShortJobsAndThoseOfOthers() throws Exception {
    count("mine", Duration.ofHours(1));
    count("theirs", Duration.ZERO);
    assertThat(seen).isEmpty();
  }
}
