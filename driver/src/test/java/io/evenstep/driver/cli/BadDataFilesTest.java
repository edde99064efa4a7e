package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.data.SampleFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be read gives exit code 65 and is named; nothing half-done remains. */
class BadDataFilesTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @AfterEach
  void leavesNothingHalfDone() {
    assertThat(bench.leftovers()).isEmpty();
    assertThat(bench.run("")).doesNotExist();
  }

  @Test
  void missingFile() {
    Path none = bench.path("none.csv");
    bench.job(Workbench.JOB.replace("rows.csv", "none.csv"));
    bench.train().failed(65, "Cannot read " + none + ": no such file");
  }

  @Test
  void emptyFile() {
    Path rows = bench.write("rows.csv", "");
    bench.train().failed(65, "Cannot read " + rows + ": the file is empty");
  }

  @Test
  void truncatedGzip() throws IOException {
    byte[] gzip = SampleFiles.gzip(Workbench.rows(50_000).getBytes(StandardCharsets.UTF_8));
    Path rows = bench.write("rows.csv.gz", Arrays.copyOf(gzip, gzip.length - 1000));
    bench
        .train("--set", "data.path=" + rows)
        .failed(
            65, "Cannot read " + rows + ": the file is truncated: Unexpected end of input stream");
  }

  @Test
  void truncatedIdx() throws IOException {
    Path images = bench.write("images", Arrays.copyOf(SampleFiles.idxImages(30), 100));
    bench.write("labels", SampleFiles.idxLabels(30));
    trainIdx()
        .failed(
            65,
            "Cannot read "
                + images
                + ": the file is truncated: 30 items of 6 bytes need 196 bytes, got 100");
  }

  @Test
  void idxOfAnotherMagicNumber() throws IOException {
    Path images = bench.write("images", SampleFiles.idxLabels(30));
    bench.write("labels", SampleFiles.idxLabels(30));
    trainIdx()
        .failed(
            65,
            "Cannot read "
                + images
                + ": the magic number must be 2051 (unsigned bytes, 3 dimensions), got 2049");
  }

  @Test
  void unreadableImage() throws IOException {
    byte[] good = SampleFiles.image("png", BufferedImage.TYPE_BYTE_GRAY, 4, 4, 9);
    bench.write("pets/cat/1.png", good);
    Path text = bench.write("pets/dog/1.png", "woof");
    Path half = bench.write("pets/dog/2.png", Arrays.copyOf(good, good.length / 2));
    Ended ended = bench.job(job("{format: images, path: pets}")).train();
    assertThat(ended.code()).as(ended.err()).isEqualTo(65);
    assertThat(ended.withoutNoise().err())
        .contains("error: Invalid data in " + text + ", column image: must be a PNG or JPEG image")
        .contains("error: Invalid data in " + half + ", column image: must be a readable image");
  }

  private Ended trainIdx() {
    return bench.job(job("{format: idx, path: images, labels: labels}")).train();
  }

  private static String job(String data) {
    return "data: " + data + "\nmodel: {name: logistic}\ntraining: {batch: 2, epochs: 1}\n";
  }
}
