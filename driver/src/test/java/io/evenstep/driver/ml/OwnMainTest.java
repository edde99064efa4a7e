package io.evenstep.driver.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.LoggedProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fit leaves nothing behind that keeps a user's program from ending. */
@Tag("slow")
class OwnMainTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void endsWhenItsMainMethodReturns() {
    try (LoggedProcess process = FreshJvm.start(folder.resolve("log"), FitAndReturn.class)) {
      assertThat(process.exitCode(LIMIT)).as(process.output()).isZero();
      assertThat(process.output()).containsPattern("(?s)fitted (\\w+).*fitted \\1");
    }
  }
}
