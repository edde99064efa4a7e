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

/** What a row costs grows with its columns, not with their square. */
@Tag("slow")
class ManyColumnsTest {
  private static final int CELLS = 600_000;
  private static final int MANY = 30_000;
  private static final int FEW = 1_500;

  /** Were the cost quadratic, as many cells in wide rows would take {@code MANY / FEW} as long. */
  private static final double MOST_TIMES_AS_LONG = 5;

  @TempDir private Path folder;

  @Test
  void asManyCellsTakeAboutAsLongInWideRowsAsInNarrowOnes() throws IOException {
    pack(FEW, "warm-up");
    Duration narrow = pack(FEW, "narrow");
    Duration wide = pack(MANY, "wide");
    assertThat(wide.toMillis())
        .as("%s for few columns, %s for many", narrow, wide)
        .isLessThan((long) (MOST_TIMES_AS_LONG * narrow.toMillis()) + 5_000);
  }

  private Duration pack(int columns, String name) throws IOException {
    Path file = folder.resolve(name + ".csv");
    try (Writer out = Files.newBufferedWriter(file)) {
      for (int column = 0; column < columns; column++) {
        out.write("x" + column + ",");
      }
      out.write("label\n");
      for (int row = 0; row < CELLS / columns; row++) {
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
    assertThat(pack.index().train().rows()).isEqualTo(CELLS / columns);
    return took;
  }
}
