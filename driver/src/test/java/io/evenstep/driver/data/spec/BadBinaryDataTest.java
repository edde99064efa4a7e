package io.evenstep.driver.data.spec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.pack.Packs;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.model.DataException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged files that are not text are named, with what is wrong. */
class BadBinaryDataTest extends BadSources {
  @Test
  void truncatedGzip() throws IOException {
    StringBuilder rows = new StringBuilder();
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      rows.append(random.nextInt()).append(i % 2 == 0 ? ",a\n" : ",b\n");
    }
    byte[] whole = SampleFiles.gzip(rows.toString().getBytes(StandardCharsets.UTF_8));
    String late =
        SampleFiles.write(folder.resolve("late.csv.gz"), Arrays.copyOf(whole, whole.length - 1000));
    String early = SampleFiles.write(folder.resolve("early.csv.gz"), Arrays.copyOf(whole, 8));
    String good = csv("good.csv", "1,a", "2,b");

    refuses(
        Specs.csv(good, late),
        "Cannot read " + late + ": the file is truncated: Unexpected end of input stream");
    refuses(
        Specs.csv(early),
        "Cannot read " + early + ": the file is truncated: Unexpected end of input stream");
  }

  @Test
  void truncatedIdx() throws IOException {
    byte[] images = SampleFiles.idxImages(3);
    String labels = SampleFiles.write(folder.resolve("labels"), SampleFiles.idxLabels(3));
    String plain = SampleFiles.write(folder.resolve("images"), Arrays.copyOf(images, 30));
    String short_ =
        SampleFiles.write(folder.resolve("short.gz"), SampleFiles.gzip(Arrays.copyOf(images, 30)));
    String header = SampleFiles.write(folder.resolve("header"), Arrays.copyOf(images, 10));

    refuses(
        Specs.of(Specs.idx(plain, labels)),
        "Cannot read "
            + plain
            + ": the file is truncated: 3 items of 6 bytes need 34 bytes, got 30");
    refuses(
        Specs.of(Specs.idx(short_, labels)),
        "Cannot read "
            + short_
            + ": the file is truncated: Unexpected end of file, after item 2 of 3");
    refuses(
        Specs.of(Specs.idx(header, labels)),
        "Cannot read " + header + ": the file is truncated in its header");
  }

  @Test
  void idxWithTheWrongMagicOrCounts() throws IOException {
    String images = SampleFiles.write(folder.resolve("images"), SampleFiles.idxImages(3));
    String labels = SampleFiles.write(folder.resolve("labels"), SampleFiles.idxLabels(4));

    refuses(
        Specs.of(Specs.idx(labels, images)),
        "Cannot read "
            + labels
            + ": the magic number must be 2051 (unsigned bytes, 3 dimensions), got 2049");
    refuses(
        Specs.of(Specs.idx(images, labels)),
        "Cannot pair "
            + images
            + " with "
            + labels
            + ": counts must be equal, got 3 images and 4 labels");
  }

  @Test
  void unreadableImage() throws IOException {
    byte[] good = SampleFiles.image("png", BufferedImage.TYPE_BYTE_GRAY, 4, 4, 9);
    SampleFiles.write(folder.resolve("pets/cat/1.png"), good);
    String text = SampleFiles.write(folder.resolve("pets/dog/1.png"), new byte[] {1, 2, 3});
    String half =
        SampleFiles.write(folder.resolve("pets/dog/2.png"), Arrays.copyOf(good, good.length / 2));

    assertThatThrownBy(
            () ->
                Packs.pack(
                    SparkTest.session(),
                    Specs.of(Specs.source(Format.IMAGES, folder.resolve("pets").toString()))
                        .build(),
                    folder.resolve("packs")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "data in " + text + ", column image: must be a PNG or JPEG image, got 3 ")
        .hasMessageContaining("data in " + half + ", column image: must be a readable image");
  }
}
