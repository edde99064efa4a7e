package io.evenstep.driver.data.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.spec.Specs;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time for a row grows with the number of columns, not with its square. */
@Tag("slow")
class ManyColumnsTest {
  private static final int ROWS = 20;
  private static final int MANY = 15_000;

  /** With a quadratic cost, twice as many columns would take four times as long. */
  private static final double MOST_TIMES_AS_LONG = 3;

  @TempDir private Path folder;

  @Test
  void twiceAsManyColumnsTakeAboutTwiceAsLong() throws IOException {
    pack(MANY / 10, "warm-up");
    Duration many = pack(MANY, "many");
    Duration twice = pack(2 * MANY, "twice");
    assertThat((double) twice.toMillis() / many.toMillis())
        .as("%s for %d columns, %s for twice as many", many, MANY, twice)
        .isLessThan(MOST_TIMES_AS_LONG);
  }

  private Duration pack(int columns, String name) throws IOException {
    Path file = folder.resolve(name + ".csv");
    try (Writer out = Files.newBufferedWriter(file)) {
      for (int column = 0; column < columns; column++) {
        out.write("x" + column + ",");
      }
      out.write("label\n");
      for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < columns; column++) {
          out.write((row + column) % 10 + ",");
        }
        out.write(row % 2 == 0 ? "a\n" : "b\n");
      }
    }
    Specs spec = Specs.headed(file.toString());
    long began = System.nanoTime();
    Pack pack = Packs.pack(SparkTest.session(), spec.build(), folder.resolve("packs-" + name));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(pack.index().train().rows()).isEqualTo(ROWS);
    return took;
  }
}
