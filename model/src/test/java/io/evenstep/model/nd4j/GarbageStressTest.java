package io.evenstep.model.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class GarbageStressTest {
  @TempDir private Path folder;

  @Test
  void isWhatNd4jComputesWith() {
    assertThat(Nd4j.getExecutioner()).isInstanceOf(FencedExecutioner.class);
    assertThat(Nd4j.factory().level3()).isInstanceOf(FencedMatrixProducts.class);
  }

  @Test
  @Tag("slow")
  void collectionsInTheMidstOfNativeCallsDoNoHarm() throws IOException, InterruptedException {
    File output = folder.resolve("output.txt").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Xmn2m", // a small young generation: a collection every few milliseconds
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                GarbageStress.class.getName(),
                "15")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
      String text = Files.readString(output.toPath());
      assertThat(process.exitValue()).as(text).isZero();
      assertThat(text).contains("survived");
    } finally {
      process.destroyForcibly();
    }
  }
}
