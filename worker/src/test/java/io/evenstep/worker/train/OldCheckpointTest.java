package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint written by an earlier build. */
class OldCheckpointTest {
  @TempDir Path folder;

  @Test
  void resumesFromACheckpointOfTheVersionBefore() throws Exception {
    TestRun run = new TestRun(folder);
    run.batch = 101;
    run.epochs = 1;
    WorkerReport undisturbed = run.run(1).get(0);
    run.output = folder.resolve("old");
    Path checkpoints = Files.createDirectories(run.output.resolve("checkpoints"));
    try (InputStream old = OldCheckpointTest.class.getResourceAsStream("version-2.ckpt")) {
      Files.copy(old, checkpoints.resolve("step-000000000002.ckpt"));
    }
    run.resume = TrainingPlan.Resume.MUST;

    WorkerReport resumed = run.run(2).get(0);

    assertThat(resumed.course().resumedFromStep()).isEqualTo(2);
    assertThat(resumed.course().examples()).isEqualTo(203);
    assertThat(resumed.scores().test().get("test.loss"))
        .isCloseTo(undisturbed.scores().test().get("test.loss"), within(1e-3));
  }
}
