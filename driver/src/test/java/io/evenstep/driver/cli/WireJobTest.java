package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digits job with rounded sums, and computed in pieces. */
class WireJobTest {
  @TempDir private Path folder;

  @Test
  void learnsAsWellWithFewerBytes() {
    RunReport exact = train("float32", 1);
    RunReport half = train("bfloat16", 2);
    RunReport quarter = train("int8", 2);
    double accuracy = accuracy(exact);
    assertThat(accuracy).isGreaterThan(0.95);
    assertThat(accuracy(half)).isCloseTo(accuracy, within(0.005));
    assertThat(accuracy(quarter)).isCloseTo(accuracy, within(0.005));
    assertThat(quarter.traffic().wire()).isEqualTo("int8");
    assertThat(quarter.model().parametersSha256())
        .isEqualTo(train("int8", 1).model().parametersSha256())
        .isNotEqualTo(exact.model().parametersSha256());
  }

  private static double accuracy(RunReport report) {
    return report.metrics().get("test.accuracy");
  }

  private RunReport train(String wire, int workers) {
    Workbench bench = Workbench.in(folder);
    String id = wire + "-" + workers;
    Ended ended =
        bench
            .cores(workers)
            .type(
                "train",
                Built.root().resolve("conf/digits.yaml").toString(),
                "--run-id",
                id,
                "--set",
                "output=" + bench.path("runs"),
                "--set",
                "training.wire=" + wire);
    assertThat(ended.code()).as(ended.err()).isZero();
    return RunReport.fromJson(Workbench.text(bench.path("runs/" + id + "/result.json")));
  }
}
