package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each job of the course reaches its target, with the same bits for any number of workers: one and
 * three, and for every third job two as well.
 */
@Tag("slow")
class CourseTest {
  @TempDir private Path folder;

  static List<Path> jobs() throws IOException {
    return CourseJobs.all();
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void reachesItsFigureWithTheSameBits(Path job) {
    Workbench bench = Workbench.in(folder).cores(3);
    List<String> bits = new ArrayList<>();
    int shards = 1;
    boolean all = Integer.parseInt(CourseJobs.name(job).substring(0, 2)) % 3 == 0;
    for (int workers = 1; workers <= Math.min(3, shards); workers++) {
      if (workers == 2 && shards > 2 && !all) {
        continue;
      }
      Ended ended = CourseJobs.train(bench, job, workers);
      assertThat(ended.code()).as("%s", ended.err()).isZero();
      RunReport report = CourseJobs.report(bench, job, workers);
      assertThat(report.work().workers()).isEqualTo(workers);
      shards = report.work().shards();
      bits.add(report.model().parametersSha256());
    }
    assertThat(bits).containsOnly(bits.get(0));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void standsInTheBook(Path job) throws IOException {
    StringBuilder book = new StringBuilder();
    try (Stream<Path> pages = Files.list(Built.root().resolve("src/site/course"))) {
      for (Path page : pages.toList()) {
        book.append(Files.readString(page));
      }
    }
    assertThat(book).contains("`" + CourseJobs.name(job) + "`");
  }
}
