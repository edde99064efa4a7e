package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameBitsTest {
  @TempDir private Path folder;

  @Test
  void digitsEndInTheSameBitsForOneTwoAndFourWorkers() {
    requireSameBits("step");
  }

  @Test
  @Tag("slow")
  void digitsEndInTheSameBitsOnTheReferenceEngineToo() {
    requireSameBits("dl4j");
  }

  private void requireSameBits(String engine) {
    Workbench bench = Workbench.in(folder);
    String job = Built.root().resolve("conf/digits.yaml").toString();
    Map<Integer, String> sha256 = new LinkedHashMap<>(); // workers -> parameters
    for (int workers : new int[] {1, 4, 2}) {
      String id = "on-" + workers;
      Ended ended =
          bench
              .cores(workers)
              .type(
                  "train",
                  job,
                  "--run-id",
                  id,
                  "--set",
                  "output=" + bench.path("runs"),
                  "--set",
                  "training.epochs=2",
                  "--set",
                  "training.engine=" + engine);
      assertThat(ended.code()).as(ended.err()).isIn(0, 79);
      String result = Workbench.text(bench.path("runs/" + id + "/result.json"));
      RunReport report = RunReport.fromJson(result);
      assertThat(report.work().workers()).isEqualTo(workers);
      assertThat(report.model().engine()).isEqualTo(engine);
      sha256.put(workers, report.model().parametersSha256());
    }
    assertThat(sha256.values()).as("%s", sha256).containsOnly(sha256.get(1));
  }
}
